using Cms.Data;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Publishing;

/// <summary>
/// Ends the advance editions of articles that are no longer released under embargo: published, recalled, released
/// again or put in the trash. The row stays as a record of what partners could see. Its parts are deleted, so that
/// nothing keeps the terms, tools and takes that only partners saw.
/// </summary>
internal sealed class EndAdvances : ICommitStep
{
    public async Task BeforeCommitAsync(CmsDbContext db, Actor actor, CancellationToken cancellationToken)
    {
        foreach (var (advance, at) in db.EndedAdvances)
        {
            DateTimeOffset? ended = at;
            await db
                .Editions.Where(e => e.Id == advance)
                .ExecuteUpdateAsync(set => set.SetProperty(e => e.SupersededAt, ended), cancellationToken);
            await db.EditionTags.Where(t => t.EditionId == advance).ExecuteDeleteAsync(cancellationToken);
            await db.EditionAuthors.Where(a => a.EditionId == advance).ExecuteDeleteAsync(cancellationToken);
            await db.EditionTools.Where(t => t.EditionId == advance).ExecuteDeleteAsync(cancellationToken);
            await db.EditionTakes.Where(t => t.EditionId == advance).ExecuteDeleteAsync(cancellationToken);
            await db.AdvanceListings.Where(l => l.EditionId == advance).ExecuteDeleteAsync(cancellationToken);
            await db.AdvanceTakeListings.Where(l => l.EditionId == advance).ExecuteDeleteAsync(cancellationToken);
        }
    }
}
