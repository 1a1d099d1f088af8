using Cms.Delivery;
using Cms.GraphQL;
using Cms.Reading;

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
                FirstPublishedAt = c.FirstPublishedAt,
            },
            nameof(Category.Id)
        );

    public static Projection<Tag, Tag> Tags { get; } =
        new(
            t => new Tag
            {
                Id = t.Id,
                Slug = t.Slug,
                Name = t.Name,
                FirstPublishedAt = t.FirstPublishedAt,
            },
            nameof(Tag.Id)
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
            },
            nameof(Source.Id)
        );
}

/// <summary>Loads categories by id, including those that are not public.</summary>
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
}

/// <summary>Loads sources by id, including those that are not public.</summary>
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
}

/// <summary>Loads tags by id, including those that are not public.</summary>
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
}

/// <summary>Reads a public category, tag or source by its slug.</summary>
public sealed class ReadTerm(ReadContexts contexts, CompiledQueries queries)
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

    public Task<Category?> CategoryAsync(string slug, ColumnSet columns, CancellationToken cancellationToken) =>
        contexts.FirstAsync(
            queries,
            CategoryBySlug,
            slug,
            TaxonomyRows.Categories,
            columns,
            ChangeSubject.Category,
            row => row.Id,
            cancellationToken
        );

    public Task<Tag?> TagAsync(string slug, ColumnSet columns, CancellationToken cancellationToken) =>
        contexts.FirstAsync(
            queries,
            TagBySlug,
            slug,
            TaxonomyRows.Tags,
            columns,
            ChangeSubject.Tag,
            row => row.Id,
            cancellationToken
        );

    public Task<Source?> SourceAsync(string slug, ColumnSet columns, CancellationToken cancellationToken) =>
        contexts.FirstAsync(
            queries,
            SourceBySlug,
            slug,
            TaxonomyRows.Sources,
            columns,
            ChangeSubject.Source,
            row => row.Id,
            cancellationToken
        );
}
