using System.Net;
using System.Net.Http.Json;
using Azure.Core;
using Cms.Server.Access;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Access;

/// <summary>People sign in although the server has no client secret: its managed identity proves who it is.</summary>
[Needs("server")]
public sealed class ManagedIdentityTests : IAsyncLifetime
{
    private readonly IssuerForge _issuer = new() { ManagedIdentity = "dddddddd-0000-4000-8000-00000000d001" };
    private readonly Identity _identity = new();
    private NewsroomServer _server = null!;

    public async Task InitializeAsync()
    {
        await _issuer.InitializeAsync();
        _server = new NewsroomServer
        {
            Settings = _issuer.Settings,
            More = services => services.AddSingleton(new ClientAssertion(_identity)),
        };
        await _server.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task A_token_of_the_identity_replaces_the_secret()
    {
        _identity.Token = _issuer.Assertion;
        using var browser = Browser();

        using var signedIn = await browser.GetAsync("/signin?returnUrl=/healthz/live");

        Assert.Equal("/healthz/live", signedIn.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal(["api://AzureADTokenExchange/.default"], _identity.Scopes);
        Assert.Contains("EDITOR", await RolesAsync(browser), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a token that the application does not trust")]
    [InlineData(null)]
    public async Task Without_a_valid_token_nobody_is_signed_in(string? token)
    {
        _identity.Token = token;
        using var browser = Browser();

        using var response = await browser.GetAsync("/signin?returnUrl=/healthz/live");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.StartsWith("Sign-in failed.", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("\"viewer\":null", await RolesAsync(browser), StringComparison.Ordinal);
    }

    private HttpClient Browser() =>
        new(new SocketsHttpHandler { CookieContainer = new CookieContainer() })
        {
            BaseAddress = _server.Client.BaseAddress,
        };

    private static async Task<string> RolesAsync(HttpClient browser)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql");
        request.Content = JsonContent.Create(new { query = "{ viewer { roles } }" });
        request.Headers.TryAddWithoutValidation("GraphQL-Preflight", "1");
        using var response = await browser.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>An identity whose service fails while <see cref="Token" /> is null.</summary>
    private sealed class Identity : TokenCredential
    {
        public string? Token { get; set; }

        public IReadOnlyList<string> Scopes { get; private set; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes = requestContext.Scopes;
            return new AccessToken(
                Token ?? throw new Azure.Identity.AuthenticationFailedException("The identity has no service."),
                DateTimeOffset.MaxValue
            );
        }

        public override ValueTask<AccessToken> GetTokenAsync(
            TokenRequestContext requestContext,
            CancellationToken cancellationToken
        ) => new(GetToken(requestContext, cancellationToken));
    }
}
