namespace Cms.Benchmarks;

/// <summary>A web server that does nothing, to measure the cost of starting only .NET and Kestrel.</summary>
internal static class EmptyServer
{
    public static async Task<int> RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.MapGet("/healthz/ready", () => "ready");
        app.MapPost("/graphql", (HttpResponse response) => SqlFloor.SendAsync(response, "{\"data\":{}}"u8.ToArray()));
        await app.RunAsync();
        return 0;
    }
}
