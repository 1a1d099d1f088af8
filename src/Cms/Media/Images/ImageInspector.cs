using System.Security.Cryptography;
using Cms.GraphQL;
using Cms.Media.Intake;
using NetVips;

namespace Cms.Media.Images;

/// <summary>
/// Checks that an uploaded file is an image, is complete and is within all limits. The name and media type that the
/// client sent are ignored.
/// </summary>
public sealed class ImageInspector(ImageGate gate)
{
    public async Task<Result<InspectedImage>> InspectAsync(Stream original, CancellationToken cancellationToken)
    {
        var bytes = await ReadAsync(original, cancellationToken);
        if (bytes is null)
        {
            return new MediaTooLarge(MediaUpload.MaxBytes + 1, MediaUpload.MaxBytes);
        }

        if (bytes.Length == 0)
        {
            return new ImageEmpty();
        }

        if (ImageSniffer.FormatOf(bytes) is not { } format)
        {
            return HeifBoxes.IsHeic(bytes) ? new ImageIsHeic() : new NotAnImage();
        }

        var (entered, inspected) = await gate.TryRunAsync(by => Inspect(bytes, format, by), cancellationToken);
        return entered ? inspected : new ImagesBusy();
    }

    private static Result<InspectedImage> Inspect(byte[] bytes, ImageFormat format, Deadline deadline)
    {
        Libvips.Require();
        var picture = format is ImageFormat.Png ? PngChunks.Strip(bytes) : bytes;
        if (picture is null)
        {
            return new ImageDamaged();
        }

        try
        {
            using var header = Image.NewFromBuffer(
                picture,
                access: Enums.Access.Sequential,
                failOn: Enums.FailOn.Truncated
            );
            if (((string)header.Get("vips-loader")).StartsWith(format.Loader, StringComparison.Ordinal) is false)
            {
                return new NotAnImage();
            }

            var frames = Frames(header);
            return Refusal(header, format, frames) is { } refusal
                ? refusal
                : Decode(picture, header, frames, bytes, format, deadline);
        }
        catch (VipsException fault)
        {
            return Deadline.Ended(fault) ? new ImageTooSlow()
                : Libvips.IsUnsupported(fault) ? new NotAnImage()
                : new ImageDamaged();
        }
    }

    private static Result<InspectedImage> Decode(
        byte[] picture,
        Image header,
        int frames,
        byte[] bytes,
        ImageFormat format,
        Deadline deadline
    )
    {
        // Decodes all frames completely. Creating the thumbnail does not detect all missing data, because it skips data
        // that it does not need.
        using (
            var all = Image.NewFromBuffer(
                picture,
                frames > 1 ? "n=-1" : "",
                access: Enums.Access.Sequential,
                failOn: Enums.FailOn.Truncated
            )
        )
        {
            deadline.Limit(all);
            _ = all.Avg();
        }

        using var thumbnail = Image.ThumbnailBuffer(
            picture,
            ThumbHash.MaxSide,
            height: ThumbHash.MaxSide,
            size: Enums.Size.Down,
            outputProfile: "srgb",
            failOn: Enums.FailOn.Truncated
        );
        using var colours = thumbnail.Colourspace(Enums.Interpretation.Srgb);
        using var opaque = colours.HasAlpha() ? colours.Copy() : colours.Bandjoin(255);
        using var pixels = opaque.Cast(Enums.BandFormat.Uchar);
        deadline.Limit(pixels);
        var rgba = pixels.WriteToMemory<byte>();

        // A camera records its orientation in the metadata and does not rotate the pixels.
        var isTurned = header.Contains("orientation") && header.Get("orientation") is >= 5 and <= 8;
        return new InspectedImage
        {
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            Bytes = bytes.Length,
            Width = isTurned ? header.Height : header.Width,
            Height = isTurned ? header.Width : header.Height,
            Format = format,
            HasAlpha = header.HasAlpha(),
            IsAnimated = frames > 1,
            ThumbHash = Convert.ToBase64String(ThumbHash.Encode(pixels.Width, pixels.Height, rgba)),
            Suggestions = EmbeddedWords.Read(header, format is ImageFormat.Png ? PngChunks.Xmp(bytes) : null),
        };
    }

    private static UserError? Refusal(Image header, ImageFormat format, int frames)
    {
        var (width, height) = (header.Width, header.Height);
        if (width > ImageLimits.MaxSide || height > ImageLimits.MaxSide)
        {
            return new ImageSideTooLong(width, height, ImageLimits.MaxSide);
        }

        var limit = MustDecodeWhole(header, format) ? ImageLimits.MaxMegapixelsDecodedWhole : ImageLimits.MaxMegapixels;
        if ((long)width * height * frames > limit * 1_000_000L)
        {
            return new ImageTooManyPixels(width, height, frames, limit);
        }

        var pixel = header.Bands * (header.Format is Enums.BandFormat.Uchar ? 1 : 2);
        return (long)width * height * frames * pixel > ImageLimits.MaxDecodedBytes ? new ImageTooDeep() : null;
    }

    // Most decoders work line by line. AVIF, still WebP, and interlaced or progressive images must be decoded whole. An
    // animation has one frame in memory at a time.
    private static bool MustDecodeWhole(Image header, ImageFormat format) =>
        format is ImageFormat.Avif
        || (format is ImageFormat.Webp && Frames(header) == 1)
        || header.Contains("interlaced");

    private static int Frames(Image header) => header.Contains("n-pages") && header.Get("n-pages") is int n ? n : 1;

    // Returns null, without reading the rest, if the bytes exceed the limit.
    private static async Task<byte[]?> ReadAsync(Stream original, CancellationToken cancellationToken)
    {
        using var read = new MemoryStream();
        var buffer = new byte[81_920];
        while (await original.ReadAsync(buffer, cancellationToken) is var count and > 0)
        {
            if (read.Length + count > MediaUpload.MaxBytes)
            {
                return null;
            }

            await read.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }

        return read.ToArray();
    }
}
