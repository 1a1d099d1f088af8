using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Cms.Articles.Preview;

/// <summary>
/// The secret in a preview link: a prefix by which scanners for leaked secrets can recognise it, and 256 random bits.
/// </summary>
public static class PreviewToken
{
    private const string Prefix = "cmsp_";
    private const int SecretBytes = 32;

    private static readonly int Length = Prefix.Length + Base64Url.GetEncodedLength(SecretBytes);

    internal static string New() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>Computes the hash that is stored. Returns false if the text cannot be a token.</summary>
    public static bool TryHash([NotNullWhen(true)] string? token, [NotNullWhen(true)] out byte[]? hash)
    {
        hash =
            token is not null
            && token.Length == Length
            && token.StartsWith(Prefix, StringComparison.Ordinal)
            && Base64Url.IsValid(token.AsSpan(Prefix.Length))
                ? Hash(token)
                : null;
        return hash is not null;
    }

    // The token is random and long, so a fast hash without salt is safe.
    internal static byte[] Hash(string token) => SHA256.HashData(Encoding.ASCII.GetBytes(token));
}
