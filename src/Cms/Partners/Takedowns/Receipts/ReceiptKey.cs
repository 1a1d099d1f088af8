using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Cms.Foundation;

namespace Cms.Partners.Takedowns.Receipts;

/// <summary>
/// A key that signs receipts: ECDSA with the curve P-256. The private part is encrypted. The public part is kept also when
/// the private part is lost, because it verifies the receipts that it signed.
/// </summary>
public sealed class ReceiptKey
{
    /// <summary>The length of a SHA-256 hash, and of a coordinate of the curve, in base64url.</summary>
    internal const int Letters = 43;

    private const string Purpose = "Cms.Receipts.Key";

    /// <summary>The thumbprint of the public key (RFC 7638), which identifies it.</summary>
    public required string Id { get; init; }

    /// <summary>The coordinate x of the public key, in base64url.</summary>
    public required string X { get; init; }

    /// <summary>The coordinate y of the public key, in base64url.</summary>
    public required string Y { get; init; }

    /// <summary>The encrypted private key.</summary>
    [SuppressMessage("Performance", "CA1819", Justification = "EF Core stores it as bytes, and nothing changes it.")]
    public required byte[] SealedPrivateKey { get; init; }

    /// <summary>When the key was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    internal static ReceiptKey New(Vault vault, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var (x, y) = (Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
        return new ReceiptKey
        {
            Id = Base64Url.EncodeToString(
                SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}"""))
            ),
            X = x,
            Y = y,
            SealedPrivateKey = vault.Seal(Purpose, key.ExportPkcs8PrivateKey()),
            CreatedAt = now,
        };
    }

    /// <summary>Signs a text as JWS in the compact form (RFC 7515).</summary>
    /// <exception cref="CryptographicException">The key that encrypted the private key no longer exists.</exception>
    internal string Sign(Vault vault, string payload)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(vault.Open(Purpose, SealedPrivateKey), out _);
        var header = $$"""{"alg":"ES256","kid":"{{Id}}","typ":"takedown-receipt+json"}""";
        var signed = $"{Encoded(header)}.{Encoded(payload)}";
        var signature = key.SignData(
            Encoding.ASCII.GetBytes(signed),
            HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation
        );
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encoded(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
