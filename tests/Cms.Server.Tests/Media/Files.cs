using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using NetVips;
using Xunit;

namespace Cms.Server.Tests.Media;

/// <summary>Files for uploads, valid and malicious.</summary>
internal static class Files
{
    public const string Credit = "Zoë Quay / Harbour Line";

    private static readonly byte[] PngSignature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    public static byte[] Jpeg(int width = 800, int height = 600, int seed = 1)
    {
        using var image = Noise(width, height, seed);
        return image.JpegsaveBuffer(q: 85);
    }

    /// <summary>
    /// Makes a photograph with the metadata of a phone: a location, a camera serial number and an orientation.
    /// </summary>
    public static byte[] Photograph(int seed = 7)
    {
        using var image = Noise(640, 480, seed);
        using var tagged = image.Mutate(metadata =>
        {
            metadata.Set(
                GValue.GStrType,
                "exif-ifd3-GPSLatitude",
                "52/1 31/1 12/1 (52, 31, 12, Rational, 3 components, 24 bytes)"
            );
            metadata.Set(GValue.GStrType, "exif-ifd3-GPSLatitudeRef", "N (N, ASCII, 2 components, 2 bytes)");
            metadata.Set(
                GValue.GStrType,
                "exif-ifd2-BodySerialNumber",
                "SN-4711-0815 (SN-4711-0815, ASCII, 13 components, 13 bytes)"
            );
            metadata.Set(GValue.GStrType, "exif-ifd0-Artist", "Zoe Quay (Zoe Quay, ASCII, 9 components, 9 bytes)");
            metadata.Set(GValue.GIntType, "orientation", 6);
        });
        return tagged.JpegsaveBuffer(q: 85);
    }

    /// <summary>Makes an image of noise, 2,560 by 1,440 pixels, that has several megabytes as a PNG.</summary>
    public static byte[] Grain()
    {
        using var noise = Image.Gaussnoise(2_560, 1_440, sigma: 40, mean: 128, seed: 1);
        using var pixels = noise.Cast(Enums.BandFormat.Uchar);
        using var bands = pixels.Bandjoin(
            pixels.Flip(Enums.Direction.Horizontal),
            pixels.Flip(Enums.Direction.Vertical)
        );
        using var image = bands.Copy(interpretation: Enums.Interpretation.Srgb);
        return image.JpegsaveBuffer(q: 85);
    }

    public static byte[] Png()
    {
        using var image = Noise(64, 64, 3);
        return image.PngsaveBuffer();
    }

    /// <summary>
    /// Makes an animation of three frames of 300 by 200 pixels: red for 100 ms, green for 200 ms, blue for 300 ms.
    /// </summary>
    /// <param name="suffix"><c>.gif</c> or <c>.webp</c>.</param>
    public static byte[] Moving(string suffix)
    {
        using var pictures = Image.Arrayjoin(
            [Coloured(255, 0, 0), Coloured(0, 255, 0), Coloured(0, 0, 255)],
            across: 1
        );
        using var moving = pictures.Mutate(metadata =>
        {
            metadata.Set(GValue.GIntType, "page-height", 200);
            metadata.Set(GValue.ArrayIntType, "delay", (int[])[100, 200, 300]);
            metadata.Set(GValue.GIntType, "loop", 0);
        });
        return moving.WriteToBuffer(suffix);

        static Image Coloured(int red, int green, int blue)
        {
            using var black = Image.Black(300, 200, bands: 3);
            using var coloured = black.Linear([1, 1, 1], [red, green, blue]);
            using var pixels = coloured.Cast(Enums.BandFormat.Uchar);
            return pixels.Copy(interpretation: Enums.Interpretation.Srgb);
        }
    }

    public static byte[] Avif()
    {
        using var image = Noise(64, 48, 5);
        return image.HeifsaveBuffer(q: 50, effort: 0, compression: Enums.ForeignHeifCompression.Av1);
    }

    /// <summary>Returns the same HEIF file with a different major brand and different compatible brands.</summary>
    public static byte[] Branded(byte[] heif, string major, params string[] compatible)
    {
        var size = BinaryPrimitives.ReadInt32BigEndian(heif);
        var rebranded = heif.ToArray();
        Assert.True(8 + (4 * compatible.Length) <= size - 8);
        string[] brands = [major, "\0\0\0\0", .. compatible];
        var names = Enumerable.Range(0, (size - 8) / 4).Select(i => i < brands.Length ? brands[i] : brands[^1]);
        Encoding.ASCII.GetBytes(string.Concat(names)).CopyTo(rebranded, 8);
        return rebranded;
    }

    /// <summary>Makes a very small image, different for each number.</summary>
    public static byte[] Small(int number)
    {
        using var black = Image.Black(16, 16, bands: 3);
        using var coloured = black.Linear([1, 1, 1], [number & 255, (number >> 8) & 255, 90]);
        using var pixels = coloured.Cast(Enums.BandFormat.Uchar);
        using var image = pixels.Copy(interpretation: Enums.Interpretation.Srgb);
        return image.PngsaveBuffer();
    }

    /// <summary>Makes a small image whose ancillary chunks expand to 2 GB.</summary>
    public static byte[] ChunkBomb()
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 40; i++)
            {
                zlib.Write(zeros);
            }
        }

        var text = (byte[])[.. "a\0\0"u8, .. packed.ToArray()];
        var png = Png();
        var header = png[..33];
        return [.. header, .. Enumerable.Repeat(Chunk("zTXt", text), 50).SelectMany(chunk => chunk), .. png[33..]];
    }

    /// <summary>Makes a PNG of 30,000 by 30,000 pixels in one colour.</summary>
    public static byte[] Huge()
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, 30_000);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), 30_000);
        header[8] = 1;
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var row = new byte[1 + (30_000 / 8)];
            for (var i = 0; i < 30_000; i++)
            {
                zlib.Write(row);
            }
        }

        return [.. PngSignature, .. Chunk("IHDR", header), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    /// <summary>Makes an interlaced PNG of 49 million pixels in one colour. It must be decoded as a whole.</summary>
    public static byte[] Interlaced()
    {
        using var black = Image.Black(7_000, 7_000, bands: 4);
        return black.PngsaveBuffer(interlace: true, keep: Enums.ForeignKeep.None);
    }

    /// <summary>Makes a progressive JPEG of 16 million pixels whose last scan is repeated 5,000 times.</summary>
    public static byte[] Overdrawn()
    {
        using var white = Image.Black(4_000, 4_000, bands: 1);
        var jpeg = white.JpegsaveBuffer(q: 50, interlace: true, keep: Enums.ForeignKeep.None);
        var scan = jpeg.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        var again = jpeg[scan..^2];
        return [.. jpeg[..scan], .. Enumerable.Repeat(again, 5_000).SelectMany(bytes => bytes), .. jpeg[^2..]];
    }

    /// <summary>Makes a GIF of ten thousand frames on a canvas of 200 by 200 pixels.</summary>
    public static byte[] Film()
    {
        using var gif = new MemoryStream();
        gif.Write("GIF89a"u8);
        gif.Write([200, 0, 200, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255]);
        gif.Write([0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1, 0, 0, 0]);
        for (var i = 0; i < 10_000; i++)
        {
            gif.Write([0x21, 0xF9, 4, 0, 1, 0, 0, 0]);
            gif.Write([0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 0x01, 0]);
        }

        gif.WriteByte(0x3B);
        return gif.ToArray();
    }

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static Image Noise(int width, int height, int seed)
    {
        using var waves = Image.Perlin(width, height, cellSize: 64, uchar: true, seed: seed);
        using var more = Image.Perlin(width, height, cellSize: 32, uchar: true, seed: seed + 1);
        using var bands = waves.Bandjoin(more, waves);
        return bands.Copy(interpretation: Enums.Interpretation.Srgb);
    }

    /// <summary>Makes a box of a HEIF file.</summary>
    public static byte[] Box(string type, byte[] content)
    {
        var box = new byte[8 + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
        Encoding.ASCII.GetBytes(type).CopyTo(box, 4);
        content.CopyTo(box, 8);
        return box;
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        var chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(type).CopyTo(chunk, 4);
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(^4..), Crc32.HashToUInt32(chunk.AsSpan(4, 4 + data.Length)));
        return chunk;
    }
}
