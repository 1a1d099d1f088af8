using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Cms.Media;

/// <summary>Signs addresses that nobody else may make: of uploads, and of images beyond the fixed sizes.</summary>
public sealed class MediaSigner
{
    public const int MinKeyBytes = 32;

    // 128 bits of HMAC-SHA256, which RFC 2104 allows and nobody guesses.
    private const int SignatureBytes = 16;

    private readonly byte[] _key;

    public MediaSigner(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(key.Length, MinKeyBytes, nameof(key));
        _key = key.ToArray();
    }

    /// <param name="purpose">What is signed, so that a signature for one thing is none for another.</param>
    /// <param name="text">Everything that must not be changed.</param>
    public string Sign(string purpose, string text) =>
        Base64Url.EncodeToString(
            HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{purpose}\n{text}")).AsSpan(..SignatureBytes)
        );

    public bool IsSigned(string purpose, string text, string signature) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(Sign(purpose, text)),
            Encoding.UTF8.GetBytes(signature)
        );
}
