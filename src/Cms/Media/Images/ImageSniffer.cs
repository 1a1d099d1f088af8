namespace Cms.Media.Images;

/// <summary>Tells an image's format by its first bytes, never by its name or by what a client says.</summary>
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

        /// <summary>What libvips calls the loader of a format begins with this.</summary>
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
