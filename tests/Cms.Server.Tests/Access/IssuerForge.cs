using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Cms.Server.Tests.Access;

/// <summary>
/// An issuer like Entra ID on a loopback port. It signs any token. A test can make it fail or hang.
/// </summary>
public sealed class IssuerForge : IAsyncLifetime
{
    public const string Tenant = "11111111-1111-4111-8111-111111111111";
    public const string PartnerTenant = "22222222-2222-4222-8222-222222222222";
    public const string StrangeTenant = "33333333-3333-4333-8333-333333333333";
    public const string Client = "aaaaaaaa-0000-4000-8000-00000000a001";
    public const string Secret = "forge-secret-never-logged";

    private readonly ConcurrentDictionary<string, (string Challenge, string Nonce, string Address)> _codes = [];
    private WebApplication _app = null!;

    public RSA Key { get; private set; } = RSA.Create(2048);

    public string KeyId { get; private set; } = "key-1";

    public Uri Address { get; private set; } = null!;

    /// <summary>The port to listen on; any free port by default.</summary>
    public int Port
    {
        get;
        init
        {
            field = value;
            Address = new Uri($"http://127.0.0.1:{value}/");
        }
    }

    /// <summary>Released once for each request that hangs.</summary>
    public SemaphoreSlim Asked { get; } = new(0);

    /// <summary>The number of times that the keys have been fetched.</summary>
    public int Fetches { get; private set; }

    public bool Fails { get; set; }

    public bool Hangs { get; set; }

    /// <summary>The client id of a managed identity. The issuer then takes a token of it instead of the secret.</summary>
    public string? ManagedIdentity { get; init; }

    /// <summary>The token of the managed identity.</summary>
    public string Assertion { get; } = "assertion-never-logged";

    /// <summary>Claims added to the ID token of anyone who signs in with a browser.</summary>
    public Dictionary<string, object?> Person { get; } = new() { ["roles"] = new[] { "Editor" }, ["name"] = "Erin" };

    public IReadOnlyList<string> Settings =>
        [
            $"--AzureAd:Instance={Address}",
            $"--AzureAd:TenantId={Tenant}",
            $"--AzureAd:ClientId={Client}",
            ManagedIdentity is null
                ? $"--AzureAd:ClientSecret={Secret}"
                : $"--AzureAd:ManagedIdentity={ManagedIdentity}",
            $"--AzureAd:PartnerTenants:0={PartnerTenant}",
            // An issuer on a busy machine is slow. Tests of a silent issuer set a shorter timeout.
            "--Auth:IssuerTimeoutSeconds=60",
        ];

    // The product sets the same switch in Program.cs.
    [ModuleInitializer]
    internal static void Block() => AppContext.SetSwitch("Switch.Microsoft.IdentityModel.UpdateConfigAsBlocking", true);

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{Port}");
        _app = builder.Build();
        _app.Use(
            async (http, next) =>
            {
                if (Hangs)
                {
                    Asked.Release();
                    await Task.Delay(Timeout.Infinite, http.RequestAborted)
                        .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    return;
                }

                if (Fails)
                {
                    http.Response.StatusCode = 500;
                    return;
                }

                await next();
            }
        );
        _app.MapGet(
            $"/{Tenant}/v2.0/.well-known/openid-configuration",
            () =>
                new Dictionary<string, object>
                {
                    ["issuer"] = Issuer(Tenant),
                    ["authorization_endpoint"] = $"{Address}authorize",
                    ["token_endpoint"] = $"{Address}token",
                    ["jwks_uri"] = $"{Address}keys",
                    ["response_types_supported"] = new[] { "code" },
                    ["subject_types_supported"] = new[] { "pairwise" },
                    ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
                }
        );
        _app.MapGet(
            "/keys",
            () =>
            {
                Fetches++;
                var key = Key.ExportParameters(false);
                return new
                {
                    keys = new[]
                    {
                        new
                        {
                            kty = "RSA",
                            use = "sig",
                            kid = KeyId,
                            n = Encode(key.Modulus!),
                            e = Encode(key.Exponent!),
                            issuer = $"{Address}{{tenantid}}/v2.0",
                        },
                    },
                };
            }
        );
        _app.MapGet(
            "/authorize",
            (string redirect_uri, string state, string nonce, string code_challenge, string code_challenge_method) =>
            {
                Assert.Equal("S256", code_challenge_method);
                var code = Encode(RandomNumberGenerator.GetBytes(24));
                _codes[code] = (code_challenge, nonce, redirect_uri);
                return Microsoft.AspNetCore.Http.Results.Redirect(
                    $"{redirect_uri}?code={code}&state={Uri.EscapeDataString(state)}"
                );
            }
        );
        _app.MapPost(
            "/token",
            async (HttpContext http) =>
            {
                var form = await http.Request.ReadFormAsync();
                if (
                    !_codes.TryRemove(form["code"].ToString(), out var issued)
                    || issued.Challenge
                        != Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())))
                    || !IsProven(form)
                )
                {
                    return Microsoft.AspNetCore.Http.Results.BadRequest(new { error = "invalid_grant" });
                }

                var token = Forged.IdToken(this, issued.Nonce);
                foreach (var (name, value) in Person)
                {
                    token.Claims[name] = value;
                }

                return Microsoft.AspNetCore.Http.Results.Json(
                    new
                    {
                        token_type = "Bearer",
                        expires_in = 3600,
                        access_token = "opaque",
                        id_token = token.Sign(),
                    }
                );
            }
        );
        await _app.StartAsync();
        Address = new Uri(_app.Urls.Single() + "/");
    }

    /// <summary>Stops listening. If the port is set, the issuer can be initialized again.</summary>
    public async Task StopAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    public async Task DisposeAsync()
    {
        await StopAsync();
        Asked.Dispose();
        Key.Dispose();
    }

    public string Issuer(string tenant) => $"{Address}{tenant}/v2.0";

    private bool IsProven(IFormCollection form) =>
        ManagedIdentity is null
            ? form["client_secret"] == Secret && !form.ContainsKey("client_assertion")
            : form["client_assertion"] == Assertion
                && form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
                && !form.ContainsKey("client_secret");

    /// <summary>Replaces the signing key; the previous key is no longer published.</summary>
    public void Rotate()
    {
        Key = RSA.Create(2048);
        KeyId = $"key-{Guid.CreateVersion7():n}";
    }

    public static string Encode(byte[] bytes) =>
        Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    public static string Encode(string text) => Encode(Encoding.UTF8.GetBytes(text));
}

/// <summary>A token like those of Entra ID. A test can change it before signing it.</summary>
public sealed class Forged(IssuerForge issuer)
{
    public const string Erin = "e0000000-0000-4000-8000-000000000001";
    public const string App = "b0000000-0000-4000-8000-000000000002";

    public Dictionary<string, object?> Header { get; } =
        new(StringComparer.Ordinal)
        {
            ["typ"] = "JWT",
            ["alg"] = "RS256",
            ["kid"] = issuer.KeyId,
        };

    public Dictionary<string, object?> Claims { get; private init; } = [];

    /// <summary>The JSON to sign instead of <see cref="Claims" />.</summary>
    public string? Payload { get; set; }

    public string? HeaderText { get; set; }

    public static Forged Person(IssuerForge issuer, params string[] roles)
    {
        var token = Common(issuer, IssuerForge.Tenant, Erin);
        token.Claims["name"] = "Erin";
        token.Claims["scp"] = "Cms.Access";
        token.Claims["roles"] = roles;
        return token;
    }

    public static Forged Partner(IssuerForge issuer, params string[] roles)
    {
        var token = Common(issuer, IssuerForge.PartnerTenant, App);
        token.Claims["idtyp"] = "app";
        token.Claims["roles"] = roles;
        return token;
    }

    public static Forged IdToken(IssuerForge issuer, string nonce)
    {
        var token = Common(issuer, IssuerForge.Tenant, Erin);
        token.Claims.Remove("azp");
        token.Claims["nonce"] = nonce;
        return token;
    }

    public Forged With(string name, object? value)
    {
        Claims[name] = value;
        return this;
    }

    public Forged Without(string name)
    {
        Claims.Remove(name);
        return this;
    }

    public Forged Head(string name, object? value)
    {
        Header[name] = value;
        return this;
    }

    public string Bare() =>
        $"{IssuerForge.Encode(HeaderText ?? JsonSerializer.Serialize(Header))}.{IssuerForge.Encode(Payload ?? JsonSerializer.Serialize(Claims))}";

    public string Sign() =>
        Sign(data => issuer.Key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    public string Sign(Func<byte[], byte[]> sign)
    {
        var unsigned = Bare();
        return $"{unsigned}.{IssuerForge.Encode(sign(Encoding.ASCII.GetBytes(unsigned)))}";
    }

    private static Forged Common(IssuerForge issuer, string tenant, string subject)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return new(issuer)
        {
            Claims = new(StringComparer.Ordinal)
            {
                ["aud"] = IssuerForge.Client,
                ["iss"] = issuer.Issuer(tenant),
                ["iat"] = now,
                ["nbf"] = now,
                ["exp"] = now + 3_600,
                ["azp"] = "cccccccc-0000-4000-8000-00000000c001",
                ["oid"] = subject,
                ["sub"] = "pairwise",
                ["tid"] = tenant,
                ["ver"] = "2.0",
            },
        };
    }
}
