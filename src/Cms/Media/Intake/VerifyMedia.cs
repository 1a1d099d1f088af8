using System.Security.Cryptography;
using Cms.Data;
using Cms.Media.Blobs;
using Microsoft.EntityFrameworkCore;

namespace Cms.Media.Intake;

/// <summary>A fault of a stored file.</summary>
public enum MediaFault
{
    /// <summary>The database says that the file is stored, but it is not in the store.</summary>
    Missing,

    /// <summary>The file's bytes do not match its hash.</summary>
    Corrupt,

    /// <summary>The file has no row in the database. A sweep removes it when it is a day old.</summary>
    Orphaned,
}

/// <param name="Fault">The fault.</param>
/// <param name="Key">The file's key.</param>
public sealed record FaultyMedia(MediaFault Fault, BlobKey Key);

/// <summary>
/// Reads every original in the store and reports missing, corrupt and orphaned files. It changes nothing.
/// </summary>
public sealed class VerifyMedia(IDbContextFactory<CmsDbContext> databases, IBlobStore store, TimeProvider clock)
{
    private const int Batch = 200;
    private const int BufferSize = 81_920;

    /// <param name="bytesPerSecond">The maximum read rate, which leaves capacity for readers' requests.</param>
    public async IAsyncEnumerable<FaultyMedia> Handle(
        long bytesPerSecond,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var after = "";
        while (
            await db
                .MediaBlobs.AsNoTracking()
                .Where(blob => string.Compare(blob.Sha256, after) > 0 && blob.State == MediaBlobState.Ready)
                .OrderBy(blob => blob.Sha256)
                .Select(blob => blob.Sha256)
                .Take(Batch)
                .ToListAsync(cancellationToken)
                is [_, ..] page
        )
        {
            foreach (var sha256 in page)
            {
                if (await FindFaultAsync(sha256, bytesPerSecond, cancellationToken) is { } fault)
                {
                    yield return new FaultyMedia(fault, BlobKey.Original(sha256));
                }
            }

            after = page[^1];
        }

        await foreach (var blob in store.ListAllAsync(BlobKey.Originals, cancellationToken))
        {
            if (!await db.MediaBlobs.AnyAsync(b => b.Sha256 == blob.Key.Sha256, cancellationToken))
            {
                yield return new FaultyMedia(MediaFault.Orphaned, blob.Key);
            }
        }
    }

    private async Task<MediaFault?> FindFaultAsync(
        string sha256,
        long bytesPerSecond,
        CancellationToken cancellationToken
    )
    {
        await using var reading = await store.OpenReadAsync(BlobKey.Original(sha256), cancellationToken);
        if (reading is null)
        {
            return MediaFault.Missing;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferSize];
        var (began, total) = (clock.GetTimestamp(), 0L);
        while (await reading.Content.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            hash.AppendData(buffer, 0, read);
            total += read;
            var early = TimeSpan.FromSeconds((double)total / bytesPerSecond) - clock.GetElapsedTime(began);
            if (early > TimeSpan.Zero)
            {
                await Task.Delay(early, clock, cancellationToken);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset()) == sha256 ? null : MediaFault.Corrupt;
    }
}
