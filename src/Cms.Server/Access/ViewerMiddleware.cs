using Cms.GraphQL;
using Cms.Server.GraphQL;
using Cms.Server.Telemetry;
using GraphQL;

namespace Cms.Server.Access;

/// <summary>
/// Authenticates the caller before anything else handles the request. A request with invalid credentials is rejected,
/// not served as an anonymous one.
/// </summary>
internal sealed class ViewerMiddleware(
    BearerTokens tokens,
    BrowserSignIn browsers,
    BadTokens badTokens,
    Perspectives perspectives,
    StaffSightings staff,
    ServerMetrics metrics
) : IMiddleware
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var isGraphQL = context.Request.Path.StartsWithSegments("/graphql", StringComparison.OrdinalIgnoreCase);
        var signIn = await AuthenticateAsync(context);
        if (signIn.Refusal is { } refusal)
        {
            await RefuseAsync(context, refusal);
            return;
        }

        if (isGraphQL && signIn.IsByCookie && !CrossSite.IsOwn(context.Request))
        {
            if (!context.WebSockets.IsWebSocketRequest)
            {
                await RejectAsync(
                    context,
                    StatusCodes.Status403Forbidden,
                    ErrorCodes.NotAuthorized,
                    "This request appears to come from another site. If it is your own, send the header GraphQL-Preflight: 1 with it."
                );
                return;
            }

            // A session is valid only on pages of this origin, so the socket is anonymous.
            signIn = SignInResult.Anonymous;
        }

        if (isGraphQL)
        {
            try
            {
                var viewer = await perspectives.OfAsync(
                    signIn.Viewer,
                    AskedPerspective.Of(context.Request.Headers),
                    context.Connection.RemoteIpAddress,
                    context.RequestAborted
                );
                signIn = signIn with { Viewer = viewer };
            }
            catch (RequestError rejected)
            {
                await RejectAsync(context, rejected);
                return;
            }
        }

        context.Features.Set(signIn);
        staff.Add(signIn.Viewer);
        if (!signIn.Viewer.IsPublic)
        {
            context.Response.OnStarting(MakePrivate, context.Response);
        }

        await next(context);
    }

    private async Task<SignInResult> AuthenticateAsync(HttpContext http)
    {
        var request = http.Request;

        // The feeds of partners read their key themselves, also from HTTP Basic.
        if (request.Path.StartsWithSegments("/p", StringComparison.OrdinalIgnoreCase))
        {
            return SignInResult.Anonymous;
        }

        if (request.Headers.Authorization.Count > 0 || request.Query.ContainsKey("access_token"))
        {
            // URLs are logged, stored and shared, so a token in a URL counts as compromised.
            return request.Headers.Authorization is [{ } only] && !request.Query.ContainsKey("access_token")
                ? await tokens.ReadAsync(only, http.RequestAborted)
                : SignInResult.Refused(Refusal.Invalid);
        }

        return await browsers.ReadAsync(http);
    }

    private async Task RefuseAsync(HttpContext http, Refusal refusal)
    {
        metrics.CountRefusal(refusal);
        if (refusal is Refusal.Invalid)
        {
            if (!await badTokens.IsToleratedAsync(http.Connection.RemoteIpAddress))
            {
                http.Response.Headers.RetryAfter = "1";
                await RejectAsync(
                    http,
                    StatusCodes.Status429TooManyRequests,
                    ErrorCodes.RateLimited,
                    "Your address sent too many invalid tokens. Wait a second."
                );
                return;
            }

            http.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
            await RejectAsync(
                http,
                StatusCodes.Status401Unauthorized,
                ErrorCodes.NotAuthenticated,
                "Your token or session is invalid or has expired. Sign in again, or send the request without it to read public content."
            );
            return;
        }

        if (refusal is Refusal.WrongScope)
        {
            http.Response.Headers.WWWAuthenticate =
                $"Bearer error=\"insufficient_scope\", scope=\"{EntraSettings.Scope}\"";
        }

        await RejectAsync(
            http,
            StatusCodes.Status403Forbidden,
            ErrorCodes.NotAuthorized,
            refusal is Refusal.WrongScope
                ? $"The token does not have the required scope. Request a token with the scope {EntraSettings.Scope}."
                : SignInResult.BlockedMessage
        );
    }

    private static Task RejectAsync(HttpContext http, RequestError refusal)
    {
        var status = refusal.Code switch
        {
            ErrorCodes.NotAuthenticated => StatusCodes.Status401Unauthorized,
            ErrorCodes.NotAuthorized => StatusCodes.Status403Forbidden,
            ErrorCodes.RateLimited => StatusCodes.Status429TooManyRequests,
            _ => StatusCodes.Status400BadRequest,
        };
        if (status == StatusCodes.Status401Unauthorized)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
        }
        else if (status == StatusCodes.Status429TooManyRequests)
        {
            http.Response.Headers.RetryAfter = "1";
        }

        return RejectAsync(http, status, refusal.Code!, refusal.Message);
    }

    private static Task RejectAsync(HttpContext http, int status, string code, string message)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.Vary = "Authorization, Cookie";
        return ResponseWriter.WriteAsync(
            http.Response,
            MediaTypes.Negotiate(http.Request) is MediaTypes.ResponseJson ? MediaTypes.ResponseJson : MediaTypes.Json,
            status,
            new ExecutionResult { Errors = [new RequestError(code, message)] }
        );
    }

    private static Task MakePrivate(object state)
    {
        var response = (HttpResponse)state;
        response.Headers.CacheControl = response.ContentType?.StartsWith(
            MediaTypes.EventStream,
            StringComparison.Ordinal
        )
            is true
            ? "private, no-store, no-transform"
            : "private, no-store";
        response.Headers.Vary =
            $"Authorization, Cookie, {AskedPerspective.NameHeader}, {AskedPerspective.TokenHeader}, Accept, Accept-Encoding";
        return Task.CompletedTask;
    }
}
