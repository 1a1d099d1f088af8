namespace Cms.Media.Rights;

/// <summary>
/// How an image or a text was created, as listed in the IPTC NewsCodes (cv.iptc.org/newscodes/digitalsourcetype).
/// </summary>
public enum DigitalSourceType
{
    /// <summary>Taken by a digital camera.</summary>
    DigitalCapture,

    /// <summary>Combined by a camera from several exposures.</summary>
    ComputationalCapture,

    /// <summary>Scanned from a negative.</summary>
    NegativeFilm,

    /// <summary>Scanned from a slide.</summary>
    PositiveFilm,

    /// <summary>Scanned from paper.</summary>
    Print,

    /// <summary>Edited by a person, without a generative model.</summary>
    HumanEdits,

    /// <summary>Edited in part by a generative model.</summary>
    CompositeWithTrainedAlgorithmicMedia,

    /// <summary>Enhanced by an algorithm that adds no content.</summary>
    AlgorithmicallyEnhanced,

    /// <summary>Drawn by a person with a computer.</summary>
    DigitalCreation,

    /// <summary>Drawn by a program from data.</summary>
    DataDrivenMedia,

    /// <summary>Created by a generative model.</summary>
    TrainedAlgorithmicMedia,

    /// <summary>Created by an algorithm without training data.</summary>
    AlgorithmicMedia,

    /// <summary>Captured from a screen.</summary>
    ScreenCapture,

    /// <summary>Recorded at a virtual event.</summary>
    VirtualRecording,

    /// <summary>Combined from several images of any kind.</summary>
    Composite,

    /// <summary>Combined from several captured images.</summary>
    CompositeCapture,

    /// <summary>Combined from several images, at least one of them synthetic.</summary>
    CompositeSynthetic,
}

public static class DigitalSourceTypes
{
    private const string Scheme = "http://cv.iptc.org/newscodes/digitalsourcetype/";

    extension(DigitalSourceType type)
    {
        /// <summary>Returns the URI of the concept, which XMP and schema.org use.</summary>
        public string ToUri()
        {
            var name = type.ToString();
            return $"{Scheme}{char.ToLowerInvariant(name[0])}{name[1..]}";
        }
    }

    /// <summary>Parses a concept's URI or its last part; null for anything else.</summary>
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
