using Cms.Articles.Preview;
using Cms.Authors;
using Cms.Body;
using Cms.GraphQL;
using Cms.Media;
using Cms.Panel.Reading;
using Cms.People;
using Cms.Taxonomy;
using Cms.Tools;
using GraphQL;
using GraphQL.DataLoader;

namespace Cms.Articles.Reading;

/// <summary>A published article with its panel's takes.</summary>
[ObjectType<PublicArticle>(
    Name = "Article",
    Bind = Bind.Explicit,
    Fields = [
        nameof(PublicArticle.Id),
        nameof(PublicArticle.Slug),
        nameof(PublicArticle.Headline),
        nameof(PublicArticle.WordCount),
        nameof(PublicArticle.ReadingMinutes),
        nameof(PublicArticle.Language),
        nameof(PublicArticle.Disclosure),
        nameof(PublicArticle.DigitalSourceType),
        nameof(PublicArticle.FirstPublishedAt),
        nameof(PublicArticle.PublishedAt),
        nameof(PublicArticle.UpdatedAt),
    ]
)]
[Node]
public static class ArticleNode
{
    [NodeResolver]
    public static IDataLoaderResult<PublicArticle?> GetAsync(ArticleId id, [Service] ShownArticles articles) =>
        articles.LoadNamed(id, ColumnSet.All);

    /// <summary>
    /// When the embargo ends, for partners who see the article before: do not publish it earlier. Null for published
    /// articles.
    /// </summary>
    public static DateTimeOffset? GetEmbargoedUntil([Parent("EditionNumber PublishedAt")] PublicArticle article) =>
        article.EditionNumber < 0 ? article.PublishedAt : null;

    /// <summary>The panel's takes, at most one per persona, in the panel's order.</summary>
    [ListSize(4)]
    public static IDataLoaderResult<List<PublicTake>> GetTakesAsync(
        [Parent(nameof(PublicArticle.EditionId))] PublicArticle article,
        [Service] CurrentTakes takes,
        Viewer viewer,
        IResolveFieldContext context
    )
    {
        viewer.Entitlement?.NoteTakes(context);
        return takes.Load(article.EditionId, context.Asked<PublicTake>());
    }

    /// <summary>The number of the panel's takes for each stance.</summary>
    public static IDataLoaderResult<Consensus> GetConsensusAsync(
        [Parent(nameof(PublicArticle.EditionId))] PublicArticle article,
        [Service] CurrentTakes takes
    ) => takes.Load(article.EditionId, Consensus.ColumnsOf<PublicTake>()).Then(Consensus.Of);

    /// <summary>Other articles that share tags or tools with this article, closest matches first.</summary>
    /// <param name="first">The number of articles: 1–20, default 5.</param>
    [Cost(5)]
    public static IDataLoaderResult<List<PublicArticle>> GetRelatedAsync(
        [Parent("Id EditionId")] PublicArticle article,
        [Service] RelatedArticles related,
        IResolveFieldContext context,
        int first = 5
    ) => related.Of(article, first, context.Asked<PublicArticle>());
}

/// <summary>
/// An article as readers saw it at a past time. It has no `id`, so that client caches do not merge it with the current
/// article.
/// </summary>
[ObjectType<ArticleSnapshot>(
    Name = "ArticleSnapshot",
    Bind = Bind.Explicit,
    Fields = [
        nameof(ArticleSnapshot.Slug),
        nameof(ArticleSnapshot.Headline),
        nameof(ArticleSnapshot.WordCount),
        nameof(ArticleSnapshot.ReadingMinutes),
        nameof(ArticleSnapshot.Language),
        nameof(ArticleSnapshot.Disclosure),
        nameof(ArticleSnapshot.DigitalSourceType),
        nameof(ArticleSnapshot.FirstPublishedAt),
        nameof(ArticleSnapshot.PublishedAt),
        nameof(ArticleSnapshot.UpdatedAt),
    ]
)]
public static class ArticleSnapshotNode
{
    /// <summary>The article's id.</summary>
    public static ArticleId GetArticleId([Parent(nameof(ArticleSnapshot.Id))] ArticleSnapshot article) => article.Id;

    /// <summary>The current article.</summary>
    public static IDataLoaderResult<PublicArticle?> GetArticleAsync(
        [Parent(nameof(ArticleSnapshot.Id))] ArticleSnapshot article,
        [Service] ShownArticles articles,
        IResolveFieldContext context
    ) => articles.Load(article.Id, context.Asked<PublicArticle>());

    /// <summary>The panel's takes at that time, at most one per persona, in the panel's order.</summary>
    [ListSize(4)]
    public static IDataLoaderResult<List<TakeSnapshot>> GetTakesAsync(
        [Parent(nameof(ArticleSnapshot.EditionId))] ArticleSnapshot article,
        [Service] PastTakes takes,
        Viewer viewer,
        IResolveFieldContext context
    )
    {
        viewer.Entitlement?.NoteTakes(context);
        return takes.Load(article.EditionId, context.Asked<TakeSnapshot>());
    }

    /// <summary>The number of the panel's takes for each stance at that time.</summary>
    public static IDataLoaderResult<Consensus> GetConsensusAsync(
        [Parent(nameof(ArticleSnapshot.EditionId))] ArticleSnapshot article,
        [Service] PastTakes takes
    ) => takes.Load(article.EditionId, Consensus.ColumnsOf<TakeSnapshot>()).Then(Consensus.Of);
}

/// <summary>The fields that articles and their snapshots share.</summary>
[ObjectType<PublicArticle>]
[ObjectType<ArticleSnapshot>]
public static class EditionViewNode
{
    /// <summary>
    /// The edition's number. The first edition is 1, and each public change to the article adds 1. It is 0 for an article
    /// under embargo.
    /// </summary>
    public static int GetEdition([Parent(nameof(EditionView.EditionNumber))] EditionView article) =>
        Math.Max(0, article.EditionNumber);

    /// <summary>
    /// The summary. For partners whose agreement includes a summary of a number of words, it is cut to that number.
    /// </summary>
    public static string GetSummary([Parent(nameof(EditionView.Summary))] EditionView article, Viewer viewer) =>
        viewer.Entitlement.Cut(article.Summary);

    /// <summary>The body; null for partners whose agreement does not include it.</summary>
    public static PublicBody? GetBody(
        [Parent(nameof(EditionView.Body))] EditionView article,
        Viewer viewer,
        IResolveFieldContext context
    )
    {
        if (viewer.Entitlement is { HasFullText: false })
        {
            context.Withhold(Withheld.Text);
            return null;
        }

        return new(article.Body!, article.IsPrivateFor(viewer.Entitlement));
    }

    /// <summary>
    /// The image at the top of the article, or the image's substitute if the rights in the image have ended; null if
    /// neither can be shown.
    /// </summary>
    public static IDataLoaderResult<IDataLoaderResult<ShownImage?>>? GetHeroImageAsync(
        [Parent("HeroImageId HeroAlt HeroCaption")] EditionView article,
        [Service] ShownImages images,
        Viewer viewer,
        IResolveFieldContext context
    ) =>
        images.OfAny(
            article.HeroImageId,
            context,
            article.HeroAlt,
            article.HeroCaption,
            article.IsPrivateFor(viewer.Entitlement)
        );

    /// <summary>The category that the article belongs to; null if there is none.</summary>
    public static IDataLoaderResult<Category?>? GetCategoryAsync(
        [Parent(nameof(EditionView.CategoryId))] EditionView article,
        [Service] CategoryById categories,
        IResolveFieldContext context
    ) => article.CategoryId is { } id ? categories.Load(id, context.Asked<Category>()) : null;

    /// <summary>Where the story comes from; null for the newsroom's own stories.</summary>
    public static ArticleSource? GetSource([Parent("SourceId SourceUrl SourcePublishedOn")] EditionView article) =>
        article.SourceId is { } id ? new ArticleSource(id, article.SourceUrl, article.SourcePublishedOn) : null;

    /// <summary>The article's tags, in the order that the editor chose.</summary>
    [ListSize(5)]
    public static IDataLoaderResult<List<Tag>> GetTagsAsync(
        [Parent(nameof(EditionView.EditionId))] EditionView article,
        [Service] TagsByEdition tags,
        IResolveFieldContext context
    ) => tags.Load(article.EditionId, context.Asked<Tag>());

    /// <summary>The article's authors, in the order in which to show them.</summary>
    [ListSize(2)]
    public static IDataLoaderResult<List<Author>> GetAuthorsAsync(
        [Parent(nameof(EditionView.EditionId))] EditionView article,
        [Service] AuthorsByEdition authors,
        IResolveFieldContext context
    ) => authors.Load(article.EditionId, context.Asked<Author>());

    /// <summary>
    /// The byline as the editor wrote it; otherwise the names of the authors, separated by commas. Null if there is
    /// neither.
    /// </summary>
    public static IDataLoaderResult<string?> GetBylineAsync(
        [Parent("EditionId Byline")] EditionView article,
        [Service] AuthorsByEdition authors
    ) =>
        article.Byline is { } written && !string.IsNullOrWhiteSpace(written)
            ? LoaderResults.Ready<string?>(written)
            : authors
                .Load(article.EditionId, Columns.Set<Author>(nameof(Author.Name)))
                .Then(found => found.Count == 0 ? null : string.Join(", ", found.Select(author => author.Name)));

    /// <summary>The tools that the article is about, most important first.</summary>
    [ListSize(3)]
    public static IDataLoaderResult<List<PublicTool>> GetAboutAsync(
        [Parent(nameof(EditionView.EditionId))] EditionView article,
        [Service] ToolsByEdition tools,
        IResolveFieldContext context
    ) => tools.Load(article.EditionId, context.Asked<PublicTool>());

    /// <summary>The article's corrections, oldest first.</summary>
    [ListSize(3)]
    public static IDataLoaderResult<List<Correction>> GetCorrectionsAsync(
        [Parent("Id CorrectionSequence")] EditionView article,
        [Service] CorrectionsByArticle corrections
    ) =>
        article.CorrectionSequence == 0
            ? LoaderResults.Ready<List<Correction>>([])
            : corrections.Load(article.Id).Then(all => all.Take(article.CorrectionSequence).ToList());

    /// <summary>Metadata for search engines and link previews.</summary>
    public static ArticleSeo GetSeo(
        [Parent("Headline Summary SeoTitle SeoDescription SeoCanonicalUrl SeoNoIndex")] EditionView article,
        Viewer viewer
    ) =>
        new(
            article.SeoTitle ?? article.Headline,
            viewer.Entitlement.Cut(article.SeoDescription ?? article.Summary),
            article.SeoCanonicalUrl,
            article.SeoNoIndex
        );
}

/// <summary>Metadata for search engines and link previews.</summary>
/// <param name="Title">The page title: the headline unless the editor chose a different one.</param>
/// <param name="Description">The page description: the summary unless the editor chose a different one.</param>
/// <param name="CanonicalUrl">
/// The URL that search engines should list instead of the article's URL; null if there is none.
/// </param>
/// <param name="NoIndex">Whether search engines should leave the page out of their results.</param>
public sealed record ArticleSeo(string Title, string Description, [property: Url] string? CanonicalUrl, bool NoIndex);

/// <summary>Where a story comes from.</summary>
/// <param name="PublicationId">The publication.</param>
/// <param name="Url">The URL of the original story; null if there is none.</param>
/// <param name="PublishedOn">When the original story was published; null if unknown.</param>
public sealed record ArticleSource(
    [property: GraphQLIgnore] SourceId PublicationId,
    [property: Url] string? Url,
    DateOnly? PublishedOn
);

[ObjectType<ArticleSource>]
public static class ArticleSourceNode
{
    /// <summary>The publication's name.</summary>
    public static IDataLoaderResult<string> GetNameAsync([Parent] ArticleSource source, [Service] SourceById sources) =>
        sources.Load(source.PublicationId, Columns.Set<Source>(nameof(Source.Name))).Then(found => found!.Name);

    /// <summary>The publication.</summary>
    public static IDataLoaderResult<Source> GetPublicationAsync(
        [Parent] ArticleSource source,
        [Service] SourceById sources,
        IResolveFieldContext context
    ) => sources.Load(source.PublicationId, context.Asked<Source>()).Then(found => found!);
}

[ObjectType<Correction>(
    Bind = Bind.Explicit,
    Fields = [nameof(Correction.At), nameof(Correction.Note), nameof(Correction.Severity)]
)]
public static class CorrectionNode;
