using System.Security.Cryptography;
using Cms.GraphQL;
using Cms.Media;
using Cms.Media.Blobs;
using Cms.Media.Images;

namespace Cms.Server.Media;

/// <summary>Registers the media store and the services that use it.</summary>
internal static class MediaHosting
{
    /// <summary>The file of the signing key, in the folder of the media store.</summary>
    public const string KeyFile = "signing.key";

    /// <exception cref="CannotStartException">The settings are incomplete or not valid.</exception>
    public static void AddMediaStore(this IServiceCollection services, CmsSettings settings)
    {
        var media = settings.Media;
        var folder = settings.MediaFolder;
        var key = media.Key();
        services
            .AddSingleton(media)
            .AddSingleton(media.Addresses())
            .AddSingleton(_ => new MediaSigner(key ?? StoredKey(folder)))
            .AddSingleton<RenditionMaker>()
            .AddSingleton<Renditions>()
            .AddSingleton<ImageAnswers>()
            .AddHostedService<StoreSweep>()
            .AddHostedService<RightsWatch>();
        if (media.IsAzure)
        {
            // Open the store now, so that wrong settings are reported at startup and not by the first upload.
            var store = AzureBlobStore.Open(media.Azure, TimeProvider.System);
            services.AddSingleton(store).AddSingleton<IBlobStore>(provider => Watched(provider, store));
        }
        else
        {
            services.AddSingleton<IBlobStore>(provider =>
                Watched(
                    provider,
                    new FileSystemBlobStore(
                        folder,
                        provider.GetRequiredService<UploadTickets>(),
                        provider.GetRequiredService<TimeProvider>()
                    )
                )
            );
        }
    }

    /// <summary>
    /// Replaces the signing key for commands that sign nothing, so that they neither create nor need the file of the key.
    /// </summary>
    public static void SignNothing(this IServiceCollection services) =>
        services.AddSingleton(new MediaSigner(new byte[MediaSigner.MinKeyBytes]));

    private static WatchedBlobStore Watched(IServiceProvider provider, IBlobStore store) =>
        new(store, provider.GetRequiredService<ILogger<WatchedBlobStore>>());

    // The key is stored next to the files, so that all servers that share the folder use the same key.
    private static byte[] StoredKey(string folder)
    {
        var path = Path.Combine(folder, KeyFile);
        try
        {
            Directory.CreateDirectory(folder);
            if (!File.Exists(path))
            {
                var fresh = Path.Combine(folder, $"{KeyFile}.{Guid.CreateVersion7():N}");
                using (
                    var file = new FileStream(
                        fresh,
                        OperatingSystem.IsWindows()
                            ? new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write }
                            : new FileStreamOptions
                            {
                                Mode = FileMode.CreateNew,
                                Access = FileAccess.Write,
                                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                            }
                    )
                )
                {
                    file.Write(RandomNumberGenerator.GetBytes(MediaSigner.MinKeyBytes));
                    file.Flush(flushToDisk: true);
                }

                Name(fresh, path);
            }

            return File.ReadAllBytes(path) is { Length: >= MediaSigner.MinKeyBytes } key
                ? key
                : throw new CannotStartException(
                    $"{path} is damaged: remove it, and restart to create a new one. URLs signed before then become invalid."
                );
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CannotStartException(
                $"Cannot write to {folder} ({fault.Message}): give this user write access, or set Cms__Media__Folder to a different folder.",
                fault
            );
        }
    }

    // If two servers start at the same time, the first server that renames its file sets the key.
    private static void Name(string fresh, string path)
    {
        try
        {
            File.Move(fresh, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(fresh);
        }
    }
}
