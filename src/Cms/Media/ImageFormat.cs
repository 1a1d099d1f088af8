namespace Cms.Media;

/// <summary>The format of an uploaded image.</summary>
public enum ImageFormat
{
    /// <summary>JPEG (ISO/IEC 10918), for photographs.</summary>
    Jpeg,

    /// <summary>PNG (ISO/IEC 15948), lossless, for drawings and screenshots.</summary>
    Png,

    /// <summary>WebP (RFC 9649), smaller than JPEG and PNG, for photographs and drawings.</summary>
    Webp,

    /// <summary>AVIF, smaller than WebP, for photographs and drawings.</summary>
    Avif,

    /// <summary>GIF, for images with few colours and for animations.</summary>
    Gif,
}
