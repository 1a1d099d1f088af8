using System.Text;
using Cms.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Cms.Server.Access;

/// <summary>Endpoints for signing in and out on pages that this server hosts.</summary>
internal static class SignInEndpoints
{
    /// <summary>What a person reads who cannot sign in because the issuer does not respond.</summary>
    public const string IssuerAway =
        "The sign-in service does not respond. Try again in a minute. Everybody who is signed in stays signed in.";

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/signin", SignInAsync);
        routes.MapPost("/signout", SignOutAsync);
    }

    private static async Task<
        Results<ChallengeHttpResult, RedirectHttpResult, NotFound<string>, ContentHttpResult>
    > SignInAsync(HttpContext http, IServiceProvider services, string? returnUrl = null, string? again = null)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (services.GetService<EntraSettings>() is null)
        {
            return TypedResults.NotFound("Sign-in is not configured: set AzureAd__TenantId and AzureAd__ClientId.");
        }

        var back = ReturnAddress.Of(returnUrl);
        var isSignedIn = http.Viewer.Kind is ViewerKind.Person;
        if (isSignedIn && again is not "true")
        {
            return TypedResults.LocalRedirect(back);
        }

        if (!await services.GetRequiredService<IssuerKeys>().RespondsAsync(http.RequestAborted))
        {
            http.Response.Headers.RetryAfter = "60";
            return TypedResults.Text(IssuerAway, "text/plain", Encoding.UTF8, StatusCodes.Status503ServiceUnavailable);
        }

        // Somebody who is signed in wants another account or other roles, so the issuer must not sign in the same one
        // without asking.
        OpenIdConnectChallengeProperties challenge = new() { RedirectUri = back };
        if (isSignedIn)
        {
            challenge.Prompt = OpenIdConnectPrompt.SelectAccount;
        }

        return TypedResults.Challenge(challenge, [OpenIdConnectDefaults.AuthenticationScheme]);
    }

    private static async Task<Results<RedirectHttpResult, ContentHttpResult>> SignOutAsync(
        HttpContext http,
        IServiceProvider services,
        string? returnUrl = null
    )
    {
        http.Response.Headers.CacheControl = "no-store";
        if (!CrossSite.IsOwn(http.Request))
        {
            return TypedResults.Text(
                "Another site tried to sign you out. Sign out on a page of this site.",
                "text/plain",
                Encoding.UTF8,
                StatusCodes.Status403Forbidden
            );
        }

        if (services.GetService<EntraSettings>() is not null)
        {
            await http.SignOutAsync(BrowserSignIn.Scheme);
        }

        return TypedResults.LocalRedirect(ReturnAddress.Of(returnUrl));
    }
}
