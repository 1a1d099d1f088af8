using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Cms.Media;

/// <summary>
/// Signs URLs that only this server can create: for uploads, for images in sizes other than the fixed ones, and for
/// images that are not public.
/// </summary>
public sealed class MediaSigner
{
    public const int MinKeyBytes = 32;

    // HMAC-SHA256 truncated to 128 bits, which RFC 2104 allows and which cannot be guessed.
    private const int SignatureBytes = 16;

    private readonly byte[] _key;

    public MediaSigner(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(key.Length, MinKeyBytes, nameof(key));
        _key = key.ToArray();
    }

    /// <param name="purpose">What the signature is for. A signature for one purpose is not valid for another.</param>
    /// <param name="text">The text to sign.</param>
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
