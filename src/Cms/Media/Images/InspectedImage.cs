using Cms.Media.Intake;

namespace Cms.Media.Images;

/// <summary>An image that has passed inspection.</summary>
public sealed record InspectedImage
{
    /// <summary>The SHA-256 of the bytes, in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    public required long Bytes { get; init; }

    /// <summary>The width of the upright image, in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>The height of the upright image, in pixels.</summary>
    public required int Height { get; init; }

    public required ImageFormat Format { get; init; }

    public string ContentType => Format.ContentType;

    public required bool HasAlpha { get; init; }

    public required bool IsAnimated { get; init; }

    /// <summary>A tiny preview to show while the image loads, in Base64.</summary>
    public required string ThumbHash { get; init; }

    /// <summary>The metadata embedded in the file.</summary>
    public required FileWords Suggestions { get; init; }

    public MediaFile ToFile() =>
        new()
        {
            Sha256 = Sha256,
            Bytes = Bytes,
            Width = Width,
            Height = Height,
            Format = Format,
            HasAlpha = HasAlpha,
            IsAnimated = IsAnimated,
            ThumbHash = ThumbHash,
        };

    public FileWords ToWords() => Suggestions;
}
