using System.Collections.Immutable;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Cms.DevIdentity;

/// <summary>The claims in tokens for people and partners, as in Entra ID v2.0.</summary>
internal static class Principals
{
    public static ClaimsPrincipal Of(Person person, Application application, ImmutableArray<string> scopes)
    {
        var identity = New(person.Id, application.ClientId, application.Secret is null ? "0" : "1")
            .SetClaim("name", person.Name)
            .SetClaim("preferred_username", person.UserName)
            .SetClaims("roles", [person.Role])
            .SetClaim(Spent.Claim, Spent.New());
        var principal = new ClaimsPrincipal(identity);
        principal.SetScopes(scopes);
        if (scopes.Any(Tenant.IsOfApi))
        {
            identity.SetClaim("scp", Tenant.Access);
            principal.SetResources(Tenant.Api);
        }

        principal.SetDestinations(claim =>
            claim.Type switch
            {
                Spent.Claim => [],
                "scp" or "azp" or "azpacr" => [Destinations.AccessToken],
                _ => [Destinations.AccessToken, Destinations.IdentityToken],
            }
        );
        return principal;
    }

    public static ClaimsPrincipal Of(Partner partner)
    {
        var identity = New(partner.Id, partner.ClientId, "1")
            .SetClaim(Claims.Subject, partner.Id)
            .SetClaim("idtyp", "app")
            .SetClaims("roles", [Partner.Role]);
        var principal = new ClaimsPrincipal(identity);
        principal.SetResources(Tenant.Api);
        principal.SetDestinations(_ => [Destinations.AccessToken]);
        return principal;
    }

    private static ClaimsIdentity New(string id, string clientId, string azpacr) =>
        new ClaimsIdentity("development", "name", "roles")
            .SetClaim(Claims.Subject, Pairwise(id, clientId))
            .SetClaim("oid", id)
            .SetClaim("tid", Tenant.Id)
            .SetClaim("ver", "2.0")
            .SetClaim("azp", clientId)
            .SetClaim("azpacr", azpacr);

    // As in Entra, the subject is different for each application, so it cannot identify a person.
    private static string Pairwise(string id, string clientId) =>
        Base64UrlEncoder.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(id + clientId)));
}
