using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OpenIddict.Server.AspNetCore;

namespace Cms.DevIdentity;

/// <summary>
/// Returns the user to the application after sign-out. The provider has no sessions, so it has nothing to end.
/// </summary>
internal static class SignOutEndpoint
{
    public const string Path = $"/{Tenant.Id}/oauth2/v2.0/logout";

    private static readonly string[] Scheme = [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme];

    public static void MapSignOut(this IEndpointRouteBuilder routes) =>
        routes.MapMethods(Path, [HttpMethods.Get, HttpMethods.Post], SignOut);

    private static IResult SignOut(HttpContext http) =>
        http.GetOpenIddictServerResponse() is { } refused ? Page.Refusal(refused.ErrorDescription)
        : http.GetOpenIddictServerRequest()!.PostLogoutRedirectUri is { Length: > 0 } ? Results.SignOut(null, Scheme)
        : Page.SignedOut();
}
