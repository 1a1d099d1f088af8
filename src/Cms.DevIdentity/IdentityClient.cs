using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.Tokens;

namespace Cms.DevIdentity;

/// <summary>Signs in at a running provider, as a front end or as a partner.</summary>
internal sealed class IdentityClient(Uri address) : IDisposable
{
    private const string Back = "http://localhost/";

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
    {
        BaseAddress = address,
        Timeout = TimeSpan.FromSeconds(10),
    };

    public async Task<string> SignInAsync(Person person, CancellationToken cancellationToken)
    {
        var verifier = RandomNumberGenerator.GetHexString(64, lowercase: true);
        var query = new QueryBuilder
        {
            { "client_id", Application.FrontEnd.ClientId },
            { "response_type", "code" },
            { "redirect_uri", Back },
            { "scope", $"openid {Tenant.AccessScope}" },
            { "code_challenge", Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))) },
            { "code_challenge_method", "S256" },
            { "login_hint", person.UserName },
        };
        using var answer = await _http.GetAsync(
            new Uri(SignInEndpoint.Path + query, UriKind.Relative),
            cancellationToken
        );
        if (
            answer.Headers.Location is not { IsAbsoluteUri: true } location
            || !QueryHelpers.ParseQuery(location.Query).TryGetValue("code", out var code)
        )
        {
            throw Unexpected(answer.StatusCode);
        }

        return await RedeemAsync(
            new(StringComparer.Ordinal)
            {
                ["grant_type"] = "authorization_code",
                ["client_id"] = Application.FrontEnd.ClientId,
                ["redirect_uri"] = Back,
                ["code"] = code.ToString(),
                ["code_verifier"] = verifier,
            },
            cancellationToken
        );
    }

    public Task<string> SignInAsync(Partner partner, CancellationToken cancellationToken) =>
        RedeemAsync(
            new(StringComparer.Ordinal)
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = partner.ClientId,
                ["client_secret"] = partner.Secret,
                ["scope"] = Tenant.DefaultScope,
            },
            cancellationToken
        );

    public void Dispose() => _http.Dispose();

    private async Task<string> RedeemAsync(Dictionary<string, string> form, CancellationToken cancellationToken)
    {
        using var content = new FormUrlEncodedContent(form);
        using var answer = await _http.PostAsync(
            new Uri(TokenEndpoint.Path, UriKind.Relative),
            content,
            cancellationToken
        );
        return
            answer.StatusCode is HttpStatusCode.OK
            && (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).TryGetProperty(
                "access_token",
                out var token
            )
            ? token.GetString()!
            : throw Unexpected(answer.StatusCode);
    }

    private static HttpRequestException Unexpected(HttpStatusCode status) =>
        new(HttpRequestError.InvalidResponse, $"The provider responded with {(int)status}.", statusCode: status);
}
