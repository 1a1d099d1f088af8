using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cms.Foundation;

namespace Cms.Webhooks;

/// <summary>The secrets and signatures of Standard Webhooks.</summary>
internal static class WebhookSecret
{
    /// <summary>How every secret begins.</summary>
    public const string Prefix = "whsec_";

    private const int Bytes = 32;
    private const string Purpose = "Cms.Webhooks.Secret";

    /// <summary>Returns a new random secret.</summary>
    public static string New() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Encrypts a secret.</summary>
    public static byte[] Seal(this Vault vault, string secret) => vault.Seal(Purpose, Encoding.ASCII.GetBytes(secret));

    /// <summary>Decrypts a secret.</summary>
    /// <exception cref="CryptographicException">The key that encrypted the secret no longer exists.</exception>
    public static string Open(this Vault vault, byte[] sealedSecret) =>
        Encoding.ASCII.GetString(vault.Open(Purpose, sealedSecret));

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
