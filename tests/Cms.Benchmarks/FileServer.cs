using Microsoft.Extensions.FileProviders;

namespace Cms.Benchmarks;

/// <summary>Serves the files in a folder as static files from Kestrel, as the baseline for cached images.</summary>
internal static class FileServer
{
    public static async Task<int> RunAsync(string folder)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        using var files = new PhysicalFileProvider(folder);
        app.UseStaticFiles(new StaticFileOptions { FileProvider = files });
        await app.RunAsync();
        return 0;
    }
}
