using Cms.Articles.Drafting;
using Cms.GraphQL;
using Cms.Reading;
using GraphQL;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Desk;

/// <summary>
/// The edition of an article for partners with early access. When the embargo ends, the revision in this edition is
/// published.
/// </summary>
/// <param name="EditionId">The id of the edition. Each release creates a new edition.</param>
/// <param name="Number">The number of the release: 1 for the first release of the article.</param>
/// <param name="ReleasedAt">When it was released.</param>
/// <param name="ReleasedBy">Who released it.</param>
/// <param name="RevisionId">The revision that is released.</param>
public sealed record DeskAdvance(
    EditionId EditionId,
    int Number,
    DateTimeOffset ReleasedAt,
    string ReleasedBy,
    [property: GraphQLIgnore] RevisionId RevisionId
);

[ObjectType<DeskAdvance>]
public static class DeskAdvanceNode
{
    /// <summary>The revision that is released. Later saves are not included.</summary>
    public static IDataLoaderResult<WorkingCopy?> GetRevisionAsync(
        [Parent] DeskAdvance advance,
        [Service] WorkingCopyById copies,
        IResolveFieldContext context
    ) => copies.Load(advance.RevisionId, context.Asked<WorkingCopy>());
}

/// <summary>
/// Loads what is released of articles. The caller must first check that the viewer is allowed to see the articles.
/// </summary>
public sealed class AdvanceOfArticle(ReadContexts contexts) : BatchLoader<ArticleId, DeskAdvance?>
{
    protected override async Task<Dictionary<ArticleId, DeskAdvance?>> ReadAsync(
        List<ArticleId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        return await lease
            .Db.Articles.Where(a => keys.Contains(a.Id))
            .Join(
                lease.Db.Editions,
                a => a.AdvanceEditionId,
                e => e.Id,
                (a, e) =>
                    new
                    {
                        a.Id,
                        Edition = e.Id,
                        e.Number,
                        e.LiveFrom,
                        By = a.ScheduledBy!.Name,
                        e.RevisionId,
                    }
            )
            .ToDictionaryAsync(
                row => row.Id,
                DeskAdvance? (row) => new(row.Edition, -row.Number, row.LiveFrom, row.By, row.RevisionId!.Value),
                cancellationToken
            );
    }
}
