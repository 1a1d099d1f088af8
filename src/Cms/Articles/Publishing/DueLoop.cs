using Cms.Data;
using Cms.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Publishing;

/// <summary>An article for which something is due, and when.</summary>
internal sealed record DuePlace(DateTimeOffset At, ArticleId Id);

internal static class DueLoop
{
    extension(IDbContextFactory<CmsDbContext> databases)
    {
        /// <summary>
        /// Carries out what is due, one article after another, so that one failure does not affect the others. Returns
        /// when the next article is due; null if none is.
        /// </summary>
        /// <param name="after">Queries the places after a given one, in order.</param>
        /// <param name="carryOut">
        /// Carries out what is due for one article, in its own transaction. Returns whether there was anything to do.
        /// </param>
        /// <param name="most">The maximum number of articles for which something is done.</param>
        /// <param name="clock">The clock.</param>
        /// <param name="failed">Receives the articles to try again later, and what went wrong.</param>
        /// <param name="cancellationToken">Cancels the operation.</param>
        public async Task<DateTimeOffset?> CarryOutDueAsync(
            Func<CmsDbContext, DuePlace, IQueryable<DuePlace>> after,
            Func<ArticleId, Task<bool>> carryOut,
            int most,
            TimeProvider clock,
            List<(ArticleId, Exception)> failed,
            CancellationToken cancellationToken
        )
        {
            var last = new DuePlace(DateTimeOffset.UnixEpoch, default);
            for (var done = 0; ; )
            {
                // Usually nothing is due, and this query does not block writers.
                var next = await databases.FirstAsync(db => after(db, last), cancellationToken);
                if (next is null || next.At > clock.Now() || done >= most)
                {
                    return next?.At;
                }

                last = next;
                try
                {
                    done += await carryOut(next.Id) ? 1 : 0;
                }
                catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
                {
                    failed.Add((next.Id, fault));
                }
            }
        }

        private async Task<DuePlace?> FirstAsync(
            Func<CmsDbContext, IQueryable<DuePlace>> places,
            CancellationToken cancellationToken
        )
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            return await places(db).FirstOrDefaultAsync(cancellationToken);
        }
    }
}
