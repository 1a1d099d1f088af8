using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Cms.DevIdentity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace Cms.Server.Tests.DevIdentity;

/// <summary>The development identity provider on its own port, with a fake clock.</summary>
public sealed class Issuer : IAsyncLifetime
{
    public const string Back = "http://localhost:3000/signed-in";
    public const string Verifier = "a-verifier-of-at-least-forty-three-characters-0123456789";

    private const string Authorize = $"/{Tenant.Id}/oauth2/v2.0/authorize";

    private WebApplication _app = null!;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero));

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort()}");

    public HttpClient Http { get; private set; } = null!;

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async Task InitializeAsync()
    {
        _app = IdentityServer.Build(Address, KeyFile.Of(RSA.Create(2048)), Clock);
        await _app.StartAsync();
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }

    /// <summary>
    /// Returns the sign-in address of a front end. <paramref name="changes" /> replace parameters; null removes one.
    /// </summary>
    public static string SignIn(params IEnumerable<(string Name, string? Value)> changes)
    {
        var parameters = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["client_id"] = Application.FrontEnd.ClientId,
            ["response_type"] = "code",
            ["redirect_uri"] = Back,
            ["scope"] = $"openid profile offline_access {Tenant.AccessScope}",
            ["state"] = "state",
            ["code_challenge"] = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))),
            ["code_challenge_method"] = "S256",
        };
        foreach (var (name, value) in changes)
        {
            parameters[name] = value;
        }

        return Authorize
            + new QueryBuilder(
                parameters.Where(p => p.Value is not null).Select(p => KeyValuePair.Create(p.Key, p.Value!))
            );
    }

    public async Task<string> CodeAsync(string address)
    {
        using var answer = await Http.GetAsync(address);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var query = QueryHelpers.ParseQuery(answer.Headers.Location!.Query);
        Assert.StartsWith(Back, answer.Headers.Location.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal("state", query["state"]);
        return query["code"].ToString();
    }

    /// <summary>
    /// Redeems a code as the front end does. <paramref name="changes" /> replace parameters; null removes one.
    /// </summary>
    public Task<(HttpStatusCode Status, JsonNode Body)> RedeemAsync(
        string code,
        string? verifier = Verifier,
        params IEnumerable<(string Name, string? Value)> changes
    )
    {
        var form = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = Application.FrontEnd.ClientId,
            ["redirect_uri"] = Back,
            ["code"] = code,
            ["code_verifier"] = verifier,
        };
        foreach (var (name, value) in changes)
        {
            form[name] = value;
        }

        return TokenAsync(form.Select(field => (field.Key, field.Value)));
    }

    public Task<(HttpStatusCode Status, JsonNode Body)> RefreshAsync(string token) =>
        TokenAsync(
            ("grant_type", "refresh_token"),
            ("client_id", Application.FrontEnd.ClientId),
            ("refresh_token", token)
        );

    public Task<(HttpStatusCode Status, JsonNode Body)> PartnerAsync(
        string? secret,
        string? scope = Tenant.DefaultScope
    ) =>
        TokenAsync(
            ("grant_type", "client_credentials"),
            ("client_id", Partner.Lantern.ClientId),
            ("client_secret", secret),
            ("scope", scope)
        );

    private async Task<(HttpStatusCode Status, JsonNode Body)> TokenAsync(
        params IEnumerable<(string Name, string? Value)> form
    )
    {
        using var content = new FormUrlEncodedContent(
            form.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value!))
        );
        using var answer = await Http.PostAsync($"/{Tenant.Id}/oauth2/v2.0/token", content);
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonNode>())!);
    }
}
