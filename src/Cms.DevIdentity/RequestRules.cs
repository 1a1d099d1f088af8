using System.Security.Cryptography;
using System.Text;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Cms.DevIdentity;

/// <summary>Validates requests. Each rejection explains the reason in a sentence.</summary>
internal static class RequestRules
{
    private static readonly string[] Standard = [Scopes.OpenId, Scopes.Profile, Scopes.Email, Scopes.OfflineAccess];

    public static ValueTask CheckSignIn(ValidateAuthorizationRequestContext context)
    {
        if (Application.Find(context.ClientId) is null)
        {
            context.Reject(Errors.InvalidClient, "No application has this client_id.");
        }
        else if (Loopback.Read(context.RedirectUri) is null)
        {
            context.Reject(Errors.InvalidRequest, "The redirect_uri must be an http address of this machine.");
        }
        else if (Unknown(context.Request) is { } scope)
        {
            context.Reject(Errors.InvalidScope, $"The scope {scope} does not exist: request {Tenant.AccessScope}.");
        }

        return default;
    }

    public static ValueTask CheckToken(ValidateTokenRequestContext context)
    {
        if (context.Request.IsClientCredentialsGrantType())
        {
            if (Partner.Find(context.ClientId) is not { } partner || !IsSame(partner.Secret, context.ClientSecret))
            {
                context.Reject(Errors.InvalidClient, "The client_id or the client_secret is wrong.");
            }
            else if (context.Request.Scope is not (Tenant.DefaultScope or $"{Tenant.Api}/.default"))
            {
                context.Reject(Errors.InvalidScope, $"A partner must request the scope {Tenant.DefaultScope}.");
            }
        }
        else if (
            Application.Find(context.ClientId) is not { } application
            || !(
                application.Secret is null
                    ? context.ClientSecret is null
                    : IsSame(application.Secret, context.ClientSecret)
            )
        )
        {
            context.Reject(Errors.InvalidClient, "The client_id or the client_secret is wrong.");
        }

        return default;
    }

    public static ValueTask CheckSignOut(ValidateEndSessionRequestContext context)
    {
        if (context.PostLogoutRedirectUri is { Length: > 0 } address && Loopback.Read(address) is null)
        {
            context.Reject(
                Errors.InvalidRequest,
                "The post_logout_redirect_uri must be an http address of this machine."
            );
        }

        return default;
    }

    private static string? Unknown(OpenIddictRequest request) =>
        request
            .GetScopes()
            .FirstOrDefault(scope => !Standard.Contains(scope, StringComparer.Ordinal) && !Tenant.IsOfApi(scope));

    private static bool IsSame(string secret, string? given) =>
        given is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(given));
}
