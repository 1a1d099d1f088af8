using Cms.Articles;
using Cms.Authors;
using Cms.Data;
using Cms.GraphQL;
using Microsoft.EntityFrameworkCore;

namespace Cms.Taxonomy;

/// <summary>The terms of some content, each with the term that it is now.</summary>
internal sealed class LiveTerms
{
    private readonly Dictionary<Guid, Guid> _now = [];

    public void Add<TId>(IEnumerable<KeyValuePair<TId, TId>> terms)
        where TId : struct, IEntityId<TId>
    {
        foreach (var (id, live) in terms)
        {
            _now[id.Value] = live.Value;
            _now[live.Value] = live.Value;
        }
    }

    /// <summary>Whether the term exists and was not deleted.</summary>
    public bool Has(IEntityId id) => _now.ContainsKey(id.Value);

    /// <summary>
    /// Returns the content with merged terms replaced by those that they were merged into. Duplicates are left out, and
    /// so are terms that no longer exist, unless <paramref name="keepUnknown" />.
    /// </summary>
    public ArticleContent In(ArticleContent content, bool keepUnknown = false)
    {
        var (category, source) = (Now(content.CategoryId, keepUnknown), Now(content.SourceId, keepUnknown));
        var tags = Of(content.Tags, keepUnknown);
        var authors = Of(content.Authors, keepUnknown);
        return
            category == content.CategoryId
            && source == content.SourceId
            && tags.SequenceEqual(content.Tags)
            && authors.SequenceEqual(content.Authors)
            ? content
            : content with
            {
                CategoryId = category,
                SourceId = source,
                Tags = tags,
                Authors = authors,
            };
    }

    /// <summary>Returns the terms as they are now, without duplicates.</summary>
    public IReadOnlyList<TId> Of<TId>(IReadOnlyList<TId> terms, bool keepUnknown = false)
        where TId : struct, IEntityId<TId> =>
        [.. terms.Select(term => Now<TId>(term, keepUnknown)).OfType<TId>().Distinct()];

    private TId? Now<TId>(TId? id, bool keepUnknown)
        where TId : struct, IEntityId<TId> =>
        id is not { } known ? null
        : _now.TryGetValue(known.Value, out var live) ? new TId { Value = live }
        : keepUnknown ? known
        : null;
}

internal static class TermReferences
{
    // SQL Server allows 2,100 parameters.
    private const int MaxBatch = 500;

    extension(CmsDbContext db)
    {
        /// <summary>
        /// Locks the category, source, tags and authors of some content until the transaction ends, so that they are not merged
        /// or deleted meanwhile, and returns what they are now.
        /// </summary>
        /// <param name="content">The content.</param>
        /// <param name="cancellationToken">Cancels the operation.</param>
        /// <param name="locked">Terms that this transaction has already locked. The other terms are added to them.</param>
        public async Task<LiveTerms> LiveTermsAsync(
            ArticleContent content,
            CancellationToken cancellationToken,
            LiveTerms? locked = null
        )
        {
            var live = locked ?? new LiveTerms();
            if (content.CategoryId is { } category && !live.Has(category))
            {
                live.Add(await db.LiveAsync<Category, CategoryId>([category], cancellationToken));
            }

            if (content.SourceId is { } source && !live.Has(source))
            {
                live.Add(await db.LiveAsync<Source, SourceId>([source], cancellationToken));
            }

            live.Add(await db.LiveAsync<Tag, TagId>([.. content.Tags.Where(tag => !live.Has(tag))], cancellationToken));
            live.Add(
                await db.LiveAsync<Author, AuthorId>(
                    [.. content.Authors.Where(author => !live.Has(author))],
                    cancellationToken
                )
            );
            return live;
        }

        /// <summary>Locks categories and tags and returns what they are now.</summary>
        public async Task<LiveTerms> LiveTermsAsync(
            IReadOnlyList<CategoryId> categories,
            IReadOnlyList<TagId> tags,
            CancellationToken cancellationToken
        )
        {
            var live = await db.LiveTermsAsync(tags, cancellationToken);
            live.Add(await db.LiveAsync<Category, CategoryId>(categories, cancellationToken));
            return live;
        }

        /// <summary>Locks tags and returns what they are now.</summary>
        public async Task<LiveTerms> LiveTermsAsync(IReadOnlyList<TagId> tags, CancellationToken cancellationToken)
        {
            var live = new LiveTerms();
            live.Add(await db.LiveAsync<Tag, TagId>(tags, cancellationToken));
            return live;
        }

        /// <summary>
        /// Returns the tags as they are now, without duplicates, or an error for each that does not exist.
        /// </summary>
        public async Task<Result<IReadOnlyList<TagId>>> FindTagsAsync(
            IReadOnlyList<TagId> tags,
            CancellationToken cancellationToken
        )
        {
            var live = await db.LiveTermsAsync(tags, cancellationToken);
            if (tags.Where(tag => !live.Has(tag)).Distinct().ToList() is [_, ..] missing)
            {
                return missing.ConvertAll<UserError>(id => new TagNotFound(id) { Path = ["tags"] });
            }

            return live.Of(tags).ToList();
        }

        /// <summary>Locks the rows of terms until the transaction ends. Returns how many of them are current.</summary>
        public Task<int> LockTermsAsync<T, TId>(List<TId> ids, CancellationToken cancellationToken)
            where T : Term<TId>
            where TId : struct, IEntityId<TId> =>
            db.Set<T>()
                .Where(term => ids.Contains(term.Id) && term.MergedInto == null && term.DeletedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(x => x.Version, x => x.Version), cancellationToken);

        // Most terms are current. For these, the statement that locks them is also the check.
        private async Task<Dictionary<TId, TId>> LiveAsync<T, TId>(
            IReadOnlyList<TId> terms,
            CancellationToken cancellationToken
        )
            where T : Term<TId>
            where TId : struct, IEntityId<TId>
        {
            var live = new Dictionary<TId, TId>();
            foreach (var chunk in terms.Distinct().Chunk(MaxBatch))
            {
                var ids = chunk.ToList();
                if (await db.LockTermsAsync<T, TId>(ids, cancellationToken) == ids.Count)
                {
                    ids.ForEach(id => live[id] = id);
                    continue;
                }

                var found = await db.Set<T>()
                    .Where(term => ids.Contains(term.Id) && term.DeletedAt == null)
                    .Select(term => new { term.Id, term.MergedInto })
                    .ToListAsync(cancellationToken);
                var targets = found.Select(term => term.MergedInto).OfType<TId>().Distinct().ToList();
                await db.LockTermsAsync<T, TId>(targets, cancellationToken);
                var current = await db.Set<T>()
                    .Where(term => targets.Contains(term.Id) && term.MergedInto == null && term.DeletedAt == null)
                    .Select(term => term.Id)
                    .ToListAsync(cancellationToken);
                foreach (var term in found)
                {
                    if (term.MergedInto is not { } target)
                    {
                        live[term.Id] = term.Id;
                    }
                    else if (current.Contains(target))
                    {
                        live[term.Id] = target;
                    }
                }
            }

            return live;
        }
    }
}
