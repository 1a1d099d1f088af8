using Cms.GraphQL;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Taxonomy;

/// <summary>A category, tag, source or author with the data that only staff can see.</summary>
public abstract class DeskTerm<TId>(Term<TId> term)
    where TId : struct, IEntityId<TId>
{
    /// <summary>The id. It never changes.</summary>
    public TId Id => term.Id;

    /// <summary>The slug in the URL of the page.</summary>
    public string Slug => term.Slug;

    /// <summary>The name.</summary>
    public string Name => term.Name;

    /// <summary>When this item became public; null if it is not yet public.</summary>
    public DateTimeOffset? FirstPublishedAt => term.FirstPublishedAt;

    /// <summary>When this item was last changed.</summary>
    public DateTimeOffset UpdatedAt => term.UpdatedAt;

    /// <summary>Who last changed this item.</summary>
    public string UpdatedBy => term.UpdatedBy;

    /// <summary>Increases with every change. Pass it as expectedVersion.</summary>
    public int Version => term.Version;
}

public sealed class DeskCategory(Category category) : DeskTerm<CategoryId>(category), IViewOf<Category>
{
    /// <summary>
    /// The category's position in lists of categories. Categories with the same position are sorted by slug.
    /// </summary>
    public int Order => category.Order;

    /// <summary>The category's colour as a hexadecimal RGB value, such as `#0a7d55`; null if it has none.</summary>
    public string? Colour => category.Colour;

    internal static Result<DeskCategory> Of(Result<Category> result) =>
        result.Succeeded(out var category, out var errors) ? new DeskCategory(category) : errors.ToList();
}

public sealed class DeskTag(Tag tag) : DeskTerm<TagId>(tag), IViewOf<Tag>
{
    internal static Result<DeskTag> Of(Result<Tag> result) =>
        result.Succeeded(out var tag, out var errors) ? new DeskTag(tag) : errors.ToList();
}

public sealed class DeskSource(Source source) : DeskTerm<SourceId>(source), IViewOf<Source>
{
    public string? Homepage => source.Homepage;

    internal static Result<DeskSource> Of(Result<Source> result) =>
        result.Succeeded(out var source, out var errors) ? new DeskSource(source) : errors.ToList();
}

/// <summary>
/// Reads a term by id, whether or not it is public. For the id of a merged term, returns the term that it was merged
/// into.
/// </summary>
public sealed class ReadDeskTerm<T, TId>(ReadContexts contexts)
    where T : Term<TId>
    where TId : struct, IEntityId<TId>
{
    public async Task<T?> Handle(TId id, CancellationToken cancellationToken)
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        var term = await FindAsync(id);
        return term?.MergedInto is { } target ? await FindAsync(target) : term;

        async Task<T?> FindAsync(TId wanted)
        {
            List<TId> ids = [wanted];
            return await lease
                .Db.Set<T>()
                .AsNoTracking()
                .SingleOrDefaultAsync(term => ids.Contains(term.Id) && term.DeletedAt == null, cancellationToken);
        }
    }
}
