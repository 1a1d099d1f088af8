using Microsoft.Extensions.FileProviders;

namespace Cms.Benchmarks;

/// <summary>Files of a folder as Kestrel serves them by itself: the floor of images that are kept.</summary>
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
