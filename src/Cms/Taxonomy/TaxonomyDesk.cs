using Cms.GraphQL;
using Cms.People;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Taxonomy;

[ObjectType<DeskRoot>]
[Authorize(Policies.Author)]
public static class TaxonomyDesk
{
    /// <summary>All categories, sorted by position and then by slug, including those that are not yet public.</summary>
    public static Task<Connection<DeskCategory>?> GetCategoriesAsync(
        PageArguments page,
        [Service] ReadContexts contexts,
        CancellationToken cancellationToken
    ) =>
        contexts.PageByOrderAsync(
            "desk categories",
            page,
            db => db.Categories.AsNoTracking().Where(x => x.MergedInto == null && x.DeletedAt == null),
            category => new DeskCategory(category),
            category => category.Id,
            subject: null,
            cancellationToken
        )!;

    /// <summary>
    /// A category; null if none has this id. For the id of a merged category, returns the category that it was merged
    /// into.
    /// </summary>
    /// <param name="id">The category's id.</param>
    public static async Task<DeskCategory?> GetCategoryAsync(
        CategoryId id,
        [Service] ReadDeskTerm<Category, CategoryId> terms,
        CancellationToken cancellationToken
    ) => await terms.Handle(id, cancellationToken) is { } category ? new DeskCategory(category) : null;

    /// <summary>
    /// All tags, in order of slug, including those that are not yet public.
    /// </summary>
    public static Task<Connection<DeskTag>?> GetTagsAsync(
        PageArguments page,
        [Service] ReadContexts contexts,
        CancellationToken cancellationToken
    ) =>
        contexts.PageBySlugAsync(
            "desk tags",
            page,
            db => db.Tags.AsNoTracking().Where(x => x.MergedInto == null && x.DeletedAt == null),
            tag => new DeskTag(tag),
            tag => tag.Id,
            subject: null,
            cancellationToken
        )!;

    /// <summary>
    /// A tag; null if none has this id. For the id of a merged tag, returns the tag that it was merged into.
    /// </summary>
    /// <param name="id">The tag's id.</param>
    public static async Task<DeskTag?> GetTagAsync(
        TagId id,
        [Service] ReadDeskTerm<Tag, TagId> terms,
        CancellationToken cancellationToken
    ) => await terms.Handle(id, cancellationToken) is { } tag ? new DeskTag(tag) : null;

    /// <summary>
    /// All sources, in order of slug, including those that are not yet public.
    /// </summary>
    public static Task<Connection<DeskSource>?> GetSourcesAsync(
        PageArguments page,
        [Service] ReadContexts contexts,
        CancellationToken cancellationToken
    ) =>
        contexts.PageBySlugAsync(
            "desk sources",
            page,
            db => db.Sources.AsNoTracking().Where(x => x.MergedInto == null && x.DeletedAt == null),
            source => new DeskSource(source),
            source => source.Id,
            subject: null,
            cancellationToken
        )!;

    /// <summary>
    /// A source; null if none has this id. For the id of a merged source, returns the source that it was merged into.
    /// </summary>
    /// <param name="id">The source's id.</param>
    public static async Task<DeskSource?> GetSourceAsync(
        SourceId id,
        [Service] ReadDeskTerm<Source, SourceId> terms,
        CancellationToken cancellationToken
    ) => await terms.Handle(id, cancellationToken) is { } source ? new DeskSource(source) : null;
}
