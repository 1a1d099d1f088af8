using Cms.Media.Blobs;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Tests.Support;

/// <summary>Images to try the library with: those of the sample newsroom.</summary>
internal static class Pictures
{
    public static string Newsroom { get; } =
        Path.Combine(Root(new DirectoryInfo(AppContext.BaseDirectory)), "src", "Cms.Server", "SampleNewsroom");

    public static string PathOf(string file) => Path.Combine(Newsroom, "images", file);

    public static FileStream Open(string file) => File.OpenRead(PathOf(file));

    private static string Root(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "Cms.sln")) ? folder.FullName : Root(folder.Parent!);
}

internal static class FileStores
{
    extension(IServiceCollection services)
    {
        public void AddFileStore(string folder, TimeProvider clock) =>
            services.AddSingleton<IBlobStore>(provider => new FileSystemBlobStore(
                folder,
                provider.GetRequiredService<UploadTickets>(),
                clock
            ));
    }
}
