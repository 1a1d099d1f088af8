namespace Cms.Media;

/// <summary>The file of an image, as measured when it was uploaded.</summary>
public sealed record MediaFile
{
    /// <summary>The SHA-256 of the bytes, in lower-case hexadecimal. The file is stored under this hash.</summary>
    public required string Sha256 { get; init; }

    public required long Bytes { get; init; }

    /// <summary>The width of the upright image, in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>The height of the upright image, in pixels.</summary>
    public required int Height { get; init; }

    public required ImageFormat Format { get; init; }

    public bool HasAlpha { get; init; }

    public bool IsAnimated { get; init; }

    /// <summary>A tiny preview to show while the image loads, in Base64 (evanw.github.io/thumbhash).</summary>
    public required string ThumbHash { get; init; }
}
