using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Cms.DevIdentity;

/// <summary>Issues tokens for codes, refresh tokens and partners' secrets.</summary>
internal static class TokenEndpoint
{
    public const string Path = $"/{Tenant.Id}/oauth2/v2.0/token";

    private const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    public static void MapToken(this IEndpointRouteBuilder routes) => routes.MapPost(Path, IssueAsync);

    private static async Task<IResult> IssueAsync(HttpContext http, Spent spent)
    {
        var request = http.GetOpenIddictServerRequest()!;
        if (request.IsClientCredentialsGrantType())
        {
            return Results.SignIn(Principals.Of(Partner.Find(request.ClientId)!), authenticationScheme: Scheme);
        }

        var used = (await http.AuthenticateAsync(Scheme)).Principal!;
        if (
            !spent.TrySpend(used.GetClaim(Spent.Claim)!)
            || (request.IsAuthorizationCodeGrantType() && spent.IsForgotten(used.GetCreationDate()))
        )
        {
            return Results.Forbid(
                new AuthenticationProperties(
                    new Dictionary<string, string?>(StringComparer.Ordinal)
                    {
                        [OpenIddictServerAspNetCoreConstants.Properties.Error] = Errors.InvalidGrant,
                        [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] =
                            "This code or refresh token has already been used. Sign in again.",
                    }
                ),
                [Scheme]
            );
        }

        // The roles are looked up again, as in Entra.
        var person = Person.All.First(person => person.Id == used.GetClaim("oid"));
        return Results.SignIn(
            Principals.Of(person, Application.Find(request.ClientId)!, used.GetScopes()),
            authenticationScheme: Scheme
        );
    }
}
