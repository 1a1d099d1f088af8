using System.Buffers.Binary;
using System.Text;

namespace Cms.Media.Images;

/// <summary>
/// Reads the boxes of a HEIF file (ISO/IEC 23008-12) as far as needed to tell AVIF from HEIC and other formats.
/// </summary>
internal static class HeifBoxes
{
    private const int Header = 8;
    private const int MaxEntries = 1_000;

    private static readonly HashSet<string> AvifBrands = new(StringComparer.Ordinal) { "avif", "avis" };

    private static readonly HashSet<string> HeicBrands = new(StringComparer.Ordinal)
    {
        "heic",
        "heix",
        "heim",
        "heis",
        "hevc",
        "hevx",
        "hevm",
        "hevs",
    };

    // These brands identify HEIF in general. Only the items show how the images are encoded.
    private static readonly HashSet<string> PlainBrands = new(StringComparer.Ordinal) { "mif1", "miaf", "msf1" };

    private static readonly HashSet<string> HeicItems = new(StringComparer.Ordinal) { "hvc1", "hev1" };

    /// <summary>Returns whether the file is AVIF, according to its brands or, if they are general, its items.</summary>
    public static bool IsAvif(ReadOnlySpan<byte> file) => Read(file) is Kind.Avif;

    /// <summary>Returns whether the file is HEIC, the format of phone photographs.</summary>
    public static bool IsHeic(ReadOnlySpan<byte> file) => Read(file) is Kind.Heic;

    private static Kind Read(ReadOnlySpan<byte> file)
    {
        if (Box(file) is not ("ftyp", var size))
        {
            return Kind.Other;
        }

        var brands = Brands(file[Header..size]);
        return brands.Overlaps(AvifBrands) ? Kind.Avif
            : brands.Overlaps(HeicBrands) ? Kind.Heic
            : brands.Overlaps(PlainBrands) ? ByItems(file[size..])
            : Kind.Other;
    }

    // The content is the major brand, its version, and the brands that the file is compatible with.
    private static HashSet<string> Brands(ReadOnlySpan<byte> content)
    {
        HashSet<string> brands = new(StringComparer.Ordinal);
        for (var at = 0; at + 4 <= content.Length && brands.Count < MaxEntries; at += 4)
        {
            if (at != 4)
            {
                brands.Add(Name(content[at..]));
            }
        }

        return brands;
    }

    private static Kind ByItems(ReadOnlySpan<byte> boxes)
    {
        // In a meta box, four bytes of version and flags precede the content.
        var items = Content(Content(boxes, "meta", skip: 4), "iinf", skip: 0);
        if (items.Length < 8)
        {
            return Kind.Other;
        }

        var entries = items[(items[0] == 0 ? 6 : 8)..];
        for (var read = 0; read < MaxEntries && Box(entries) is var (type, size); read++)
        {
            // An entry contains its version and flags, id (four bytes from version 3 on), protection and type.
            var id = entries.Length > Header && entries[Header] >= 3 ? 4 : 2;
            var at = Header + 4 + id + 2;
            if (type == "infe" && at + 4 <= size && entries[Header] >= 2)
            {
                switch (Name(entries[at..]))
                {
                    case "av01":
                        return Kind.Avif;
                    case var item when HeicItems.Contains(item):
                        return Kind.Heic;
                    default:
                        break;
                }
            }

            entries = entries[size..];
        }

        return Kind.Other;
    }

    private static ReadOnlySpan<byte> Content(ReadOnlySpan<byte> boxes, string wanted, int skip)
    {
        for (var read = 0; read < MaxEntries && Box(boxes) is var (type, size); read++)
        {
            if (type == wanted)
            {
                return size >= Header + skip ? boxes[(Header + skip)..size] : [];
            }

            boxes = boxes[size..];
        }

        return [];
    }

    // Returns null if there is no complete box. No relevant box is larger than 4 GB.
    private static (string Type, int Size)? Box(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Header)
        {
            return null;
        }

        var size = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        return size < Header || size > bytes.Length ? null : (Name(bytes[4..]), (int)size);
    }

    private static string Name(ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetString(bytes[..4]);

    private enum Kind
    {
        Other,
        Avif,
        Heic,
    }
}
