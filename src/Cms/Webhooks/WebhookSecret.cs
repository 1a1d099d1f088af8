using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Cms.Webhooks;

/// <summary>The secrets and signatures of Standard Webhooks.</summary>
internal static class WebhookSecret
{
    /// <summary>How every secret begins.</summary>
    public const string Prefix = "whsec_";

    private const int Bytes = 32;

    /// <summary>Returns a new random secret.</summary>
    public static string New() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>
    /// Returns the value of <c>webhook-signature</c>: for each secret, the HMAC-SHA256 of the id, the time and the body,
    /// separated by dots.
    /// </summary>
    /// <param name="secrets">The secrets that sign.</param>
    /// <param name="id">The value of <c>webhook-id</c>.</param>
    /// <param name="at">The time of the attempt, which is the value of <c>webhook-timestamp</c> in seconds.</param>
    /// <param name="body">The body.</param>
    public static string Sign(IEnumerable<string> secrets, string id, DateTimeOffset at, byte[] body)
    {
        var start = string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}.");
        byte[] signed = [.. Encoding.UTF8.GetBytes(start), .. body];
        return string.Join(
            ' ',
            secrets.Select(secret =>
                "v1,"
                + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret[Prefix.Length..]), signed))
            )
        );
    }
}

/// <summary>Encrypts the secrets that the database stores. The host decides with which keys.</summary>
/// <param name="encrypt">Encrypts bytes.</param>
/// <param name="decrypt">Decrypts what was encrypted; throws <see cref="CryptographicException" /> if it cannot.</param>
public sealed class WebhookVault(Func<byte[], byte[]> encrypt, Func<byte[], byte[]> decrypt)
{
    internal byte[] Seal(string secret) => encrypt(Encoding.ASCII.GetBytes(secret));

    /// <exception cref="CryptographicException">The key that encrypted the secret no longer exists.</exception>
    internal string Open(byte[] sealedSecret) => Encoding.ASCII.GetString(decrypt(sealedSecret));
}
