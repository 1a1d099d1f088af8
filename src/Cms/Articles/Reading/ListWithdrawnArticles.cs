using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Reading;

/// <summary>An article that was withdrawn. Delete every copy of it.</summary>
/// <param name="ArticleId">The article's id.</param>
/// <param name="WithdrawnAt">When it was withdrawn.</param>
/// <param name="Reason">The reason for the withdrawal, for readers.</param>
/// <param name="Kind">The kind of withdrawal, for systems that hold copies of the article.</param>
public sealed record WithdrawnArticle(
    ArticleId ArticleId,
    DateTimeOffset WithdrawnAt,
    string Reason,
    WithdrawalKind Kind
);

/// <summary>Lists articles that were withdrawn lately and have not been published again.</summary>
public sealed class ListWithdrawnArticles(ReadContexts contexts)
{
    /// <summary>The maximum number of articles in one response.</summary>
    public const int MaxSize = 100;

    /// <param name="since">Only articles that were withdrawn at or after this time.</param>
    /// <param name="facets">Only articles that were last published in all of these lists.</param>
    public async Task<List<WithdrawnArticle>> Handle(
        DateTimeOffset since,
        IEnumerable<FacetId> facets,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(contexts.Reads.List(WithdrawnRead.Instance), cancellationToken);
        var db = lease.Db;
        var past = db.PastArticles;
        var tombstones = db.Editions.Where(e =>
            e.LiveFrom >= since && e.Kind == EditionKind.Withdrawn && e.SupersededAt == null
        );

        // A partner sees only the past listings that its agreement includes, so it learns of no other article.
        foreach (var facet in facets.Prepend(FacetId.All))
        {
            tombstones = tombstones.Where(e =>
                past.Any(l => l.FacetId == facet && l.PublishedAt == e.PublishedAt && l.ArticleId == e.ArticleId)
            );
        }

        return await tombstones
            .OrderByDescending(e => e.LiveFrom)
            .ThenByDescending(e => e.Id)
            .Take(MaxSize)
            .Select(e => new WithdrawnArticle(
                e.ArticleId,
                e.LiveFrom,
                e.WithdrawalReason!,
                e.WithdrawalKind ?? WithdrawalKind.Normal
            ))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Records the read. Only an article that appears or disappears can change the list.</summary>
    private sealed record WithdrawnRead : IListRead
    {
        public static WithdrawnRead Instance { get; } = new();

        public bool IsChangedBy(ArticleState? before, ArticleState? after) => before is null != after is null;
    }
}
