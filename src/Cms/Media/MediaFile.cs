namespace Cms.Media;

/// <summary>What an image is made of, as it was measured when it came in.</summary>
public sealed record MediaFile
{
    /// <summary>The SHA-256 of its bytes, in lower-case hexadecimal: what it is stored under.</summary>
    public required string Sha256 { get; init; }

    public required long Bytes { get; init; }

    /// <summary>In pixels, as it is to be seen: turned upright.</summary>
    public required int Width { get; init; }

    /// <summary>In pixels, as it is to be seen: turned upright.</summary>
    public required int Height { get; init; }

    public required ImageFormat Format { get; init; }

    public bool HasAlpha { get; init; }

    public bool IsAnimated { get; init; }

    /// <summary>A few bytes that stand in while the image loads, in base64 (evanw.github.io/thumbhash).</summary>
    public required string ThumbHash { get; init; }
}
