using System.Globalization;
using Cms.Articles;
using Cms.Bookmarks;
using Cms.Data;
using Cms.Foundation;
using Cms.Fronts;
using Cms.GraphQL;
using Cms.Media;
using Cms.Reading;
using Cms.Taxonomy;
using Cms.Tools;
using Microsoft.EntityFrameworkCore;

namespace Cms.References;

/// <summary>The number of uses of one kind.</summary>
/// <param name="Kind">What uses it.</param>
/// <param name="Count">The number of uses.</param>
public sealed record UsageCount(UsageKind Kind, int Count);

/// <summary>A use of an article, category, tag, source or author.</summary>
/// <param name="Kind">What uses it.</param>
/// <param name="UsedById">The id of the article, front, tool or image.</param>
/// <param name="Title">
/// The headline of the article, the name of the tool, the name of the front's category (‘the home page’ for the front
/// of the home page), or the file name of the image.
/// </param>
public sealed record Usage(UsageKind Kind, [property: GraphQL.ID] string UsedById, string Title);

/// <summary>What uses an article, category, tag, source or author.</summary>
/// <param name="TotalCount">The number of uses of all kinds.</param>
/// <param name="Counts">The number of uses of each kind. Kinds without a use are left out.</param>
/// <param name="Users">
/// The first uses: published articles first, then fronts, notices, schedules, tools, working copies and images. Takes and
/// bookmarks are only counted.
/// </param>
public sealed record Usages(int TotalCount, IReadOnlyList<UsageCount> Counts, IReadOnlyList<Usage> Users)
{
    /// <summary>The maximum number of uses that an error lists.</summary>
    internal const int Named = 10;

    internal static Usages Of(Dictionary<UsageKind, int> counts, IReadOnlyList<Usage> users) =>
        new(
            counts.Values.Sum(),
            [.. counts.Where(x => x.Value > 0).OrderBy(x => x.Key).Select(x => new UsageCount(x.Key, x.Value))],
            users
        );

    /// <summary>Describes the uses for an error message: the counts, then the first titles.</summary>
    internal static string InWords(IReadOnlyList<UsageCount>? counts, IReadOnlyList<Usage>? users)
    {
        var sums = string.Join(", ", (counts ?? []).Select(Words));
        var titles = string.Join(
            ", ",
            (users ?? []).Select(use => $"‘{use.Title}’").Distinct(StringComparer.Ordinal).Take(3)
        );
        return titles.Length == 0 ? sums : $"{sums}, such as {titles}";
    }

    private static string Words(UsageCount usage)
    {
        var (one, many) = usage.Kind switch
        {
            UsageKind.Article => ("published article", "published articles"),
            UsageKind.Notice => ("notice of a withdrawn article", "notices of withdrawn articles"),
            UsageKind.Schedule => ("scheduled article", "scheduled articles"),
            UsageKind.WorkingCopy => ("working copy", "working copies"),
            UsageKind.Tool => ("tool", "tools"),
            UsageKind.Image => ("image", "images"),
            UsageKind.Front => ("front", "fronts"),
            UsageKind.Take => ("take", "takes"),
            _ => ("bookmark", "bookmarks"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{usage.Count} {(usage.Count == 1 ? one : many)}");
    }
}

internal static class UsageReads
{
    extension(CmsDbContext db)
    {
        /// <summary>Returns what uses a category, tag, source or author.</summary>
        public async Task<Usages> UsagesOfTermAsync(IEntityId term, int first, CancellationToken cancellationToken)
        {
            var facet = FacetId.Of(term);
            var counts = await db.CountReferencesAsync(SubjectId.Of(term), cancellationToken);
            var published = db.VisibleArticles.Where(l => l.FacetId == facet);
            counts[UsageKind.Article] = await published.CountAsync(cancellationToken);
            var users = (
                await published
                    .OrderByDescending(l => l.PublishedAt)
                    .ThenByDescending(l => l.ArticleId)
                    .Select(l => l.ArticleId)
                    .Take(first)
                    .ToListAsync(cancellationToken)
            ).ConvertAll(id => (UsageKind.Article, id.Value));
            users.AddRange(await db.ReferencesAsync(SubjectId.Of(term), first - users.Count, cancellationToken));
            if (term is TagId tag)
            {
                var filed = db.MediaTags.Where(t => t.TagId == tag);
                counts[UsageKind.Image] = await filed.CountAsync(cancellationToken);
                if (first > users.Count)
                {
                    users.AddRange(
                        (
                            await filed
                                .OrderByDescending(t => t.MediaId)
                                .Select(t => t.MediaId)
                                .Take(first - users.Count)
                                .ToListAsync(cancellationToken)
                        ).Select(id => (UsageKind.Image, id.Value))
                    );
                }
            }

            return Usages.Of(counts, await db.WithTitlesAsync(users, cancellationToken));
        }

        /// <summary>Returns what uses an article.</summary>
        public async Task<Usages> UsagesOfArticleAsync(
            ArticleId article,
            int first,
            CancellationToken cancellationToken
        )
        {
            var target = SubjectId.Of(article);
            var counts = await db.CountReferencesAsync(target, cancellationToken);
            counts[UsageKind.Take] = await db.Takes.CountAsync(t => t.ArticleId == article, cancellationToken);
            var bookmarked = new TargetId(article.Value);
            counts[UsageKind.Bookmark] = await db.Bookmarks.CountAsync(
                b => b.TargetId == bookmarked,
                cancellationToken
            );
            return Usages.Of(
                counts,
                await db.WithTitlesAsync(await db.ReferencesAsync(target, first, cancellationToken), cancellationToken)
            );
        }

        /// <summary>
        /// Returns what would show a gap if the article were not public: published articles that embed it, fronts, and
        /// notices that name it.
        /// </summary>
        public async Task<Usages> PublicUsagesAsync(ArticleId article, CancellationToken cancellationToken)
        {
            var target = SubjectId.Of(article);
            var counts = await db.CountReferencesAsync(target, cancellationToken);
            foreach (
                var hidden in counts.Keys.Where(kind =>
                    kind is not (UsageKind.Article or UsageKind.Front or UsageKind.Notice)
                )
            )
            {
                counts.Remove(hidden);
            }

            var users =
                counts.Values.Sum() == 0
                    ? []
                    : await db.WithTitlesAsync(
                        await db.ReferencesAsync(target, Usages.Named, cancellationToken),
                        cancellationToken
                    );
            return Usages.Of(
                counts,
                [.. users.Where(use => use.Kind is UsageKind.Article or UsageKind.Front or UsageKind.Notice)]
            );
        }

        /// <summary>Returns the articles in any state that embed an article, the fronts with it, and the notices that name it.</summary>
        public async Task<Usages> AllUsagesAsync(ArticleId article, CancellationToken cancellationToken)
        {
            var target = SubjectId.Of(article);
            var counts = await db.CountReferencesAsync(target, cancellationToken);
            var users = await db.ReferencesAsync(target, Usages.Named, cancellationToken);
            return Usages.Of(counts, await db.WithTitlesAsync(users, cancellationToken));
        }

        private Task<Dictionary<UsageKind, int>> CountReferencesAsync(
            SubjectId target,
            CancellationToken cancellationToken
        ) =>
            db
                .References.Where(r => r.TargetId == target)
                .GroupBy(r => r.Kind)
                .Select(uses => new { Kind = uses.Key, Count = uses.Count() })
                .ToDictionaryAsync(uses => uses.Kind, uses => uses.Count, cancellationToken);

        // The kinds are in alphabetical order, as in the index: published articles come first.
        private async Task<List<(UsageKind Kind, Guid User)>> ReferencesAsync(
            SubjectId target,
            int first,
            CancellationToken cancellationToken
        ) =>
            first <= 0
                ? []
                : (
                    await db
                        .References.Where(r => r.TargetId == target)
                        .OrderBy(r => r.Kind)
                        .ThenBy(r => r.UserId)
                        .Take(first)
                        .Select(r => new { r.Kind, r.UserId })
                        .ToListAsync(cancellationToken)
                ).ConvertAll(r => (r.Kind, r.UserId.Value));

        private async Task<List<Usage>> WithTitlesAsync(
            List<(UsageKind Kind, Guid User)> users,
            CancellationToken cancellationToken
        )
        {
            var articles = IdsOf<ArticleId>(
                users,
                kind => kind is not (UsageKind.Tool or UsageKind.Image or UsageKind.Front)
            );
            var headlines =
                articles.Count == 0
                    ? []
                    : await (
                        from article in db.Articles
                        where articles.Contains(article.Id)
                        join head in db.Revisions on article.HeadId equals head.Id
                        select new { article.Id, head.Content.Headline }
                    ).ToDictionaryAsync(a => a.Id, a => a.Headline, cancellationToken);
            var tools = IdsOf<ToolId>(users, kind => kind is UsageKind.Tool);
            var names =
                tools.Count == 0
                    ? []
                    : await db
                        .Tools.Where(t => tools.Contains(t.Id))
                        .Select(t => new { t.Id, t.Name })
                        .ToDictionaryAsync(t => t.Id, t => t.Name, cancellationToken);
            var fronts = IdsOf<FrontId>(users, kind => kind is UsageKind.Front);
            var places =
                fronts.Count == 0
                    ? []
                    : await db
                        .Fronts.Where(f => fronts.Contains(f.Id) && f.CategoryId != null)
                        .Join(
                            db.Categories,
                            f => f.CategoryId,
                            c => c.Id,
                            (front, category) => new { front.Id, category.Name }
                        )
                        .ToDictionaryAsync(f => f.Id, f => f.Name, cancellationToken);
            places[FrontId.Home] = "the home page";
            var images = IdsOf<MediaId>(users, kind => kind is UsageKind.Image);
            var files =
                images.Count == 0
                    ? []
                    : await db
                        .MediaAssets.Where(a => images.Contains(a.Id))
                        .Select(a => new { a.Id, a.FileName })
                        .ToDictionaryAsync(a => a.Id, a => a.FileName, cancellationToken);
            return
            [
                .. users.Select(use =>
                    use.Kind switch
                    {
                        UsageKind.Tool => UsageOf(use.Kind, new ToolId(use.User), names),
                        UsageKind.Front => UsageOf(use.Kind, new FrontId(use.User), places),
                        UsageKind.Image => UsageOf(use.Kind, new MediaId(use.User), files),
                        _ => UsageOf(use.Kind, new ArticleId(use.User), headlines),
                    }
                ),
            ];
        }
    }

    private static List<TId> IdsOf<TId>(List<(UsageKind Kind, Guid User)> users, Func<UsageKind, bool> of)
        where TId : struct, IEntityId<TId> =>
        [.. users.Where(use => of(use.Kind)).Select(use => new TId { Value = use.User }).Distinct()];

    private static Usage UsageOf<TId>(UsageKind kind, TId id, Dictionary<TId, string> titles)
        where TId : struct, IEntityId<TId> => new(kind, id.Format(), titles.GetValueOrDefault(id, ""));
}
