using System.Security.Claims;
using Cms.Access;
using Cms.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Identity.Web;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Cms.Server.Access;

/// <summary>Signs people in on pages of this server: authorisation code with PKCE, then a session cookie.</summary>
internal sealed class BrowserSignIn(BlockList blocks, TimeProvider clock, EntraSettings? settings = null)
{
    public const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;
    private const string CallbackPath = "/signin-oidc";

    /// <summary>
    /// Returns the name of the session cookie. The prefix <c>__Host-</c> limits the cookie to this host and to HTTPS.
    /// With a local issuer, this server can use plain HTTP, so the name has no prefix.
    /// </summary>
    public static string CookieName(EntraSettings settings) => settings.IsLocal ? "cms-session" : "__Host-cms-session";

    /// <summary>Returns whom the session cookie signs in. Roles and blocks apply as with tokens.</summary>
    public async Task<SignInResult> ReadAsync(HttpContext http)
    {
        if (settings is null || !http.Request.Cookies.ContainsKey(CookieName(settings)))
        {
            return SignInResult.Anonymous;
        }

        var result = await http.AuthenticateAsync(Scheme);
        if (!result.Succeeded)
        {
            // Reject this request at /graphql, so that the page can ask the person to sign in again. The cookie is
            // deleted, so later requests are anonymous.
            http.Response.Cookies.Delete(CookieName(settings), CookieFor(settings).Build(http));
            return IsApi(http) ? SignInResult.Refused(Refusal.Invalid) : SignInResult.Anonymous;
        }

        var person = result.Principal;
        if (KeyOf(person, settings) is not { } key)
        {
            return SignInResult.Refused(Refusal.Invalid);
        }

        if (await blocks.HasAsync(key, http.RequestAborted))
        {
            // On pages, a blocked person can read what everybody can read, and sign out.
            return IsApi(http) ? SignInResult.Refused(Refusal.Blocked) : new SignInResult { IsBlocked = true };
        }

        return new SignInResult
        {
            Viewer = ViewerOf(person, key),
            ExpiresAt = result.Properties?.ExpiresUtc ?? clock.GetUtcNow() + SessionStore.Lifetime,
            IsByCookie = true,
            Session = result.Properties?.GetParameter<string>(SessionStore.Session),
        };
    }

    private static bool IsApi(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/graphql", StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns the person whom a session signs in.</summary>
    public static Viewer ViewerOf(ClaimsPrincipal person, PersonKey key)
    {
        var (role, isContact) = TokenShape.RightsOf([.. person.FindAll("roles").Select(claim => claim.Value)]);
        return new()
        {
            Kind = ViewerKind.Person,
            Key = key,
            Name = person.FindFirst("name")?.Value,
            Role = role,
            IsContact = isContact,
        };
    }

    /// <summary>Adds the session cookie and OpenID Connect.</summary>
    public static void Add(IServiceCollection services, EntraSettings settings)
    {
        services
            .AddAuthentication()
            .AddMicrosoftIdentityWebApp(
                entra =>
                {
                    entra.Instance = settings.Instance.AbsoluteUri;
                    entra.TenantId = settings.TenantId.ToString("d");
                    entra.ClientId = settings.ClientId.ToString("d");
                    entra.ClientSecret = settings.ClientSecret;
                    entra.CallbackPath = CallbackPath;
                },
                cookie =>
                {
                    cookie.Cookie = CookieFor(settings);
                    cookie.ExpireTimeSpan = SessionStore.Lifetime;
                    cookie.SlidingExpiration = false;

                    // Respond with a status code instead of a redirect: the pages themselves start the sign-in.
                    cookie.Events.OnRedirectToLogin = context =>
                        SetStatus(context.Response, StatusCodes.Status401Unauthorized);
                    cookie.Events.OnRedirectToAccessDenied = context =>
                        SetStatus(context.Response, StatusCodes.Status403Forbidden);
                }
            );
        services
            .AddOptions<CookieAuthenticationOptions>(Scheme)
            .Configure<SessionStore>((cookie, sessions) => cookie.SessionStore = sessions);
        services
            .AddOptions<OpenIdConnectOptions>(OpenIdConnectDefaults.AuthenticationScheme)
            .Configure<IssuerKeys>((oidc, keys) => Harden(oidc, settings, keys));
        services.PostConfigure<OpenIdConnectOptions>(
            OpenIdConnectDefaults.AuthenticationScheme,
            oidc =>
            {
                var inner = oidc.Events.OnTokenValidated;
                oidc.Events.OnTokenValidated = async context =>
                {
                    await inner(context);
                    if (context.Result is null)
                    {
                        Examine(context, settings);
                    }
                };
                if (settings.ManagedIdentity is not null)
                {
                    oidc.Events.OnAuthorizationCodeReceived = context =>
                        context.HttpContext.RequestServices.GetRequiredService<ClientAssertion>().AddAsync(context);
                }

                oidc.Events.OnRemoteFailure = context =>
                {
                    context.HandleResponse();
                    return context.Failure is { } failure && IsOfIssuer(failure)
                        ? WriteSentenceAsync(
                            context.Response,
                            StatusCodes.Status503ServiceUnavailable,
                            SignInEndpoints.IssuerAway
                        )
                        : WriteSentenceAsync(
                            context.Response,
                            StatusCodes.Status400BadRequest,
                            "Sign-in failed. Go back and try again."
                        );
                };
            }
        );
    }

    private static CookieBuilder CookieFor(EntraSettings settings) =>
        new()
        {
            Name = CookieName(settings),
            Path = "/",
            HttpOnly = true,
            IsEssential = true,
            SameSite = SameSiteMode.Lax,
            SecurePolicy = settings.IsLocal ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always,
        };

    private static void Harden(OpenIdConnectOptions oidc, EntraSettings settings, IssuerKeys keys)
    {
        oidc.RequireHttpsMetadata = !settings.IsLocal;
        oidc.ConfigurationManager = keys;
        oidc.ClientId = settings.ClientId.ToString("d");
        oidc.ClientSecret = settings.ClientSecret;
        oidc.ResponseType = OpenIdConnectResponseType.Code;
        oidc.ResponseMode = OpenIdConnectResponseMode.Query;
        oidc.UsePkce = true;
        oidc.MapInboundClaims = false;
        oidc.SaveTokens = false;
        oidc.GetClaimsFromUserInfoEndpoint = false;
        oidc.BackchannelTimeout = 2 * settings.IssuerTimeout;
        oidc.Scope.Clear();
        oidc.Scope.Add("openid");
        oidc.Scope.Add("profile");

        // The issuer redirects here with a GET request, so Lax is enough. SameSite=None would require HTTPS.
        foreach (var cookie in new[] { oidc.CorrelationCookie, oidc.NonceCookie })
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = settings.IsLocal ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
        }

        BearerTokens.Harden(oidc.TokenValidationParameters, settings, [settings.TenantId]);
    }

    // Keeps only the person's ids, name and roles from the ID token.
    private static void Examine(
        Microsoft.AspNetCore.Authentication.OpenIdConnect.TokenValidatedContext context,
        EntraSettings settings
    )
    {
        // Read the claims from the token, because libraries can rename claims in the principal.
        var person = new ClaimsPrincipal(
            new ClaimsIdentity(
                context
                    .SecurityToken.Claims.Where(claim =>
                        claim.Type is "tid" or "oid" or "name"
                        || (claim.Type == "roles" && TokenShape.IsRole(claim.Value))
                    )
                    .Select(claim => new Claim(claim.Type, claim.Value)),
                "Entra",
                "name",
                "roles"
            )
        );
        if (KeyOf(person, settings) is null)
        {
            context.Fail("The ID token does not identify a person of the tenant.");
            return;
        }

        context.Principal = person;
    }

    private static PersonKey? KeyOf(ClaimsPrincipal person, EntraSettings settings) =>
        person.FindAll("tid").ToList() is [var tenant]
        && person.FindAll("oid").ToList() is [var subject]
        && PersonKey.TryParse($"{tenant.Value}/{subject.Value}", out var key)
        && key.TenantId == settings.TenantId
            ? key
            : null;

    private static Task SetStatus(HttpResponse response, int status)
    {
        response.StatusCode = status;
        return Task.CompletedTask;
    }

    // The issuer did not respond, or responded too late.
    private static bool IsOfIssuer(Exception failure) =>
        failure
            is HttpRequestException
                or TaskCanceledException { InnerException: TimeoutException }
                or IssuerUnknownException
        || (failure.InnerException is { } inner && IsOfIssuer(inner));

    private static Task WriteSentenceAsync(HttpResponse response, int status, string sentence)
    {
        response.StatusCode = status;
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            response.Headers.RetryAfter = "60";
        }

        response.ContentType = "text/plain; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        return response.WriteAsync(sentence, response.HttpContext.RequestAborted);
    }
}
