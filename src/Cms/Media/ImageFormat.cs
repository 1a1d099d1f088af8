namespace Cms.Media;

/// <summary>How an uploaded image is encoded.</summary>
public enum ImageFormat
{
    /// <summary>Photographs (ISO/IEC 10918).</summary>
    Jpeg,

    /// <summary>Drawings and screenshots, without loss (ISO/IEC 15948).</summary>
    Png,

    /// <summary>Either kind, smaller (RFC 9649).</summary>
    Webp,

    /// <summary>Either kind, smaller still.</summary>
    Avif,

    /// <summary>Few colours, or moving pictures.</summary>
    Gif,
}
