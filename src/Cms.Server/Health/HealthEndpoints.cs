using System.Text.Json.Serialization;

namespace Cms.Server.Health;

/// <summary>
/// Probes for orchestrators: <c>live</c> (if it fails, restart the server) and <c>ready</c> (if it fails, send no
/// requests).
/// </summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/healthz").AddEndpointFilter(NoStoreAsync);
        health.MapMethods("/live", Sites.Reading, () => new Health("live", null));
        health.MapMethods(
            "/ready",
            Sites.Reading,
            async (HttpContext http, Readiness readiness, CancellationToken cancellationToken) =>
            {
                if (await readiness.WhyNotAsync(cancellationToken) is not { } unready)
                {
                    return TypedResults.Json(new Health("ready", null));
                }

                http.Response.Headers.RetryAfter = "5";
                return TypedResults.Json(
                    new Health("unready", unready.Reason, unready.Code),
                    statusCode: StatusCodes.Status503ServiceUnavailable
                );
            }
        );
    }

    private static ValueTask<object?> NoStoreAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        return next(context);
    }

    private sealed record Health(
        string Status,
        string? Reason,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Code = null
    );
}
