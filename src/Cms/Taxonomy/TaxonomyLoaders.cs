using Cms.Articles;
using Cms.Authors;
using Cms.Delivery;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Reading;
using GraphQL.DataLoader;

namespace Cms.Taxonomy;

internal static class TaxonomyRows
{
    public static Projection<Category, Category> Categories { get; } =
        new(
            c => new Category
            {
                Id = c.Id,
                Slug = c.Slug,
                Name = c.Name,
                Order = c.Order,
                Colour = c.Colour,
                FirstPublishedAt = c.FirstPublishedAt,
                MergedInto = c.MergedInto,
            },
            nameof(Category.Id),
            nameof(Category.MergedInto)
        );

    public static Projection<Tag, Tag> Tags { get; } =
        new(
            t => new Tag
            {
                Id = t.Id,
                Slug = t.Slug,
                Name = t.Name,
                FirstPublishedAt = t.FirstPublishedAt,
                MergedInto = t.MergedInto,
            },
            nameof(Tag.Id),
            nameof(Tag.MergedInto)
        );

    public static Projection<Source, Source> Sources { get; } =
        new(
            s => new Source
            {
                Id = s.Id,
                Slug = s.Slug,
                Name = s.Name,
                Homepage = s.Homepage,
                FirstPublishedAt = s.FirstPublishedAt,
                MergedInto = s.MergedInto,
            },
            nameof(Source.Id),
            nameof(Source.MergedInto)
        );
}

/// <summary>Loads categories by id, including those that are not public. The id of a merged category loads the category that it became.</summary>
public sealed class CategoryById(ReadContexts contexts, CompiledQueries queries, RowCache kept)
    : CachedRowById<CategoryId, Category, Category>(contexts, queries, kept)
{
    private protected override ChangeSubject Subject => ChangeSubject.Category;

    private protected override Projection<Category, Category> Rows => TaxonomyRows.Categories;

    private static readonly KeyedQuery<CategoryId, Category> ById = new(
        "category by id",
        (db, id) => db.Categories.Where(x => x.Id == id),
        (db, ids) => db.Categories.Where(x => ids.Contains(x.Id))
    );

    private protected override KeyedQuery<CategoryId, Category> Query => ById;

    private protected override CategoryId KeyOf(Category row) => row.Id;

    private protected override CategoryId? ReplacedBy(Category row) => row.MergedInto;
}

/// <summary>Loads sources by id, including those that are not public. The id of a merged source loads the source that it became.</summary>
public sealed class SourceById(ReadContexts contexts, CompiledQueries queries, RowCache kept)
    : CachedRowById<SourceId, Source, Source>(contexts, queries, kept)
{
    private protected override ChangeSubject Subject => ChangeSubject.Source;

    private protected override Projection<Source, Source> Rows => TaxonomyRows.Sources;

    private static readonly KeyedQuery<SourceId, Source> ById = new(
        "source by id",
        (db, id) => db.Sources.Where(x => x.Id == id),
        (db, ids) => db.Sources.Where(x => ids.Contains(x.Id))
    );

    private protected override KeyedQuery<SourceId, Source> Query => ById;

    private protected override SourceId KeyOf(Source row) => row.Id;

    private protected override SourceId? ReplacedBy(Source row) => row.MergedInto;
}

/// <summary>Loads tags by id, including those that are not public. The id of a merged tag loads the tag that it became.</summary>
public sealed class TagById(ReadContexts contexts, CompiledQueries queries, RowCache kept)
    : CachedRowById<TagId, Tag, Tag>(contexts, queries, kept)
{
    private protected override ChangeSubject Subject => ChangeSubject.Tag;

    private protected override Projection<Tag, Tag> Rows => TaxonomyRows.Tags;

    private static readonly KeyedQuery<TagId, Tag> ById = new(
        "tag by id",
        (db, id) => db.Tags.Where(x => x.Id == id),
        (db, ids) => db.Tags.Where(x => ids.Contains(x.Id))
    );

    private protected override KeyedQuery<TagId, Tag> Query => ById;

    private protected override TagId KeyOf(Tag row) => row.Id;

    private protected override TagId? ReplacedBy(Tag row) => row.MergedInto;
}

internal static class TagLists
{
    extension(TagById tags)
    {
        /// <summary>Loads tags, in order. Tags that have become one tag are shown once.</summary>
        public IDataLoaderResult<List<Tag>> LoadDistinct(IReadOnlyCollection<TagId> ids, ColumnSet columns) =>
            tags.LoadMany(ids, columns).Then(found => found.OfType<Tag>().DistinctBy(tag => tag.Id).ToList());
    }
}

/// <summary>
/// Reads a public category, tag, source or author by its slug, or by a slug under which it was public before it was renamed or
/// merged.
/// </summary>
public sealed class ReadTerm(
    ReadContexts contexts,
    CompiledQueries queries,
    CategoryById categories,
    TagById tags,
    SourceById sources,
    AuthorById authors
)
{
    private static readonly NamedQuery<string, Source> SourceBySlug = new(
        "source by slug",
        Visibility.BySlug<Source>()
    );

    private static readonly NamedQuery<string, Tag> TagBySlug = new("tag by slug", Visibility.BySlug<Tag>());

    private static readonly NamedQuery<string, Category> CategoryBySlug = new(
        "category by slug",
        Visibility.BySlug<Category>()
    );

    private static readonly NamedQuery<string, Author> AuthorBySlug = new(
        "author by slug",
        Visibility.BySlug<Author>()
    );

    private static readonly NamedQuery<string, TermSlug> SourceByFormerSlug = new(
        "source by former slug",
        (db, slug) => db.TermSlugs.Where(s => s.Kind == TermKind.Source && s.Slug == slug && s.WasPublic)
    );

    private static readonly NamedQuery<string, TermSlug> TagByFormerSlug = new(
        "tag by former slug",
        (db, slug) => db.TermSlugs.Where(s => s.Kind == TermKind.Tag && s.Slug == slug && s.WasPublic)
    );

    private static readonly NamedQuery<string, TermSlug> CategoryByFormerSlug = new(
        "category by former slug",
        (db, slug) => db.TermSlugs.Where(s => s.Kind == TermKind.Category && s.Slug == slug && s.WasPublic)
    );

    private static readonly NamedQuery<string, TermSlug> AuthorByFormerSlug = new(
        "author by former slug",
        (db, slug) => db.TermSlugs.Where(s => s.Kind == TermKind.Author && s.Slug == slug && s.WasPublic)
    );

    private static readonly Projection<TermSlug, Former> Formers = new(
        slug => new Former { TermId = slug.TermId },
        nameof(Former.TermId)
    );

    public async Task<Category?> CategoryAsync(string slug, ColumnSet columns, CancellationToken cancellationToken) =>
        await contexts.FirstAsync(
            queries,
            CategoryBySlug,
            slug,
            TaxonomyRows.Categories,
            columns,
            ChangeSubject.Category,
            row => row.Id,
            cancellationToken
        )
        ?? await FormerAsync(
            CategoryByFormerSlug,
            slug,
            ChangeSubject.Category,
            categories,
            columns,
            cancellationToken
        );

    public async Task<Tag?> TagAsync(string slug, ColumnSet columns, CancellationToken cancellationToken) =>
        await contexts.FirstAsync(
            queries,
            TagBySlug,
            slug,
            TaxonomyRows.Tags,
            columns,
            ChangeSubject.Tag,
            row => row.Id,
            cancellationToken
        ) ?? await FormerAsync(TagByFormerSlug, slug, ChangeSubject.Tag, tags, columns, cancellationToken);

    public async Task<Source?> SourceAsync(string slug, ColumnSet columns, CancellationToken cancellationToken) =>
        await contexts.FirstAsync(
            queries,
            SourceBySlug,
            slug,
            TaxonomyRows.Sources,
            columns,
            ChangeSubject.Source,
            row => row.Id,
            cancellationToken
        ) ?? await FormerAsync(SourceByFormerSlug, slug, ChangeSubject.Source, sources, columns, cancellationToken);

    public async Task<Author?> AuthorAsync(string slug, ColumnSet columns, CancellationToken cancellationToken) =>
        await contexts.FirstAsync(
            queries,
            AuthorBySlug,
            slug,
            AuthorRows.Authors,
            columns,
            ChangeSubject.Author,
            row => row.Id,
            cancellationToken
        ) ?? await FormerAsync(AuthorByFormerSlug, slug, ChangeSubject.Author, authors, columns, cancellationToken);

    // The lookup of the current slug has recorded that any change of the subject affects the answer.
    private async Task<T?> FormerAsync<T, TId>(
        NamedQuery<string, TermSlug> query,
        string slug,
        ChangeSubject subject,
        BatchLoader<TId, T?> terms,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
        where T : class, IPublishedByEdition
        where TId : struct, IEntityId<TId>
    {
        using var lease = await contexts.RentAsync(contexts.Reads.Any(subject), cancellationToken);
        var former = await queries
            .Get(query, Formers.Read(ColumnSet.All).Bits, () => Formers.Of(ColumnSet.All))(lease.Db, slug)
            .FirstOrDefaultAsync(cancellationToken);
        lease.Dispose();
        return former is null
            ? null
            : await terms
                .Load(new TId { Value = former.TermId.Value }, columns)
                .IfVisible()
                .GetResultAsync(cancellationToken);
    }

    private sealed class Former
    {
        public SubjectId TermId { get; init; }
    }
}
