using System.Security.Cryptography;

namespace Cms.Foundation;

/// <summary>Encrypts secrets that the database stores. The host decides with which keys.</summary>
/// <param name="encrypt">Encrypts bytes for a purpose.</param>
/// <param name="decrypt">
/// Decrypts what was encrypted for the same purpose; throws <see cref="CryptographicException" /> if it cannot.
/// </param>
public sealed class Vault(Func<string, byte[], byte[]> encrypt, Func<string, byte[], byte[]> decrypt)
{
    internal byte[] Seal(string purpose, byte[] secret) => encrypt(purpose, secret);

    /// <exception cref="CryptographicException">The key that encrypted the secret no longer exists.</exception>
    internal byte[] Open(string purpose, byte[] sealedSecret) => decrypt(purpose, sealedSecret);
}
