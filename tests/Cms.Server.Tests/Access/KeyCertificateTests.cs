using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Certificates;
using Cms.GraphQL;
using Cms.Server.Access;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Access;

/// <summary>A certificate in a key vault encrypts the keys of the key ring.</summary>
public sealed class KeyCertificateTests : IDisposable
{
    private const string Address = "https://vault.example/certificates/data-protection";

    private readonly Vault _vault = new();
    private readonly Repository _keys = new();

    public void Dispose() => _vault.Dispose();

    [Fact]
    public void Keys_are_stored_encrypted_and_every_server_reads_them()
    {
        _vault.Add("one");
        var text = Protector().Protect("a session");

        Assert.Contains("EncryptedData", _keys.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<masterKey", _keys.Text, StringComparison.Ordinal);
        Assert.Equal("a session", Protector().Unprotect(text));
    }

    [Fact]
    public void After_the_certificate_is_renewed_older_keys_are_still_read()
    {
        _vault.Add("one");
        var text = Protector().Protect("a session");
        _vault.Add("two");

        Assert.Equal("a session", Protector().Unprotect(text));
        Assert.Equal(2, Download().Count);
    }

    [Fact]
    public void With_only_a_different_certificate_keys_are_not_read()
    {
        _vault.Add("one");
        var text = Protector().Protect("a session");
        _vault.Clear();
        _vault.Add("two");

        Assert.Throws<CryptographicException>(() => Protector().Unprotect(text));
    }

    [Fact]
    public void Versions_that_are_not_enabled_are_not_used()
    {
        _vault.Add("one");
        _vault.Add("two", isEnabled: false);

        Assert.Single(Download());
    }

    [Theory]
    [InlineData("data-protection")]
    [InlineData("http://vault.example/certificates/data-protection")]
    [InlineData("https://vault.example/secrets/data-protection")]
    [InlineData("https://vault.example/certificates/data-protection/1f")]
    public void An_address_that_is_not_one_of_a_certificate_is_refused_with_a_sentence(string address)
    {
        var refused = Assert.Throws<CannotStartException>(() => KeyCertificates.Download(address, _vault.Open));

        Assert.Contains("set it to the address of a certificate", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_certificate_the_server_says_what_to_do()
    {
        Assert.Contains("create one", Assert.Throws<CannotStartException>(Download).Message, StringComparison.Ordinal);

        _vault.IsForbidden = true;
        Assert.Contains(
            "Key Vault Certificate User",
            Assert.Throws<CannotStartException>(Download).Message,
            StringComparison.Ordinal
        );
    }

    // infra/cms.bicep relies on it.
    [Fact]
    public void The_driver_of_SQL_Server_signs_in_with_a_managed_identity() =>
        Assert.NotNull(SqlAuthenticationProvider.GetProvider(SqlAuthenticationMethod.ActiveDirectoryManagedIdentity));

    private IReadOnlyList<X509Certificate2> Download() => KeyCertificates.Download(Address, _vault.Open);

    // A server that has just started.
    private IDataProtector Protector()
    {
        var services = new ServiceCollection();
        services.AddDataProtection().SetApplicationName("cms").ProtectKeysWith(Download());
        services.Configure<KeyManagementOptions>(options => options.XmlRepository = _keys);
        return services.BuildServiceProvider().GetRequiredService<IDataProtectionProvider>().CreateProtector("test");
    }

    private sealed class Repository : IXmlRepository
    {
        private readonly List<XElement> _elements = [];

        public string Text => string.Concat(_elements);

        public IReadOnlyCollection<XElement> GetAllElements() =>
            [.. _elements.Select(element => new XElement(element))];

        public void StoreElement(XElement element, string friendlyName) => _elements.Add(element);
    }

    /// <summary>A key vault with one certificate. It answers without a network.</summary>
    private sealed class Vault : HttpMessageHandler
    {
        private readonly List<(string Version, bool IsEnabled, byte[] Pfx)> _versions = [];

        public bool IsForbidden { get; set; }

        public void Clear() => _versions.Clear();

        public void Add(string version, bool isEnabled = true)
        {
            using var key = RSA.Create(2048);
            var request = new CertificateRequest(
                $"CN={version}",
                key,
                HashAlgorithmName.SHA256,
                RSASignaturePadding.Pkcs1
            );
            using var certificate = request.CreateSelfSigned(
                DateTimeOffset.UnixEpoch,
                DateTimeOffset.UnixEpoch.AddYears(99)
            );
            _versions.Add((version, isEnabled, certificate.Export(X509ContentType.Pfx)));
        }

        public CertificateClient Open(Uri vault)
        {
            var options = new CertificateClientOptions { Transport = new HttpClientTransport(this) };
            options.Retry.MaxRetries = 0;
            return new CertificateClient(vault, new Identity(), options);
        }

        // The client waits for some answers on its own thread.
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
            IsForbidden ? new(HttpStatusCode.Forbidden)
            : request.RequestUri!.AbsolutePath.Split('/') is not [_, var kind, _, var version]
                ? new(HttpStatusCode.NotFound)
            : new(HttpStatusCode.OK)
            {
                Content = JsonContent.Create(
                    kind == "secrets" ? Secret(version)
                    : version == "versions" ? Versions()
                    : Certificate(version)
                ),
            };

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        ) => Task.FromResult(Send(request, cancellationToken));

        private JsonObject Versions() =>
            new() { ["value"] = new JsonArray([.. _versions.Select((v, i) => Properties(v.Version, v.IsEnabled, i))]) };

        private JsonObject Certificate(string version)
        {
            var index = _versions.FindIndex(v => v.Version == version);
            using var certificate = X509CertificateLoader.LoadPkcs12(_versions[index].Pfx, null);
            var json = Properties(version, isEnabled: true, index);
            json["sid"] = $"https://vault.example/secrets/data-protection/{version}";
            json["cer"] = Convert.ToBase64String(certificate.RawData);
            return json;
        }

        private JsonObject Secret(string version) =>
            new()
            {
                ["contentType"] = "application/x-pkcs12",
                ["value"] = Convert.ToBase64String(_versions.Single(v => v.Version == version).Pfx),
            };

        private static JsonObject Properties(string version, bool isEnabled, int index) =>
            new()
            {
                ["id"] = string.Create(CultureInfo.InvariantCulture, $"{Address}/{version}"),
                ["attributes"] = new JsonObject { ["enabled"] = isEnabled, ["created"] = 1_700_000_000 + index },
            };
    }

    private sealed class Identity : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new("token", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(
            TokenRequestContext requestContext,
            CancellationToken cancellationToken
        ) => new(GetToken(requestContext, cancellationToken));
    }
}
