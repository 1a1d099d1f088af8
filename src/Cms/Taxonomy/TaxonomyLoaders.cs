using System.Linq.Expressions;
using Cms.Api;
using Cms.Data;

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
            },
            nameof(Source.Id)
        );
}

/// <summary>Categories by id.</summary>
public sealed class CategoryById(ReadContexts contexts, CompiledQueries queries) : BatchLoader<CategoryId, Category?>
{
    protected override async Task<Dictionary<CategoryId, Category?>> ReadAsync(
        List<CategoryId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        var rows = await queries
            .Read(
                "categories by id",
                lease.Db,
                keys,
                TaxonomyRows.Categories,
                columns,
                (db, id) => db.Categories.Where(c => c.Id == id),
                (db, ids) => db.Categories.Where(c => ids.Contains(c.Id))
            )
            .ReadAllAsync(keys.Count, cancellationToken);
        return rows.ToDictionary(row => row.Id, Category? (row) => row);
    }
}

/// <summary>Sources by id.</summary>
public sealed class SourceById(ReadContexts contexts, CompiledQueries queries) : BatchLoader<SourceId, Source?>
{
    protected override async Task<Dictionary<SourceId, Source?>> ReadAsync(
        List<SourceId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        var rows = await queries
            .Read(
                "sources by id",
                lease.Db,
                keys,
                TaxonomyRows.Sources,
                columns,
                (db, id) => db.Sources.Where(s => s.Id == id),
                (db, ids) => db.Sources.Where(s => ids.Contains(s.Id))
            )
            .ReadAllAsync(keys.Count, cancellationToken);
        return rows.ToDictionary(row => row.Id, Source? (row) => row);
    }
}

/// <summary>Tags by id.</summary>
public sealed class TagById(ReadContexts contexts, CompiledQueries queries) : BatchLoader<TagId, Tag?>
{
    protected override async Task<Dictionary<TagId, Tag?>> ReadAsync(
        List<TagId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        var rows = await queries
            .Read(
                "tags by id",
                lease.Db,
                keys,
                TaxonomyRows.Tags,
                columns,
                (db, id) => db.Tags.Where(t => t.Id == id),
                (db, ids) => db.Tags.Where(t => ids.Contains(t.Id))
            )
            .ReadAllAsync(keys.Count, cancellationToken);
        return rows.ToDictionary(row => row.Id, Tag? (row) => row);
    }
}

/// <summary>One category, tag or source by what a URL says.</summary>
public sealed class ReadTerm(ReadContexts contexts, CompiledQueries queries)
{
    public Task<Category?> CategoryAsync(string slug, ColumnSet columns, CancellationToken cancellationToken) =>
        FirstAsync(
            "category by slug",
            slug,
            (db, s) => db.Categories.Where(c => c.Slug == s),
            TaxonomyRows.Categories,
            columns,
            cancellationToken
        );

    public Task<Tag?> TagAsync(string slug, ColumnSet columns, CancellationToken cancellationToken) =>
        FirstAsync(
            "tag by slug",
            slug,
            (db, s) => db.Tags.Where(t => t.Slug == s),
            TaxonomyRows.Tags,
            columns,
            cancellationToken
        );

    public Task<Source?> SourceAsync(string slug, ColumnSet columns, CancellationToken cancellationToken) =>
        FirstAsync(
            "source by slug",
            slug,
            (db, s) => db.Sources.Where(x => x.Slug == s),
            TaxonomyRows.Sources,
            columns,
            cancellationToken
        );

    private async Task<T?> FirstAsync<T>(
        string name,
        string slug,
        Expression<Func<CmsDbContext, string, IQueryable<T>>> query,
        Projection<T, T> rows,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
        where T : class
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        return await queries
            .Get(name, rows.Read(columns).Bits, query, () => rows.Of(columns))(lease.Db, slug)
            .FirstOrDefaultAsync(cancellationToken);
    }
}
