namespace Cms.Server.Health;

/// <summary>What an orchestrator asks: <c>live</c> (else restart it) and <c>ready</c> (else send it nothing).</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/healthz").AddEndpointFilter(NoStoreAsync);
        health.MapMethods("/live", Sites.Reading, () => new Health("live", null));
        health.MapMethods(
            "/ready",
            Sites.Reading,
            async (Readiness readiness, CancellationToken cancellationToken) =>
            {
                var reason = await readiness.WhyNotAsync(cancellationToken);
                return TypedResults.Json(
                    new Health(reason is null ? "ready" : "unready", reason),
                    statusCode: reason is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable
                );
            }
        );
    }

    private static ValueTask<object?> NoStoreAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        return next(context);
    }

    private sealed record Health(string Status, string? Reason);
}
