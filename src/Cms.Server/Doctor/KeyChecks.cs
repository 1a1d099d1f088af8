using System.Security.Cryptography;
using Cms.Data;
using Cms.GraphQL;
using Cms.Media;
using Cms.Server.Access;
using Cms.Server.Media;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace Cms.Server.Doctor;

/// <summary>Checks that all servers have the same keys.</summary>
internal static class KeyChecks
{
    private const string Media = "signing key";
    private const string Cookies = "cookie keys";

    /// <summary>The key that signs the URLs of images and uploads.</summary>
    public static IReadOnlyList<Finding> OfMedia(CmsSettings settings)
    {
        byte[]? key;
        try
        {
            key = settings.Media.Key();
        }
        catch (CannotStartException refused)
        {
            return [Finding.Failure(Media, refused.Message)];
        }

        if (key is not null)
        {
            return
            [
                Finding.Ok(
                    Media,
                    $"Cms__Media__SigningKey is set. Its fingerprint is {Fingerprint(key)}, and must be the same on every server."
                ),
            ];
        }

        var path = Path.Combine(settings.MediaFolder, MediaHosting.KeyFile);
        if (!File.Exists(path))
        {
            return [Finding.Ok(Media, $"The server creates {path} when it starts.")];
        }

        try
        {
            var stored = File.ReadAllBytes(path);
            return
            [
                stored.Length < MediaSigner.MinKeyBytes
                    ? Finding.Failure(
                        Media,
                        $"{path} is damaged: restore it from a backup, or remove it. Then a new one is created, and URLs signed before become invalid."
                    )
                : settings.UsesSqlite
                    ? Finding.Ok(Media, $"The key is in {path}. Its fingerprint is {Fingerprint(stored)}.")
                : Finding.Warning(
                    Media,
                    $"The key is in {path}. Its fingerprint is {Fingerprint(stored)}, and must be the same on every server: let all servers share this folder, or set Cms__Media__SigningKey."
                ),
            ];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return
            [
                Finding.Failure(
                    Media,
                    $"{path} cannot be read ({fault.FirstLine}): run doctor as the user of the server, or give that user the file."
                ),
            ];
        }
    }

    /// <summary>The keys in the database that protect cookies and secrets. All servers share them.</summary>
    public static Finding OfCookies(IKeyManager keys, CmsSettings settings, EntraSettings? entra)
    {
        var all = keys.GetAllKeys();
        var unreadable = all.Count(key => !IsReadable(key));
        return unreadable > 0
                ? Finding.Failure(
                    Cookies,
                    FormattableString.Invariant(
                        $"{unreadable} of {all.Count} keys in the database cannot be decrypted: set Cms__DataProtection__Certificate to the certificate that encrypts them, and enable its older versions in the vault."
                    )
                )
            : settings.DataProtection.Certificate is { Length: > 0 }
                ? Finding.Ok(
                    Cookies,
                    FormattableString.Invariant($"All {all.Count} keys in the database can be decrypted.")
                )
            : entra is not null && !settings.UsesSqlite
                ? Finding.Warning(
                    Cookies,
                    FormattableString.Invariant(
                        $"The {all.Count} keys in the database are not encrypted, so a copy of the database is enough to forge sessions: set Cms__DataProtection__Certificate."
                    )
                )
            : Finding.Ok(
                Cookies,
                FormattableString.Invariant($"The {all.Count} keys are in the database, which all servers share.")
            );
    }

    private static bool IsReadable(IKey key)
    {
        try
        {
            return key.IsRevoked || key.CreateEncryptor() is not null;
        }
        catch (Exception fault)
            when (fault is CryptographicException or InvalidOperationException or System.Xml.XmlException)
        {
            return false;
        }
    }

    // A hash of 32 random bytes says nothing about them.
    private static string Fingerprint(byte[] key) => Convert.ToHexStringLower(SHA256.HashData(key).AsSpan(0, 4));
}
