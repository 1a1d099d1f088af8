using Cms.GraphQL;
using Cms.Panel.Reading;
using Cms.Reading;
using Cms.Taxonomy;
using Cms.Tools;
using GraphQL;
using GraphQL.DataLoader;

namespace Cms.Articles.Reading;

[ObjectType<Category>]
public static class CategoryArticles
{
    /// <summary>The published articles in this category, newest first.</summary>
    public static IDataLoaderResult<Connection<PublicArticle>> GetArticlesAsync(
        [Parent(nameof(Category.Id))] Category category,
        PageArguments page,
        [Service] ArticlesByFacet articles,
        IResolveFieldContext context
    ) => articles.Of(category.Id, page, context);
}

[ObjectType<Tag>]
public static class TagArticles
{
    /// <summary>The published articles with this tag, newest first.</summary>
    public static IDataLoaderResult<Connection<PublicArticle>> GetArticlesAsync(
        [Parent(nameof(Tag.Id))] Tag tag,
        PageArguments page,
        [Service] ArticlesByFacet articles,
        IResolveFieldContext context
    ) => articles.Of(tag.Id, page, context);
}

[ObjectType<Source>]
public static class SourceArticles
{
    /// <summary>The published articles from this source, newest first.</summary>
    public static IDataLoaderResult<Connection<PublicArticle>> GetArticlesAsync(
        [Parent(nameof(Source.Id))] Source source,
        PageArguments page,
        [Service] ArticlesByFacet articles,
        IResolveFieldContext context
    ) => articles.Of(source.Id, page, context);
}

[ObjectType<PublicTool>]
public static class ToolArticles
{
    /// <summary>The published articles about this tool, newest first.</summary>
    public static IDataLoaderResult<Connection<PublicArticle>> GetArticlesAsync(
        [Parent(nameof(PublicTool.Id))] PublicTool tool,
        PageArguments page,
        [Service] ArticlesByFacet articles,
        IResolveFieldContext context
    ) => articles.Of(tool.Id, page, context);
}

[ObjectType<PublicPersona>]
public static class PersonaArticles
{
    /// <summary>The published articles on which this persona has a take, newest first.</summary>
    public static IDataLoaderResult<Connection<PublicArticle>> GetArticlesAsync(
        [Parent(nameof(PublicPersona.Id))] PublicPersona persona,
        PageArguments page,
        [Service] ArticlesByFacet articles,
        IResolveFieldContext context
    ) => articles.Of(persona.Id, page, context);
}

internal static class FacetLists
{
    extension(ArticlesByFacet articles)
    {
        public IDataLoaderResult<Connection<PublicArticle>> Of(
            IEntityId parent,
            PageArguments page,
            IResolveFieldContext context
        ) => articles.Load((FacetId.Of(parent), page), context.AskedOfNodes<PublicArticle>());
    }
}
