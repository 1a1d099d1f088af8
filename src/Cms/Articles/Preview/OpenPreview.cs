using Cms.Data;
using Cms.Foundation;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Preview;

/// <summary>Finds the preview link of a token when a request or a connection begins.</summary>
public sealed class OpenPreview(
    IDbContextFactory<CmsDbContext> databases,
    DatabaseAvailability availability,
    TimeProvider clock
)
{
    /// <summary>Returns what the token opens; null if the link does not exist, was revoked or has expired.</summary>
    /// <exception cref="DatabaseUnavailableException">The database does not respond.</exception>
    public Task<PreviewGrant?> Handle(byte[] tokenHash, CancellationToken cancellationToken) =>
        availability.RunAsync(
            async token =>
            {
                await using var db = await databases.CreateDbContextAsync(token);
                return await db.LivePreviewLinks(clock.Now())
                    .Where(l => l.TokenHash == tokenHash)
                    .Select(l => new PreviewGrant(l.Id, l.ArticleId))
                    .SingleOrDefaultAsync(token);
            },
            cancellationToken
        );
}
