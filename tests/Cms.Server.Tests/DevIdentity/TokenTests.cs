using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cms.DevIdentity;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Snapshooter.Xunit;
using Xunit;

namespace Cms.Server.Tests.DevIdentity;

/// <summary>The development provider's documents and tokens have the same form as those of Entra ID.</summary>
public sealed class TokenTests(Issuer issuer) : IClassFixture<Issuer>
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Fact]
    public async Task The_discovery_document_has_the_same_form_as_that_of_Entra_ID() =>
        Hide(await issuer.Http.GetStringAsync($"/{Tenant.Id}/v2.0/.well-known/openid-configuration")).MatchSnapshot();

    [Fact]
    public async Task Each_key_names_its_issuer()
    {
        var keys = JsonNode.Parse(await issuer.Http.GetStringAsync($"/{Tenant.Id}/discovery/v2.0/keys"))!;
        var key = keys["keys"]!.AsArray().Single()!;

        Assert.Equal(Tenant.Issuer(issuer.Address), (string?)key["issuer"]);
        Assert.Equal(("RSA", "sig"), ((string?)key["kty"], (string?)key["use"]));
        Assert.Null(key["d"]);
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("editor")]
    [InlineData("author")]
    [InlineData("reader")]
    [InlineData("partner")]
    public async Task A_token_identifies_its_owner_and_passes_a_strict_validator(string who)
    {
        var token = await TokenAsync(who);

        var keys = new JsonWebKeySet(await issuer.Http.GetStringAsync($"/{Tenant.Id}/discovery/v2.0/keys"));
        var now = issuer.Clock.GetUtcNow().UtcDateTime;
        var result = await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(
            token,
            new TokenValidationParameters
            {
                ValidIssuer = Tenant.Issuer(issuer.Address),
                ValidAudience = Tenant.Api,
                ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
                ValidTypes = ["JWT", "at+jwt"],
                IssuerSigningKeys = keys.GetSigningKeys(),
                RequireSignedTokens = true,
                RequireExpirationTime = true,
                LifetimeValidator = (from, until, _, _) => from <= now && now < until,
            }
        );
        Assert.True(result.IsValid, result.Exception?.Message);
        Assert.Equal(Tenant.Id, result.Claims["tid"]);

        Hide(Base64UrlEncoder.Decode(new JsonWebToken(token).EncodedPayload)).MatchSnapshot($"Token_{who}");
    }

    private async Task<string> TokenAsync(string who)
    {
        var (status, body) = Person.Find(who) is { } person
            ? await issuer.RedeemAsync(await issuer.CodeAsync(Issuer.SignIn(("login_hint", person.UserName))))
            : await issuer.PartnerAsync(Partner.Lantern.Secret);
        Assert.Equal(HttpStatusCode.OK, status);
        return (string)body["access_token"]!;
    }

    private string Hide(string json)
    {
        var document = JsonNode.Parse(json)!.AsObject();
        if (document.ContainsKey("jti"))
        {
            document["jti"] = "JTI";
        }

        return document
            .ToJsonString(Indented)
            .Replace(
                issuer.Address.GetLeftPart(UriPartial.Authority),
                "http://127.0.0.1:PORT",
                StringComparison.Ordinal
            );
    }
}
