using Cms.Articles.Comments;
using Cms.Body;
using Cms.Data;
using Cms.GraphQL;
using Cms.Media;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Gate;

/// <summary>A revision that somebody wants to publish.</summary>
/// <param name="Article">The article.</param>
/// <param name="Revision">The revision to publish.</param>
/// <param name="By">Who publishes it.</param>
/// <param name="Now">The current time.</param>
internal sealed record Submission(Article Article, Revision Revision, Contributor By, DateTimeOffset Now)
{
    /// <summary>When it is published: now, or the scheduled time.</summary>
    public DateTimeOffset At { get; init; } = Now;

    /// <summary>The number of takes to publish with it; null for the takes that are approved in the database.</summary>
    public int? Takes { get; init; }

    /// <summary>The rules whose warnings were acknowledged.</summary>
    public IReadOnlyList<CheckRule> Acknowledged { get; init; } = [];

    /// <summary>Whether all warnings are acknowledged, whatever they are: the newsroom imports the article.</summary>
    public bool AcknowledgesAll { get; init; }

    /// <summary>Whether the revision is released under embargo, and published at the end of the embargo.</summary>
    public bool IsRelease { get; init; }

    /// <summary>In the dry run of an import, the images that the import would add.</summary>
    public IReadOnlyDictionary<MediaId, MediaAsset>? ComingImages { get; init; }
}

/// <summary>The rows that the rules need in addition to the article and the revision.</summary>
[Flags]
internal enum GateNeeds
{
    None = 0,
    Images = 1,
    EmbeddedArticles = 2,
    Slug = 4,
    Comments = 8,
    Takes = 16,
    StaleTakes = 32,
}

/// <summary>An image that must not be published as it is.</summary>
internal sealed record UnfitImage(bool IsHero, IReadOnlyList<string> Path, UserError Refusal);

/// <summary>Everything that the rules check. What no active rule needs is empty.</summary>
internal sealed class GateFacts(Submission submission)
{
    public Article Article => submission.Article;

    public Revision Revision => submission.Revision;

    public ArticleContent Content => submission.Revision.Content;

    public Contributor By => submission.By;

    public DateTimeOffset Now => submission.Now;

    public bool IsRelease => submission.IsRelease;

    /// <summary>All blocks of the body, with the blocks inside them.</summary>
    public IReadOnlyList<Block> Blocks =>
        field ??= Content.Body is { } json
            ? [.. RichText.OfStored(json).Blocks.SelectMany(block => block.SelfAndDescendants())]
            : [];

    public required IReadOnlyList<UnfitImage> UnfitImages { get; init; }

    /// <summary>Returns whether an article that the body embeds is published.</summary>
    public required Func<ArticleId, bool> IsPublished { get; init; }

    /// <summary>Whether a different article was public under the slug.</summary>
    public required bool IsSlugTaken { get; init; }

    public required int OpenThreads { get; init; }

    public required int Takes { get; init; }

    /// <summary>The number of published takes that a correction made stale.</summary>
    public required int StaleTakes { get; init; }
}

/// <summary>
/// Reads the facts about articles. The number of statements depends on the needs, and not on the number of articles,
/// images or embeds.
/// </summary>
internal static class GateReads
{
    extension(CmsDbContext db)
    {
        /// <param name="submissions">The revisions, of different articles.</param>
        /// <param name="needs">The rows that the active rules need.</param>
        /// <param name="isPublishing">
        /// Whether the articles are published in this transaction, so that their images are locked.
        /// </param>
        /// <param name="cancellationToken">Cancels the operation.</param>
        public async Task<List<GateFacts>> FactsAsync(
            IReadOnlyList<Submission> submissions,
            GateNeeds needs,
            bool isPublishing,
            CancellationToken cancellationToken
        )
        {
            var places = submissions
                .Select(s => needs.HasFlag(GateNeeds.Images) ? s.Revision.Content.Images() : [])
                .ToList();
            var images = await db.ImagesAsync(places.SelectMany(p => p), isPublishing, cancellationToken);
            var published = await db.PublishedEmbedsAsync(submissions, needs, cancellationToken);
            var counts = await db.CountsAsync(submissions, needs, cancellationToken);
            return
            [
                .. submissions.Select(
                    (submission, i) =>
                    {
                        var count = counts.GetValueOrDefault(submission.Article.Id) ?? new Counts();
                        return new GateFacts(submission)
                        {
                            UnfitImages = Unfit(submission, places[i], images),
                            IsPublished = published.Contains,
                            IsSlugTaken = count.IsSlugTaken,
                            OpenThreads = count.OpenThreads,
                            Takes = submission.Takes ?? count.Takes,
                            StaleTakes = count.StaleTakes,
                        };
                    }
                ),
            ];
        }

        private async Task<Dictionary<MediaId, MediaAsset>> ImagesAsync(
            IEnumerable<MediaPlace> places,
            bool locks,
            CancellationToken cancellationToken
        )
        {
            var ids = places.Select(place => place.Media).Distinct().ToList();
            if (ids.Count == 0)
            {
                return [];
            }

            if (locks)
            {
                await db.LockMediaAsync(ids, cancellationToken);
            }

            return await db
                .MediaAssets.AsNoTracking()
                .Where(a => ids.Contains(a.Id))
                .ToDictionaryAsync(a => a.Id, cancellationToken);
        }

        private async Task<HashSet<ArticleId>> PublishedEmbedsAsync(
            IReadOnlyList<Submission> submissions,
            GateNeeds needs,
            CancellationToken cancellationToken
        )
        {
            var embedded = needs.HasFlag(GateNeeds.EmbeddedArticles)
                ? submissions.SelectMany(s => s.Revision.Content.EmbeddedArticles()).Distinct().ToList()
                : [];
            return embedded.Count == 0
                ? []
                :
                [
                    .. await db
                        .Articles.Where(a => embedded.Contains(a.Id) && a.LiveEditionId != null)
                        .Select(a => a.Id)
                        .ToListAsync(cancellationToken),
                ];
        }

        // An article that an import creates in this transaction has no row yet: its slug was claimed just now, and it
        // has no comments.
        private async Task<Dictionary<ArticleId, Counts>> CountsAsync(
            IReadOnlyList<Submission> submissions,
            GateNeeds needs,
            CancellationToken cancellationToken
        )
        {
            var slugs = needs.HasFlag(GateNeeds.Slug);
            var comments = needs.HasFlag(GateNeeds.Comments);
            var takes = needs.HasFlag(GateNeeds.Takes) && submissions.Any(s => s.Takes is null);
            var stale = needs.HasFlag(GateNeeds.StaleTakes);
            if (!slugs && !comments && !takes && !stale)
            {
                return [];
            }

            var ids = submissions.Select(s => s.Article.Id).ToList();
            var open = db.OpenThreads();
            return await db
                .Articles.Where(a => ids.Contains(a.Id))
                .Select(a => new Counts
                {
                    Article = a.Id,
                    IsSlugTaken =
                        slugs
                        && a.LiveEditionId == null
                        && db.Editions.Any(e =>
                            e.Slug == a.Slug && e.ArticleId != a.Id && e.Kind != EditionKind.Advance
                        ),
                    OpenThreads = comments ? open.Count(c => c.ArticleId == a.Id) : 0,
                    Takes = takes ? db.Takes.Count(t => t.ArticleId == a.Id && t.ApprovedRevisionId != null) : 0,
                    StaleTakes = stale ? db.Takes.Count(t => t.ArticleId == a.Id && t.StaleAt != null) : 0,
                })
                .ToDictionaryAsync(count => count.Article, cancellationToken);
        }
    }

    private static List<UnfitImage> Unfit(
        Submission submission,
        IReadOnlyList<MediaPlace> places,
        Dictionary<MediaId, MediaAsset> images
    ) =>
        [
            .. from place in places
            let asset = images.GetValueOrDefault(place.Media) ?? submission.ComingImages?.GetValueOrDefault(place.Media)
            from refusal in asset?.Refusals(place.Alt, place.IsDecorative, submission.At)
                ?? [new MediaNotFound(place.Media)]
            select new UnfitImage(
                place.BlockId is null,
                place.BlockId is { } block ? [.. place.Path, block] : place.Path,
                refusal
            ),
        ];

    private sealed record Counts
    {
        public ArticleId Article { get; init; }

        public bool IsSlugTaken { get; init; }

        public int OpenThreads { get; init; }

        public int Takes { get; init; }

        public int StaleTakes { get; init; }
    }
}
