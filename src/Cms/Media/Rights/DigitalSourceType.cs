namespace Cms.Media.Rights;

/// <summary>How an image came to be, in the words of the IPTC's NewsCodes (cv.iptc.org/newscodes/digitalsourcetype).</summary>
public enum DigitalSourceType
{
    /// <summary>Taken by a digital camera.</summary>
    DigitalCapture,

    /// <summary>Put together by a camera from several exposures.</summary>
    ComputationalCapture,

    /// <summary>Scanned from a negative.</summary>
    NegativeFilm,

    /// <summary>Scanned from a slide.</summary>
    PositiveFilm,

    /// <summary>Scanned from paper.</summary>
    Print,

    /// <summary>Changed by a person beyond what a darkroom does.</summary>
    HumanEdits,

    /// <summary>Changed in part by a generative model.</summary>
    CompositeWithTrainedAlgorithmicMedia,

    /// <summary>Made clearer by an algorithm that adds nothing.</summary>
    AlgorithmicallyEnhanced,

    /// <summary>Drawn by a person with a computer.</summary>
    DigitalCreation,

    /// <summary>Drawn by a program from data.</summary>
    DataDrivenMedia,

    /// <summary>Made by a generative model.</summary>
    TrainedAlgorithmicMedia,

    /// <summary>Made by an algorithm that was trained on nothing.</summary>
    AlgorithmicMedia,

    /// <summary>Taken off a screen.</summary>
    ScreenCapture,

    /// <summary>Recorded in a virtual event.</summary>
    VirtualRecording,

    /// <summary>Put together from several images of whatever kind.</summary>
    Composite,

    /// <summary>Put together from several captures.</summary>
    CompositeCapture,

    /// <summary>Put together from images of which one at least is synthetic.</summary>
    CompositeSynthetic,
}

public static class DigitalSourceTypes
{
    private const string Scheme = "http://cv.iptc.org/newscodes/digitalsourcetype/";

    extension(DigitalSourceType type)
    {
        /// <summary>The concept's address, as XMP and schema.org name it.</summary>
        public string ToUri()
        {
            var name = type.ToString();
            return $"{Scheme}{char.ToLowerInvariant(name[0])}{name[1..]}";
        }
    }

    /// <summary>Reads a concept's address or its last part; null for anything else.</summary>
    public static DigitalSourceType? Parse(string? text)
    {
        var name = text?[(text.LastIndexOf('/') + 1)..];
        return
            name is { Length: > 0 }
            && char.IsAsciiLetter(name[0])
            && Enum.TryParse<DigitalSourceType>(name, ignoreCase: true, out var type)
            && Enum.IsDefined(type)
            ? type
            : null;
    }
}
