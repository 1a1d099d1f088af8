using Cms.Articles;
using Cms.Changes;
using Cms.Data;
using Microsoft.EntityFrameworkCore;

namespace Cms.Benchmarks;

/// <summary>Announces articles as published, a hundred in one transaction, as fast as the database takes them.</summary>
internal static class Publishing
{
    private const int Together = 100;

    public static async Task PublishAsync(
        int changes,
        CmsDatabase database,
        IDbContextFactory<CmsDbContext> databases,
        HttpResponse response
    )
    {
        await using var db = await databases.CreateDbContextAsync();
        var editions = await db
            .ArticleListings.Where(l => l.FacetId == FacetId.All)
            .OrderByDescending(l => l.PublishedAt)
            .Take(Together)
            .Select(l => new { l.ArticleId, l.EditionId })
            .ToListAsync();
        for (var left = changes; left > 0; left -= Together)
        {
            var now = editions.Take(left);
            var written = await database.WriteAsync<int>(
                (writing, _) =>
                {
                    foreach (var edition in now)
                    {
                        writing.Announce(ChangeKind.ArticlePublished, edition.ArticleId, edition.EditionId);
                    }

                    return Task.FromResult<Results.Result<int>>(left);
                },
                CancellationToken.None
            );
            if (written.IsRefused)
            {
                throw new InvalidOperationException("The changes were refused.");
            }
        }

        await SqlFloor.SendAsync(response, "{\"data\":{}}"u8.ToArray());
    }
}
