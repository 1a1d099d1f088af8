using System.Buffers.Binary;
using System.IO.Compression;

namespace Cms.Media.Images;

/// <summary>
/// Removes the chunks of a PNG that are not needed to decode its pixels. Text chunks can be compressed, so a small file
/// could expand to gigabytes when a library opens it.
/// </summary>
internal static class PngChunks
{
    private const int Frame = 12;
    private const int MaxProfile = 4 * 1024 * 1024;
    private const int MaxXmp = 256 * 1024;

    private static readonly HashSet<string> Kept = new(StringComparer.Ordinal)
    {
        "IHDR",
        "PLTE",
        "tRNS",
        "IDAT",
        "IEND",
        "gAMA",
        "sRGB",
        "cHRM",
        "cICP",
        "sBIT",
        "pHYs",
    };

    public static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private static ReadOnlySpan<byte> XmpKeyword => "XML:com.adobe.xmp\0\0\0\0\0"u8;

    /// <summary>Returns the image without unneeded chunks; null if the chunks are malformed.</summary>
    public static byte[]? Strip(byte[] png)
    {
        using var kept = new MemoryStream(png.Length);
        kept.Write(Signature);
        for (var at = Signature.Length; at < png.Length; )
        {
            if (Read(png, at) is not var (type, data) || !data.IsWithin(png))
            {
                return null;
            }

            if (Kept.Contains(type) || (type == "iCCP" && IsSmallProfile(png.AsSpan(data.Range))))
            {
                kept.Write(png, at, data.Length + Frame);
            }

            at += data.Length + Frame;
            if (type == "IEND")
            {
                return kept.ToArray();
            }
        }

        return null;
    }

    /// <summary>Returns the XMP of a PNG if it is uncompressed and short; null otherwise.</summary>
    public static byte[]? Xmp(byte[] png)
    {
        for (var at = Signature.Length; Read(png, at) is var (type, data) && data.IsWithin(png); )
        {
            var content = png.AsSpan(data.Range);
            if (type == "iTXt" && data.Length < MaxXmp && content.StartsWith(XmpKeyword))
            {
                return content[XmpKeyword.Length..].ToArray();
            }

            if (type == "IEND")
            {
                return null;
            }

            at += data.Length + Frame;
        }

        return null;
    }

    private static (string Type, Part Data)? Read(byte[] png, int at)
    {
        if (at + Frame > png.Length)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at));
        return length > int.MaxValue - Frame - at
            ? null
            : (System.Text.Encoding.ASCII.GetString(png, at + 4, 4), new Part(at + 8, (int)length));
    }

    // The colours depend on the profile, so it is retained unless it expands beyond the size of a real profile.
    private static bool IsSmallProfile(ReadOnlySpan<byte> chunk)
    {
        var name = chunk.IndexOf((byte)0);
        if (name < 0 || name + 2 > chunk.Length)
        {
            return false;
        }

        try
        {
            using var compressed = new MemoryStream(chunk[(name + 2)..].ToArray());
            using var profile = new ZLibStream(compressed, CompressionMode.Decompress);
            var buffer = new byte[16 * 1024];
            var total = 0;
            while (profile.Read(buffer) is var read and > 0)
            {
                total += read;
                if (total > MaxProfile)
                {
                    return false;
                }
            }

            return total > 0;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private readonly record struct Part(int Start, int Length)
    {
        public Range Range => Start..(Start + Length);

        public bool IsWithin(byte[] png) => Start + Length + 4 <= png.Length;
    }
}
