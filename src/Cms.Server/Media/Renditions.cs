using System.Collections.Concurrent;
using Cms.GraphQL;
using Cms.Media;
using Cms.Media.Blobs;
using Cms.Media.Images;
using Cms.Server.Telemetry;

namespace Cms.Server.Media;

/// <summary>
/// Makes images for readers on the first request, and stores them. Concurrent requests for the same image share the
/// work.
/// </summary>
internal sealed partial class Renditions(
    IBlobStore store,
    RenditionMaker maker,
    IHostApplicationLifetime lifetime,
    ServerMetrics metrics,
    ILogger<Renditions> log
)
{
    // No rendition is larger.
    private const long MaxBytes = 64 * 1024 * 1024;

    private readonly ConcurrentDictionary<BlobKey, Task<Result<Rendition>>> _making = new();

    /// <summary>Returns the key of a rendition in the store.</summary>
    public static BlobKey KeyOf(ImageOnShow image, RenditionRecipe recipe) =>
        BlobKey.Rendition(image.Sha256, RenditionMaker.NameOf(image.Source, recipe));

    /// <summary>Makes a rendition and stores it. Fails if too many images are waiting, or if it takes too long.</summary>
    /// <exception cref="InvalidOperationException">The original file is not in the store.</exception>
    public async Task<Result<Rendition>> MakeAsync(
        ImageOnShow image,
        RenditionRecipe recipe,
        CancellationToken cancellationToken
    )
    {
        // The work continues if the first client disconnects, because others can be waiting or request it later.
        var key = KeyOf(image, recipe);
        var begun = new TaskCompletionSource<Result<Rendition>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var making = _making.GetOrAdd(key, begun.Task);
        if (making == begun.Task)
        {
            _ = FinishAsync(key, image, recipe, begun);
        }

        return await making.WaitAsync(cancellationToken);
    }

    /// <summary>Makes a rendition in the background, for later requests.</summary>
    public void MakeLater(ImageOnShow image, RenditionRecipe recipe) =>
        _ = Task.Run(
            async () =>
            {
                try
                {
                    await MakeAsync(image, recipe, lifetime.ApplicationStopping);
                }
                catch (OperationCanceledException)
                {
                    // The server stops. The rendition is made when it is requested again.
                }
                catch (Exception fault) when (fault is not OperationCanceledException)
                {
                    LogNotMade(log, KeyOf(image, recipe), fault);
                }
            },
            lifetime.ApplicationStopping
        );

    private async Task FinishAsync(
        BlobKey key,
        ImageOnShow image,
        RenditionRecipe recipe,
        TaskCompletionSource<Result<Rendition>> begun
    )
    {
        metrics.BeginRendition();
        try
        {
            begun.SetResult(await MakeNowAsync(key, image, recipe, lifetime.ApplicationStopping));
        }
        catch (OperationCanceledException stopped)
        {
            begun.SetCanceled(stopped.CancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            begun.SetException(fault);
        }
        finally
        {
            metrics.EndRendition();
            _making.TryRemove(key, out _);
        }
    }

    private async Task<Result<Rendition>> MakeNowAsync(
        BlobKey key,
        ImageOnShow image,
        RenditionRecipe recipe,
        CancellationToken cancellationToken
    )
    {
        await using var original =
            await store.OpenReadAsync(BlobKey.Original(image.Sha256), cancellationToken)
            ?? throw new InvalidOperationException(
                $"The file of {image.Source.Id} is missing from the store: {BlobKey.Original(image.Sha256)}. Restore it, or replace the image's file. To list all missing files, run ‘media verify’."
            );
        var bytes = new byte[original.Properties.Bytes];
        await original.Content.ReadExactlyAsync(bytes, cancellationToken);
        var made = await maker.RenderAsync(bytes, image.Source, recipe, cancellationToken);
        if (made.Succeeded(out var rendition, out var refusals))
        {
            await StoreAsync(key, rendition, cancellationToken);
        }
        else if (refusals is [ImageTooSlow])
        {
            LogTooSlow(log, key);
        }

        return made;
    }

    // If storing fails, waiting clients still get the image.
    private async Task StoreAsync(BlobKey key, Rendition rendition, CancellationToken cancellationToken)
    {
        try
        {
            using var bytes = new MemoryStream(rendition.Bytes.ToArray(), writable: false);
            await store.PutAsync(key, bytes, rendition.ContentType, null, MaxBytes, cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotStored(log, key, fault);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Creating {Key} took too long; the next request tries again")]
    private static partial void LogTooSlow(ILogger logger, BlobKey key);

    [LoggerMessage(LogLevel.Error, "{Key} was created but could not be stored; the next request creates it again")]
    private static partial void LogNotStored(ILogger logger, BlobKey key, Exception fault);

    [LoggerMessage(LogLevel.Error, "{Key} could not be created; the next request tries again")]
    private static partial void LogNotMade(ILogger logger, BlobKey key, Exception fault);
}
