using Cms.Media.Intake;

namespace Cms.Media.Images;

/// <summary>An image that was read to its end and found to be what it says.</summary>
public sealed record InspectedImage
{
    /// <summary>The SHA-256 of its bytes, in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    public required long Bytes { get; init; }

    /// <summary>In pixels, turned upright.</summary>
    public required int Width { get; init; }

    /// <summary>In pixels, turned upright.</summary>
    public required int Height { get; init; }

    public required ImageFormat Format { get; init; }

    public string ContentType => Format.ContentType;

    public required bool HasAlpha { get; init; }

    public required bool IsAnimated { get; init; }

    /// <summary>A few bytes that stand in while the image loads, in base64.</summary>
    public required string ThumbHash { get; init; }

    /// <summary>What the file says of itself.</summary>
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
