using System.Runtime.CompilerServices;
using Cms.Data;
using Cms.Media;
using Microsoft.EntityFrameworkCore;

namespace Cms.Backups;

/// <summary>An original that the media store must have.</summary>
public sealed record OriginalFile(string Sha256, long Bytes);

/// <summary>Lists the originals that the media store must have, in the order of their hashes.</summary>
public sealed class ListOriginals(IDbContextFactory<CmsDbContext> databases)
{
    private const int Batch = 1_000;

    public async IAsyncEnumerable<OriginalFile> Handle([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var after = "";
        while (
            await db
                .MediaBlobs.Where(blob => string.Compare(blob.Sha256, after) > 0 && blob.State == MediaBlobState.Ready)
                .OrderBy(blob => blob.Sha256)
                .Select(blob => new OriginalFile(blob.Sha256, blob.Bytes))
                .Take(Batch)
                .ToListAsync(cancellationToken)
                is [_, ..] page
        )
        {
            foreach (var original in page)
            {
                yield return original;
            }

            after = page[^1].Sha256;
        }
    }
}
