namespace Cms.Media;

/// <summary>The format of an uploaded image.</summary>
public enum ImageFormat
{
    /// <summary>JPEG (ISO/IEC 10918), for photographs.</summary>
    Jpeg,

    /// <summary>PNG (ISO/IEC 15948), lossless, for drawings and screenshots.</summary>
    Png,

    /// <summary>WebP (RFC 9649), for photographs and drawings. Smaller than JPEG and PNG.</summary>
    Webp,

    /// <summary>AVIF, for photographs and drawings. Smaller than WebP.</summary>
    Avif,

    /// <summary>GIF, for images with few colours and for animations.</summary>
    Gif,
}
