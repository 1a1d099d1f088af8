using System.Text.RegularExpressions;
using Cms.Access;
using Cms.Partners;
using Cms.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Identity.Web;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Cms.Server.Access;

/// <summary>
/// Validates Entra ID access tokens and the feed keys of partners, whether they come in an HTTP header or over a WebSocket.
/// </summary>
internal sealed partial class BearerTokens(
    IServiceScopeFactory scopes,
    BlockList blocks,
    FindFeedKey feedKeys,
    EntraSettings? settings = null
)
{
    /// <summary>
    /// The maximum size of a request's headers in bytes. A token with many groups and roles takes up half of it.
    /// </summary>
    public const int MaxLength = 32 * 1024;

    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    /// <summary>Validates a token and returns whom it signs in, or why it is rejected.</summary>
    /// <param name="authorization">The value of an <c>Authorization</c> header: <c>Bearer …</c>.</param>
    public async Task<SignInResult> ReadAsync(string? authorization, CancellationToken cancellationToken)
    {
        if (FeedKeyIn(authorization) is { } feedKey)
        {
            return await feedKeys.Handle(feedKey, cancellationToken) is { } id
                ? new SignInResult
                {
                    Viewer = new Viewer
                    {
                        Kind = ViewerKind.Partner,
                        FeedKey = id,
                        MaySyndicate = true,
                    },
                }
                : SignInResult.Refused(Refusal.Invalid);
        }

        if (settings is null || authorization is null or { Length: > MaxLength } || !Bearer().IsMatch(authorization))
        {
            return SignInResult.Refused(Refusal.Invalid);
        }

        // Use a separate context: the handler caches its first result for the whole request, but a socket that sends
        // its token in a message authenticates a second time.
        await using var scope = scopes.CreateAsyncScope();
        var http = new DefaultHttpContext
        {
            RequestServices = scope.ServiceProvider,
            RequestAborted = cancellationToken,
        };
        http.Request.Headers.Authorization = authorization;
        var result = await http.AuthenticateAsync(JwtBearerDefaults.AuthenticationScheme);
        if (!result.Succeeded || http.Features.Get<SignInResult>() is not { } admitted)
        {
            return SignInResult.Refused(Refusal.Invalid);
        }

        return admitted is { Refusal: null, Viewer.Key: { } key } && await blocks.HasAsync(key, cancellationToken)
            ? SignInResult.Refused(Refusal.Blocked)
            : admitted;
    }

    /// <summary>
    /// Adds the authentication handler. For the reason why no configuration section is bound, see
    /// <see cref="EntraSettings" />.
    /// </summary>
    public static void Add(IServiceCollection services, EntraSettings settings)
    {
        services
            .AddAuthentication()
            .AddMicrosoftIdentityWebApi(
                jwt => Harden(jwt, settings),
                entra =>
                {
                    entra.Instance = settings.Instance.AbsoluteUri;
                    entra.TenantId = settings.TenantId.ToString("d");
                    entra.ClientId = settings.ClientId.ToString("d");

                    // Accept applications without a role: they may read public content.
                    entra.AllowWebApiToBeAuthorizedByACL = true;
                }
            );
        services
            .AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<IssuerKeys, TimeProvider>(
                (jwt, keys, clock) =>
                {
                    jwt.ConfigurationManager = keys;
                    jwt.TokenValidationParameters.LifetimeValidator = (notBefore, expires, _, _) =>
                        IsInTime(notBefore, expires, clock.GetUtcNow().UtcDateTime);
                }
            );
        services.PostConfigure<JwtBearerOptions>(
            JwtBearerDefaults.AuthenticationScheme,
            jwt =>
            {
                var inner = jwt.Events.OnTokenValidated;
                jwt.Events.OnTokenValidated = async context =>
                {
                    await inner(context);
                    if (context.Result is null)
                    {
                        Examine(context, settings);
                    }
                };
            }
        );
    }

    /// <summary>Sets the validation rules that access tokens and ID tokens share.</summary>
    public static void Harden(TokenValidationParameters expected, EntraSettings settings, IEnumerable<Guid> tenants)
    {
        var issuers = tenants.Distinct().ToDictionary(settings.IssuerOf, tenant => tenant, StringComparer.Ordinal);
        expected.ValidAudiences = [settings.ClientId.ToString("d")];
        expected.IgnoreTrailingSlashWhenValidatingAudience = false;

        // Compare issuers exactly. The library's own validator would also fetch metadata with an HTTPS-only client.
        expected.ValidIssuers = issuers.Keys;
        expected.IssuerValidator = (issuer, token, _) =>
            issuers.TryGetValue(issuer, out var tenant)
            && token is JsonWebToken jwt
            && jwt.TryGetPayloadValue("tid", out string? claimed)
            && claimed == tenant.ToString("d")
                ? issuer
                : throw new SecurityTokenInvalidIssuerException("The issuer or its tenant is not trusted.");
        expected.ValidAlgorithms = [SecurityAlgorithms.RsaSha256];

        // Try only the key that the token names.
        expected.TryAllIssuerSigningKeys = false;
        expected.RequireSignedTokens = true;
        expected.RequireExpirationTime = true;
        expected.ValidateLifetime = true;
        expected.ValidateIssuerSigningKey = true;
        expected.ClockSkew = Skew;
        expected.NameClaimType = "name";
        expected.RoleClaimType = "roles";
    }

    // A token of Entra ID has two dots, which no feed key has.
    private static string? FeedKeyIn(string? authorization)
    {
        const string scheme = "Bearer ";
        return
            authorization is not null
            && authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            && authorization.AsSpan(scheme.Length).StartsWith(FeedKey.Prefix, StringComparison.Ordinal)
            ? authorization[scheme.Length..]
            : null;
    }

    private static void Harden(JwtBearerOptions jwt, EntraSettings settings)
    {
        jwt.RequireHttpsMetadata = !settings.IsLocal;
        jwt.MapInboundClaims = false;
        jwt.IncludeErrorDetails = false;
        jwt.SaveToken = false;
        jwt.BackchannelTimeout = settings.IssuerTimeout;
        jwt.RefreshInterval = settings.JwksRefresh;
        Harden(jwt.TokenValidationParameters, settings, [settings.TenantId, .. settings.PartnerTenants]);
        jwt.TokenValidationParameters.ValidTypes = ["JWT", "at+jwt"];
    }

    private static void Examine(TokenValidatedContext context, EntraSettings settings)
    {
        var admitted = context.SecurityToken is JsonWebToken token
            ? TokenShape.Read(token, settings)
            : SignInResult.Refused(Refusal.Invalid);
        if (admitted.Refusal is Refusal.Invalid)
        {
            context.Fail("The token does not have the expected form.");
            return;
        }

        context.HttpContext.Features.Set(admitted);
    }

    private static bool IsInTime(DateTime? notBefore, DateTime? expires, DateTime now) =>
        expires is { } end && now < end + Skew && (notBefore is not { } begin || (begin <= now + Skew && begin < end));

    // One space, three parts and only base64url characters are allowed, so the value cannot contain a second token.
    [GeneratedRegex(
        @"\A[Bb][Ee][Aa][Rr][Ee][Rr] [A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\z",
        RegexOptions.None,
        1000
    )]
    private static partial Regex Bearer();
}
