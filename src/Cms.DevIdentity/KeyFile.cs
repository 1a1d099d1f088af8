using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Cms.DevIdentity;

/// <summary>
/// The provider's keys. They are stored, so that people stay signed in when <c>dotnet watch</c> restarts the provider.
/// </summary>
internal sealed record KeyFile(RsaSecurityKey Signing, SymmetricSecurityKey Encryption)
{
    private const int Bits = 2048;

    /// <exception cref="IOException">The file cannot be read or written. The message names the file.</exception>
    public static KeyFile Open(string folder)
    {
        var path = Path.Combine(folder, "identity.pem");
        try
        {
            return Of(File.Exists(path) ? Read(path) : Make(path));
        }
        catch (Exception fault)
            when (fault is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            throw new IOException(
                $"The development keys in {path} cannot be used ({fault.Message.TrimEnd('.')}): delete the file, or give this user write access.",
                fault
            );
        }
    }

    /// <summary>
    /// Creates the keys. The key that encrypts codes and refresh tokens is derived from the signing key.
    /// </summary>
    public static KeyFile Of(RSA rsa)
    {
        var name = Base64UrlEncoder.Encode(SHA256.HashData(rsa.ExportSubjectPublicKeyInfo()))[..27];
        var secret = HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            rsa.ExportPkcs8PrivateKey(),
            32,
            info: "codes"u8.ToArray()
        );
        return new(new RsaSecurityKey(rsa) { KeyId = name }, new SymmetricSecurityKey(secret));
    }

    private static RSA Read(string path)
    {
        var rsa = RSA.Create();
        rsa.ImportFromPem(File.ReadAllText(path));
        return rsa;
    }

    private static RSA Make(string path)
    {
        var rsa = RSA.Create(Bits);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new StreamWriter(path, options);
        file.Write(rsa.ExportPkcs8PrivateKeyPem());
        return rsa;
    }
}
