using Cms.Media.Blobs;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Testing;

/// <summary>Images for tests of the media library, from the sample newsroom.</summary>
internal static class Pictures
{
    public static string Newsroom { get; } = Path.Combine(Repository.Root, "samples", "newsroom");

    public static string PathOf(string file) => Path.Combine(Newsroom, "images", file);

    public static FileStream Open(string file) => File.OpenRead(PathOf(file));
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
