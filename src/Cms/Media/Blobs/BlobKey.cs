using System.Security.Cryptography;
using System.Text;
using Cms.Media.Intake;

namespace Cms.Media.Blobs;

/// <summary>
/// What a blob is stored under. A key is written once and never again, so that who knows the key knows the bytes:
/// originals and renditions by what they hold, files in quarantine by their upload.
/// </summary>
public readonly record struct BlobKey
{
    public const string Originals = "o/";
    public const string Renditions = "r/";
    public const string Quarantined = "q/";

    private readonly string? _value;

    private BlobKey(string value) => _value = value;

    /// <summary>Names it in every store: <c>o/ab/cd/abcd…</c>, <c>r/abcd…/w640.webp</c>, <c>q/upl_…</c>.</summary>
    public string Value => _value ?? throw new InvalidOperationException("This key names nothing.");

    /// <summary>The SHA-256 of an original, in lower-case hexadecimal; null for any other blob.</summary>
    public string? Sha256 =>
        Value.StartsWith(Originals, StringComparison.Ordinal) ? Value[(Value.LastIndexOf('/') + 1)..] : null;

    /// <summary>A strong entity tag: the hash of an original; of any other blob that of its key, which stands for its bytes.</summary>
    public string ETag => $"\"{Sha256 ?? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Value)))}\"";

    /// <summary>An uploaded file, as it came.</summary>
    public static BlobKey Original(string sha256) => new($"{Originals}{Hash(sha256)[..2]}/{sha256[2..4]}/{sha256}");

    /// <summary>An image made of an original, which can be made again.</summary>
    /// <param name="sha256">The original.</param>
    /// <param name="name">What was made of it, such as <c>w640.webp</c>.</param>
    public static BlobKey Rendition(string sha256, string name) => new($"{RenditionsOf(sha256)}{Name(name)}");

    /// <summary>A file on its way in.</summary>
    public static BlobKey Quarantine(MediaUploadId upload) => new($"{Quarantined}{upload}");

    /// <summary>What all images made of an original begin with.</summary>
    public static string RenditionsOf(string sha256) => $"{Renditions}{Hash(sha256)}/";

    /// <summary>Reads what a store listed; null for what no key of ours looks like.</summary>
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

    // A path is made of this: nothing may lead out of the store.
    private static string Hash(string sha256) =>
        IsHash(sha256)
            ? sha256
            : throw new ArgumentException("Not a SHA-256 in lower-case hexadecimal.", nameof(sha256));

    private static string Name(string name) =>
        IsName(name) ? name : throw new ArgumentException("Not the name of a rendition.", nameof(name));

    private static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    private static bool IsName(string text) =>
        text is { Length: > 0 and <= 100 }
        && text[0] != '.'
        && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '.');
}
