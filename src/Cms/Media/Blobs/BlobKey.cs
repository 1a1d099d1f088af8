using System.Security.Cryptography;
using System.Text;
using Cms.Media.Intake;

namespace Cms.Media.Blobs;

/// <summary>
/// The key of a blob. A blob is never overwritten, so a key always identifies the same bytes. The key of an original
/// contains the hash of its bytes. The key of a rendition contains the original's hash and the rendition's name. The
/// key of a file in quarantine contains its upload's id.
/// </summary>
public readonly record struct BlobKey
{
    public const string Originals = "o/";
    public const string Renditions = "r/";
    public const string Quarantined = "q/";

    private readonly string? _value;

    private BlobKey(string value) => _value = value;

    /// <summary>
    /// The key as text, the same in every store: <c>o/ab/cd/abcd…</c>, <c>r/abcd…/w640.webp</c>, <c>q/upl_…</c>.
    /// </summary>
    public string Value => _value ?? throw new InvalidOperationException("This key is empty.");

    /// <summary>The SHA-256 of an original, in lower-case hexadecimal; null for any other blob.</summary>
    public string? Sha256 =>
        Value.StartsWith(Originals, StringComparison.Ordinal) ? Value[(Value.LastIndexOf('/') + 1)..] : null;

    /// <summary>A strong entity tag: the hash of an original's bytes, or the hash of any other blob's key.</summary>
    public string ETag => $"\"{Sha256 ?? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Value)))}\"";

    /// <summary>Returns the key of an original, that is, an uploaded file.</summary>
    public static BlobKey Original(string sha256) => new($"{Originals}{Hash(sha256)[..2]}/{sha256[2..4]}/{sha256}");

    /// <summary>Returns the key of a rendition, which is made from an original and can be made again.</summary>
    /// <param name="sha256">The hash of the original.</param>
    /// <param name="name">The name of the rendition, such as <c>w640.webp</c>.</param>
    public static BlobKey Rendition(string sha256, string name) => new($"{RenditionsOf(sha256)}{Name(name)}");

    /// <summary>Returns the key of an upload's file.</summary>
    public static BlobKey Quarantine(MediaUploadId upload) => new($"{Quarantined}{upload}");

    /// <summary>Returns the prefix of the keys of an original's renditions.</summary>
    public static string RenditionsOf(string sha256) => $"{Renditions}{Hash(sha256)}/";

    /// <summary>Parses a key that a store listed; null if it is not well-formed.</summary>
    public static BlobKey? Parse(string text) =>
        text.Split('/') switch
        {
            ["o", var first, var second, var sha256]
                when IsHash(sha256) && sha256[..2] == first && sha256[2..4] == second => new(text),
            ["r", var sha256, var name] when IsHash(sha256) && IsName(name) => new(text),
            ["q", var upload] when GraphQL.EntityId.Parse<MediaUploadId>(upload) is { } id => Quarantine(id),
            _ => null,
        };

    public override string ToString() => Value;

    // Keys become file paths. This check keeps the paths inside the store.
    private static string Hash(string sha256) =>
        IsHash(sha256)
            ? sha256
            : throw new ArgumentException("The hash must be a SHA-256 in lower-case hexadecimal.", nameof(sha256));

    private static string Name(string name) =>
        IsName(name) ? name : throw new ArgumentException("The name of the rendition is malformed.", nameof(name));

    private static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    private static bool IsName(string text) =>
        text is { Length: > 0 and <= 100 }
        && text[0] != '.'
        && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '.');
}
