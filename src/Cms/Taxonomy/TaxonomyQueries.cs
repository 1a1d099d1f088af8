using Cms.GraphQL;
using Cms.Reading;
using GraphQL;
using GraphQL.DataLoader;

namespace Cms.Taxonomy;

[QueryType]
public static class TaxonomyQueries
{
    /// <summary>One category; null if there is none of that slug.</summary>
    /// <param name="slug">The words of its URL.</param>
    public static Task<Category?> GetCategoryAsync(
        string slug,
        [Service] ReadTerm terms,
        IResolveFieldContext context,
        CancellationToken cancellationToken
    ) => terms.CategoryAsync(slug, context.Asked<Category>(), cancellationToken);

    /// <summary>The newsroom's departments, by slug.</summary>
    public static Task<Connection<Category>> GetCategoriesAsync(
        PageArguments page,
        [Service] ReadContexts contexts,
        IResolveFieldContext context,
        CancellationToken cancellationToken
    ) =>
        contexts.PageBySlugAsync(
            "categories",
            page,
            db => db.VisibleCategories,
            TaxonomyRows.Categories.Of(context.AskedOfNodes<Category>()),
            row => row.Id,
            ChangeSubject.Category,
            cancellationToken
        );

    /// <summary>One topic; null if there is none of that slug.</summary>
    /// <param name="slug">The words of its URL.</param>
    public static Task<Tag?> GetTagAsync(
        string slug,
        [Service] ReadTerm terms,
        IResolveFieldContext context,
        CancellationToken cancellationToken
    ) => terms.TagAsync(slug, context.Asked<Tag>(), cancellationToken);

    /// <summary>The topics, by slug.</summary>
    public static Task<Connection<Tag>> GetTagsAsync(
        PageArguments page,
        [Service] ReadContexts contexts,
        IResolveFieldContext context,
        CancellationToken cancellationToken
    ) =>
        contexts.PageBySlugAsync(
            "tags",
            page,
            db => db.VisibleTags,
            TaxonomyRows.Tags.Of(context.AskedOfNodes<Tag>()),
            row => row.Id,
            ChangeSubject.Tag,
            cancellationToken
        );

    /// <summary>One publication; null if there is none of that slug.</summary>
    /// <param name="slug">The words of its URL.</param>
    public static Task<Source?> GetSourceAsync(
        string slug,
        [Service] ReadTerm terms,
        IResolveFieldContext context,
        CancellationToken cancellationToken
    ) => terms.SourceAsync(slug, context.Asked<Source>(), cancellationToken);

    /// <summary>The publications that stories come from, by slug.</summary>
    public static Task<Connection<Source>> GetSourcesAsync(
        PageArguments page,
        [Service] ReadContexts contexts,
        IResolveFieldContext context,
        CancellationToken cancellationToken
    ) =>
        contexts.PageBySlugAsync(
            "sources",
            page,
            db => db.VisibleSources,
            TaxonomyRows.Sources.Of(context.AskedOfNodes<Source>()),
            row => row.Id,
            ChangeSubject.Source,
            cancellationToken
        );
}

/// <summary>The one department that a story belongs to.</summary>
[ObjectType<Category>(
    Bind = Bind.Explicit,
    Fields = [nameof(Category.Id), nameof(Category.Slug), nameof(Category.Name)]
)]
[Node]
public static class CategoryNode
{
    [NodeResolver]
    public static IDataLoaderResult<Category?> GetAsync(CategoryId id, [Service] CategoryById categories) =>
        categories.Load(id, ColumnSet.All).IfVisible();
}

/// <summary>A topic; a story has several.</summary>
[ObjectType<Tag>(Bind = Bind.Explicit, Fields = [nameof(Tag.Id), nameof(Tag.Slug), nameof(Tag.Name)])]
[Node]
public static class TagNode
{
    [NodeResolver]
    public static IDataLoaderResult<Tag?> GetAsync(TagId id, [Service] TagById tags) =>
        tags.Load(id, ColumnSet.All).IfVisible();
}

/// <summary>A publication that stories come from.</summary>
[ObjectType<Source>(Bind = Bind.Explicit, Fields = [nameof(Source.Id), nameof(Source.Slug), nameof(Source.Name)])]
[Node]
public static class SourceNode
{
    [NodeResolver]
    public static IDataLoaderResult<Source?> GetAsync(SourceId id, [Service] SourceById sources) =>
        sources.Load(id, ColumnSet.All).IfVisible();

    /// <summary>Its front page.</summary>
    [Url]
    public static string? GetHomepage([Parent(nameof(Source.Homepage))] Source source) => source.Homepage;
}
