using System.Security.Cryptography.X509Certificates;
using Azure;
using Azure.Identity;
using Azure.Security.KeyVault.Certificates;
using Cms.GraphQL;
using Microsoft.AspNetCore.DataProtection;

namespace Cms.Server.Access;

/// <summary>
/// Encrypts the keys of the key ring with a certificate in Azure Key Vault, so that a copy of the database is not enough to
/// read them.
/// </summary>
internal static class KeyCertificates
{
    private const string Setting = "Cms__DataProtection__Certificate";

    /// <summary>
    /// Downloads all versions of the certificate, newest first. The newest one encrypts new keys. The others decrypt keys
    /// that they encrypted.
    /// </summary>
    /// <exception cref="CannotStartException">The setting is not valid, or the certificate cannot be read.</exception>
    public static IReadOnlyList<X509Certificate2> Download(string address) =>
        Download(address, vault => new CertificateClient(vault, new DefaultAzureCredential()));

    /// <inheritdoc cref="Download(string)" />
    public static IReadOnlyList<X509Certificate2> Download(string address, Func<Uri, CertificateClient> open)
    {
        if (
            !Uri.TryCreate(address, UriKind.Absolute, out var url)
            || url.Scheme != Uri.UriSchemeHttps
            || url.AbsolutePath.Split('/') is not ["", "certificates", { Length: > 0 } name]
        )
        {
            throw new CannotStartException(
                $"{Setting} is {address}: set it to the address of a certificate without its version, such as https://vault.vault.azure.net/certificates/data-protection."
            );
        }

        try
        {
            var certificates = open(new Uri(url.GetLeftPart(UriPartial.Authority)));
            var versions = certificates
                .GetPropertiesOfCertificateVersions(name)
                .Where(version => version.Enabled == true)
                .OrderByDescending(version => version.CreatedOn)
                .Select(version => certificates.DownloadCertificate(name, version.Version).Value)
                .ToList();
            return versions is [{ HasPrivateKey: true }, ..]
                ? versions
                : throw new CannotStartException(
                    $"{address} has no enabled version with a private key: create one in RSA whose key can be exported."
                );
        }
        catch (Exception fault) when (fault is RequestFailedException or AuthenticationFailedException)
        {
            throw new CannotStartException(
                $"Cannot read {address} ({fault.FirstLine}): give the server's identity the role Key Vault Certificate User, and check that it can reach the vault.",
                fault
            );
        }
    }

    /// <summary>Encrypts the keys of the key ring with the first certificate.</summary>
    public static IDataProtectionBuilder ProtectKeysWith(
        this IDataProtectionBuilder keys,
        IReadOnlyList<X509Certificate2> certificates
    ) => keys.ProtectKeysWithCertificate(certificates[0]).UnprotectKeysWithAnyCertificate([.. certificates]);
}
