using System.Collections.Concurrent;
using Cms.Articles.Publishing;
using Cms.Articles.Reading;
using Cms.Body;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Cms.Reading;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Preview;

/// <summary>
/// The edition that publishing an article's newest revision now would make. It is not stored. Its id, which is the id of
/// the revision, identifies its parts within one request.
/// </summary>
/// <param name="Id">The id.</param>
/// <param name="ArticleId">The article.</param>
/// <param name="Content">The content of the newest revision.</param>
/// <param name="LiveEditionId">The edition that readers see; null if they see none.</param>
/// <param name="At">The time at which it would be published.</param>
internal sealed record PreviewedEdition(
    EditionId Id,
    ArticleId ArticleId,
    ArticleContent Content,
    EditionId? LiveEditionId,
    DateTimeOffset At
);

/// <summary>
/// Loads the newest revisions of articles that the viewer previews, in the form in which readers would see them if they
/// were published now. The result is null for all other articles. Answers that contain a preview are not cached, because
/// these reads are not recorded.
/// </summary>
public sealed class PreviewedArticles(ReadContexts contexts, CurrentViewer viewer, TimeProvider clock)
    : BatchLoader<ArticleId, PublicArticle?>
{
    private static readonly string EmptyBody = RichText.Empty.ToJson();

    private readonly ConcurrentDictionary<EditionId, PreviewedEdition> _editions = new();

    // The same time for the whole answer.
    private readonly DateTimeOffset _now = clock.Now();

    /// <summary>Whether the viewer previews any article.</summary>
    internal bool AreAny => !viewer.Value.SeesOnlyPublished;

    /// <summary>Returns the edition of an article that this request previews; null for an edition that exists.</summary>
    internal PreviewedEdition? EditionOf(EditionId id) => _editions.GetValueOrDefault(id);

    /// <summary>
    /// Returns the id of the article with a slug, whether or not the viewer can see it; null if there is none.
    /// </summary>
    internal async Task<ArticleId?> IdOfAsync(string slug, CancellationToken cancellationToken)
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        return await lease
            .Db.Articles.Where(a => a.Slug == slug)
            .Select(a => (ArticleId?)a.Id)
            .SingleOrDefaultAsync(cancellationToken);
    }

    protected override IDataLoaderResult<PublicArticle?>? FindCached(ArticleId key) =>
        viewer.Value is { Perspective: Perspective.Published, Preview: var preview } && preview?.Article != key
            ? LoaderResults.Ready<PublicArticle?>(null)
            : null;

    protected override async Task<Dictionary<ArticleId, PublicArticle?>> ReadAsync(
        List<ArticleId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        var db = lease.Db;
        List<(Article Article, Revision Head)> found = [];
        foreach (var allowed in db.ArticlesPreviewedBy(viewer.Value, _now))
        {
            var rows = await allowed
                .Where(a => keys.Contains(a.Id))
                .Join(db.Revisions.AsNoTracking(), a => a.HeadId, r => r.Id, (article, head) => new { article, head })
                .ToListAsync(cancellationToken);
            found.AddRange(rows.Select(row => (row.article, row.head)));
        }

        var live = await LiveAsync(db, [.. found.Select(x => x.Article.LiveEditionId).OfType<EditionId>()]);
        return found
            .DistinctBy(x => x.Article.Id)
            .ToDictionary(
                x => x.Article.Id,
                PublicArticle? (x) =>
                    Preview(x.Article, x.Head, x.Article.LiveEditionId is { } id ? live.GetValueOrDefault(id) : null)
            );

        async Task<Dictionary<EditionId, LiveEdition>> LiveAsync(CmsDbContext db, List<EditionId> ids) =>
            ids.Count == 0
                ? []
                : await db
                    .Editions.Where(e => ids.Contains(e.Id))
                    .Select(e => new LiveEdition(e.Id, e.RevisionId, e.Number, e.LiveFrom, e.Disclosure))
                    .ToDictionaryAsync(e => e.Id, cancellationToken);
    }

    private PublicArticle Preview(Article article, Revision head, LiveEdition? live)
    {
        var content = head.Content;

        // If the newest revision is already public, publishing it again would change nothing.
        var isLive = live is not null && live.RevisionId == head.Id;
        var edition = new PreviewedEdition(
            new(head.Id.Value),
            article.Id,
            content,
            article.LiveEditionId,
            isLive ? live!.LiveFrom : _now
        );
        _editions[edition.Id] = edition;
        return new PublicArticle
        {
            IsPreview = true,
            Id = article.Id,
            EditionId = edition.Id,
            EditionNumber = isLive ? live!.Number : article.EditionCount + 1,
            Slug = article.Slug,
            Headline = content.Headline,
            Summary = content.Summary ?? "",
            Body = content.Body ?? EmptyBody,
            WordCount = content.WordCount,
            ReadingMinutes = content.ReadingMinutes,
            CategoryId = content.CategoryId,
            SourceId = content.SourceId,
            SourceUrl = content.SourceUrl,
            SourcePublishedOn = content.SourcePublishedOn,
            HeroImageId = content.HeroImageId,
            HeroAlt = content.HeroAlt,
            HeroCaption = content.HeroCaption,
            Byline = content.Byline,
            Language = content.Language,
            SeoTitle = content.Seo.Title,
            SeoDescription = content.Seo.Description,
            SeoCanonicalUrl = content.Seo.CanonicalUrl,
            SeoNoIndex = content.Seo.NoIndex,
            Disclosure = isLive ? live!.Disclosure : Disclosures.Of(head),
            DigitalSourceType = Disclosures.TypeOf(head),
            CorrectionSequence = article.CorrectionCount,
            FirstPublishedAt = article.FirstPublishedAt ?? _now,
            PublishedAt = article.Status is ArticleStatus.Published ? article.PublishedAt ?? _now : _now,
            UpdatedAt = edition.At,
        };
    }

    private sealed record LiveEdition(
        EditionId Id,
        RevisionId? RevisionId,
        int Number,
        DateTimeOffset LiveFrom,
        string? Disclosure
    );
}
