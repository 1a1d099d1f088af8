namespace Cms.Media.Images;

/// <summary>
/// Detects the format of an image from its first bytes. The name and media type that the client sent are ignored.
/// </summary>
internal static class ImageSniffer
{
    public static ImageFormat? FormatOf(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? ImageFormat.Jpeg
        : bytes.StartsWith(PngChunks.Signature) ? ImageFormat.Png
        : bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8) ? ImageFormat.Gif
        : bytes.Length > 12 && bytes.StartsWith("RIFF"u8) && bytes[8..12].SequenceEqual("WEBP"u8) ? ImageFormat.Webp
        : HeifBoxes.IsAvif(bytes) ? ImageFormat.Avif
        : null;

    extension(ImageFormat format)
    {
        public string ContentType =>
            format switch
            {
                ImageFormat.Jpeg => "image/jpeg",
                ImageFormat.Png => "image/png",
                ImageFormat.Webp => "image/webp",
                ImageFormat.Avif => "image/avif",
                _ => "image/gif",
            };

        /// <summary>The prefix of the names of libvips's loaders for this format.</summary>
        internal string Loader =>
            format switch
            {
                ImageFormat.Jpeg => "jpegload",
                ImageFormat.Png => "pngload",
                ImageFormat.Webp => "webpload",
                ImageFormat.Avif => "heifload",
                _ => "gifload",
            };
    }
}
