using Cms.GraphQL;
using Cms.Reading;
using GraphQL;
using GraphQL.DataLoader;

namespace Cms.Taxonomy;

[QueryType]
public static class TaxonomyQueries
{
    /// <summary>
    /// A public category; null if none has this slug. A slug that the category had before it was renamed or merged also
    /// finds it. The result then has the current slug: redirect readers to it.
    /// </summary>
    /// <param name="slug">The slug in the category's URL.</param>
    public static Task<Category?> GetCategoryAsync(
        string slug,
        [Service] ReadTerm terms,
        IResolveFieldContext context,
        CancellationToken cancellationToken
    ) => terms.CategoryAsync(slug, context.Asked<Category>(), cancellationToken);

    /// <summary>The public categories, in the order that the editors chose, then in order of slug.</summary>
    public static Task<Connection<Category>> GetCategoriesAsync(
        PageArguments page,
        [Service] ReadContexts contexts,
        IResolveFieldContext context,
        CancellationToken cancellationToken
    ) =>
        contexts.PageByOrderAsync(
            "categories",
            page,
            db => db.VisibleCategories,
            TaxonomyRows.Categories.Of(context.AskedOfNodes<Category>()),
            row => row.Id,
            ChangeSubject.Category,
            cancellationToken
        );

    /// <summary>
    /// A public tag; null if none has this slug. A slug that the tag had before it was renamed or merged also finds it.
    /// The result then has the current slug: redirect readers to it.
    /// </summary>
    /// <param name="slug">The slug in the tag's URL.</param>
    public static Task<Tag?> GetTagAsync(
        string slug,
        [Service] ReadTerm terms,
        IResolveFieldContext context,
        CancellationToken cancellationToken
    ) => terms.TagAsync(slug, context.Asked<Tag>(), cancellationToken);

    /// <summary>The public tags, in order of slug.</summary>
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

    /// <summary>
    /// A public source; null if none has this slug. A slug that the source had before it was renamed or merged also
    /// finds it. The result then has the current slug: redirect readers to it.
    /// </summary>
    /// <param name="slug">The slug in the source's URL.</param>
    public static Task<Source?> GetSourceAsync(
        string slug,
        [Service] ReadTerm terms,
        IResolveFieldContext context,
        CancellationToken cancellationToken
    ) => terms.SourceAsync(slug, context.Asked<Source>(), cancellationToken);

    /// <summary>The public sources, in order of slug.</summary>
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

/// <summary>A section of the news, such as security. An article belongs to at most one category.</summary>
[ObjectType<Category>(
    Bind = Bind.Explicit,
    Fields = [
        nameof(Category.Id),
        nameof(Category.Slug),
        nameof(Category.Name),
        nameof(Category.Order),
        nameof(Category.Colour),
    ]
)]
[Node]
public static class CategoryNode
{
    [NodeResolver]
    public static IDataLoaderResult<Category?> GetAsync(CategoryId id, [Service] CategoryById categories) =>
        categories.Load(id, ColumnSet.All).IfVisible();

    /// <summary>
    /// The colour for dark pages: moved towards white until its contrast on `#1b1e21` is 3.1:1, which is enough for
    /// graphics. Null if the category has no colour.
    /// </summary>
    public static string? GetColourDark([Parent(nameof(Category.Colour))] Category category) =>
        category.Colour is { } colour ? Foundation.Colour.OnDark(colour) : null;
}

/// <summary>A topic. An article can have several tags.</summary>
[ObjectType<Tag>(Bind = Bind.Explicit, Fields = [nameof(Tag.Id), nameof(Tag.Slug), nameof(Tag.Name)])]
[Node]
public static class TagNode
{
    [NodeResolver]
    public static IDataLoaderResult<Tag?> GetAsync(TagId id, [Service] TagById tags) =>
        tags.Load(id, ColumnSet.All).IfVisible();
}

/// <summary>A publication that articles come from.</summary>
[ObjectType<Source>(Bind = Bind.Explicit, Fields = [nameof(Source.Id), nameof(Source.Slug), nameof(Source.Name)])]
[Node]
public static class SourceNode
{
    [NodeResolver]
    public static IDataLoaderResult<Source?> GetAsync(SourceId id, [Service] SourceById sources) =>
        sources.Load(id, ColumnSet.All).IfVisible();

    /// <summary>The URL of the publication's home page; null if unknown.</summary>
    [Url]
    public static string? GetHomepage([Parent(nameof(Source.Homepage))] Source source) => source.Homepage;
}
