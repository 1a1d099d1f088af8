namespace Cms.Benchmarks;

/// <summary>A web server that does nothing: what starting .NET and Kestrel costs by itself.</summary>
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
