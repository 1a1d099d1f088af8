using Cms.GraphQL;
using Cms.People;
using Cms.Reading;
using GraphQL;
using AuthorizeAttribute = Cms.GraphQL.AuthorizeAttribute;

namespace Cms.Taxonomy;

[ObjectType<DeskRoot>]
[Authorize(Policies.Author)]
public static class TaxonomyDesk
{
    /// <summary>All categories, in order of slug, including those that are not yet public.</summary>
    public static Task<Connection<Category>?> GetCategoriesAsync(
        PageArguments page,
        [Service] ReadContexts contexts,
        IResolveFieldContext context,
        CancellationToken cancellationToken
    ) =>
        contexts.PageBySlugAsync(
            "desk categories",
            page,
            db => db.Categories,
            TaxonomyRows.Categories.Of(context.AskedOfNodes<Category>()),
            row => row.Id,
            subject: null,
            cancellationToken
        )!;

    /// <summary>All tags, in order of slug, including those that are not yet public.</summary>
    public static Task<Connection<Tag>?> GetTagsAsync(
        PageArguments page,
        [Service] ReadContexts contexts,
        IResolveFieldContext context,
        CancellationToken cancellationToken
    ) =>
        contexts.PageBySlugAsync(
            "desk tags",
            page,
            db => db.Tags,
            TaxonomyRows.Tags.Of(context.AskedOfNodes<Tag>()),
            row => row.Id,
            subject: null,
            cancellationToken
        )!;

    /// <summary>All sources, in order of slug, including those that are not yet public.</summary>
    public static Task<Connection<Source>?> GetSourcesAsync(
        PageArguments page,
        [Service] ReadContexts contexts,
        IResolveFieldContext context,
        CancellationToken cancellationToken
    ) =>
        contexts.PageBySlugAsync(
            "desk sources",
            page,
            db => db.Sources,
            TaxonomyRows.Sources.Of(context.AskedOfNodes<Source>()),
            row => row.Id,
            subject: null,
            cancellationToken
        )!;
}
