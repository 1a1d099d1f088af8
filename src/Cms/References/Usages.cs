using System.Globalization;
using Cms.Articles;
using Cms.Bookmarks;
using Cms.Data;
using Cms.Foundation;
using Cms.Fronts;
using Cms.GraphQL;
using Cms.Media;
using Cms.Partners;
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
/// <param name="UsedById">The id of the article, front, tool, image or partner.</param>
/// <param name="Title">
/// The headline of the article, the name of the tool, the name of the front's category (‘the home page’ for the front
/// of the home page), the name of the partner, or the file name of the image.
/// </param>
public sealed record Usage(UsageKind Kind, [property: GraphQL.ID] string UsedById, string Title);

/// <summary>What uses an article, category, tag, source or author.</summary>
/// <param name="TotalCount">The number of uses of all kinds.</param>
/// <param name="Counts">The number of uses of each kind. Kinds without a use are left out.</param>
/// <param name="Users">
/// The first uses: published articles first, then fronts, notices, partners, schedules, tools, working copies and images. Takes and
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
            UsageKind.Partner => ("partner’s agreement", "partners’ agreements"),
            _ => ("bookmark", "bookmarks"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{usage.Count} {(usage.Count == 1 ? one : many)}");
    }
}

internal static class UsageReads
{
    extension(CmsDbContext db)
    {
        /// <summary>Returns what uses each article, category, tag, source or author.</summary>
        /// <param name="targets">Distinct ids.</param>
        /// <param name="first">The maximum number of uses to list for each.</param>
        /// <param name="cancellationToken">Cancels the reads.</param>
        public async Task<Dictionary<IEntityId, Usages>> UsagesAsync(
            IReadOnlyCollection<IEntityId> targets,
            int first,
            CancellationToken cancellationToken
        )
        {
            var uses = targets.Select(target => target.Value).Distinct().ToDictionary(id => id, _ => new UsesOfOne());
            List<FacetId> facets = [.. targets.Where(target => target is not ArticleId).Select(FacetId.Of)];
            if (facets.Count > 0)
            {
                await db.ReadPublishedAsync(uses, facets, first, cancellationToken);
            }

            await db.ReadReferencesAsync(uses, [.. targets.Select(SubjectId.Of)], first, cancellationToken);
            if (targets.OfType<TagId>().ToList() is [_, ..] tags)
            {
                await db.ReadImagesAsync(uses, tags, first, cancellationToken);
            }

            if (targets.OfType<ArticleId>().ToList() is [_, ..] articles)
            {
                await db.CountTakesAndBookmarksAsync(uses, articles, cancellationToken);
            }

            var named = await db.WithTitlesAsync(
                [.. uses.Values.SelectMany(one => one.Users.Take(first))],
                cancellationToken
            );
            var titles = named
                .Zip(uses.SelectMany(one => one.Value.Users.Take(first).Select(_ => one.Key)))
                .ToLookup(pair => pair.Second, pair => pair.First);
            return targets.ToDictionary(
                target => target,
                target => Usages.Of(uses[target.Value].Counts, [.. titles[target.Value]])
            );
        }

        // The articles in the listings of each facet, newest first.
        private async Task ReadPublishedAsync(
            Dictionary<Guid, UsesOfOne> uses,
            List<FacetId> facets,
            int first,
            CancellationToken cancellationToken
        )
        {
            var published = db.VisibleArticles.Where(l => facets.Contains(l.FacetId));
            uses.Add(
                await published
                    .GroupBy(l => l.FacetId)
                    .Select(listed => new { listed.Key, Count = listed.Count() })
                    .ToListAsync(cancellationToken),
                listed => listed.Key.Value,
                (one, listed) => one.Counts[UsageKind.Article] = listed.Count
            );
            var newest = await published
                .Select(l => l.FacetId)
                .Distinct()
                .SelectMany(facet =>
                    published
                        .Where(l => l.FacetId == facet)
                        .OrderByDescending(l => l.PublishedAt)
                        .ThenByDescending(l => l.ArticleId)
                        .Take(first)
                )
                .Select(l => new
                {
                    l.FacetId,
                    l.PublishedAt,
                    l.ArticleId,
                })
                .ToListAsync(cancellationToken);
            uses.Add(
                newest.OrderByDescending(l => l.PublishedAt).ThenByDescending(l => l.ArticleId.Value),
                listed => listed.FacetId.Value,
                (one, listed) => one.Users.Add((UsageKind.Article, listed.ArticleId.Value))
            );
        }

        // The kinds are in alphabetical order, as in the index: published articles come first.
        private async Task ReadReferencesAsync(
            Dictionary<Guid, UsesOfOne> uses,
            List<SubjectId> targets,
            int first,
            CancellationToken cancellationToken
        )
        {
            var references = db.References.Where(r => targets.Contains(r.TargetId));
            uses.Add(
                await references
                    .GroupBy(r => new { r.TargetId, r.Kind })
                    .Select(used => new { used.Key, Count = used.Count() })
                    .ToListAsync(cancellationToken),
                used => used.Key.TargetId.Value,
                (one, used) => one.Counts[used.Key.Kind] = used.Count
            );
            var rows = await references
                .Select(r => r.TargetId)
                .Distinct()
                .SelectMany(target =>
                    references.Where(r => r.TargetId == target).OrderBy(r => r.Kind).ThenBy(r => r.UserId).Take(first)
                )
                .ToListAsync(cancellationToken);
            uses.Add(
                rows.OrderBy(r => r.Kind.ToString(), StringComparer.Ordinal).ThenBy(r => r.UserId.Value),
                reference => reference.TargetId.Value,
                (one, reference) => one.Users.Add((reference.Kind, reference.UserId.Value))
            );
        }

        private async Task ReadImagesAsync(
            Dictionary<Guid, UsesOfOne> uses,
            List<TagId> tags,
            int first,
            CancellationToken cancellationToken
        )
        {
            var filed = db.MediaTags.Where(t => tags.Contains(t.TagId));
            uses.Add(
                await filed
                    .GroupBy(t => t.TagId)
                    .Select(images => new { images.Key, Count = images.Count() })
                    .ToListAsync(cancellationToken),
                images => images.Key.Value,
                (one, images) => one.Counts[UsageKind.Image] = images.Count
            );
            var newest = await filed
                .Select(t => t.TagId)
                .Distinct()
                .SelectMany(tag => filed.Where(t => t.TagId == tag).OrderByDescending(t => t.MediaId).Take(first))
                .ToListAsync(cancellationToken);
            uses.Add(
                newest.OrderByDescending(t => t.MediaId.Value),
                image => image.TagId.Value,
                (one, image) => one.Users.Add((UsageKind.Image, image.MediaId.Value))
            );
        }

        private async Task CountTakesAndBookmarksAsync(
            Dictionary<Guid, UsesOfOne> uses,
            List<ArticleId> articles,
            CancellationToken cancellationToken
        )
        {
            uses.Add(
                await db
                    .Takes.Where(t => articles.Contains(t.ArticleId))
                    .GroupBy(t => t.ArticleId)
                    .Select(takes => new { takes.Key, Count = takes.Count() })
                    .ToListAsync(cancellationToken),
                takes => takes.Key.Value,
                (one, takes) => one.Counts[UsageKind.Take] = takes.Count
            );
            List<TargetId> bookmarked = [.. articles.Select(article => new TargetId(article.Value))];
            uses.Add(
                await db
                    .Bookmarks.Where(b => bookmarked.Contains(b.TargetId))
                    .GroupBy(b => b.TargetId)
                    .Select(bookmarks => new { bookmarks.Key, Count = bookmarks.Count() })
                    .ToListAsync(cancellationToken),
                bookmarks => bookmarks.Key.Value,
                (one, bookmarks) => one.Counts[UsageKind.Bookmark] = bookmarks.Count
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
                kind => kind is not (UsageKind.Tool or UsageKind.Image or UsageKind.Front or UsageKind.Partner)
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
            var partners = IdsOf<PartnerId>(users, kind => kind is UsageKind.Partner);
            var companies =
                partners.Count == 0
                    ? []
                    : await db
                        .Partners.Where(p => partners.Contains(p.Id))
                        .Select(p => new { p.Id, p.Name })
                        .ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken);
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
                        UsageKind.Partner => UsageOf(use.Kind, new PartnerId(use.User), companies),
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

/// <summary>The uses of one target, while they are read.</summary>
internal sealed class UsesOfOne
{
    public Dictionary<UsageKind, int> Counts { get; } = [];

    public List<(UsageKind Kind, Guid User)> Users { get; } = [];
}

internal static class UsesByTarget
{
    extension(Dictionary<Guid, UsesOfOne> uses)
    {
        /// <summary>Adds each row to the uses of its target.</summary>
        public void Add<TRow>(IEnumerable<TRow> rows, Func<TRow, Guid> target, Action<UsesOfOne, TRow> add)
        {
            foreach (var row in rows)
            {
                if (uses.TryGetValue(target(row), out var one))
                {
                    add(one, row);
                }
            }
        }
    }
}
