using Cms.Api;
using Cms.Articles;
using Cms.Tools;
using GraphQL.DataLoader;

namespace Cms.Body;

/// <summary>Where the front end shows what bodies refer to; <c>{slug}</c> stands for the slug.</summary>
public sealed record SiteAddresses
{
    public string Article { get; init; } = "/articles/{slug}";

    public string Tool { get; init; } = "/tools/{slug}";
}

/// <summary>Looks up what bodies refer to, for all bodies of an answer at once.</summary>
public sealed class BodyTargets(ArticleById articles, ToolById tools, SiteAddresses site)
{
    private static readonly IDataLoaderResult<ReferenceTargets> Nothing = LoaderResults.Ready(ReferenceTargets.None);

    private static readonly ColumnSet ArticleColumns = Columns.Set<PublicArticle>(
        nameof(PublicArticle.Headline),
        nameof(PublicArticle.Slug)
    );

    private static readonly ColumnSet ToolColumns = Columns.Set<PublicTool>(
        nameof(PublicTool.Name),
        nameof(PublicTool.Slug)
    );

    /// <summary>Titles and addresses as they are now; what is not public is not among them.</summary>
    internal IDataLoaderResult<ReferenceTargets> Of(RichText body) =>
        body.Derive(BodyForms.References).References is { Articles: [], Tools: [] }
            ? Nothing
            : Load(body, ArticleColumns, ToolColumns).Then(Targets);

    /// <summary>The public articles and tools a body embeds, in the order of first mention.</summary>
    internal IDataLoaderResult<IReadOnlyList<IEmbed>> EmbedsOf(RichText body) =>
        Load(body, ColumnSet.All, ColumnSet.All)
            .Then<Found, IReadOnlyList<IEmbed>>(found => [.. found.Articles, .. found.Tools]);

    private IDataLoaderResult<Found> Load(RichText body, ColumnSet ofArticles, ColumnSet ofTools)
    {
        var references = body.Derive(BodyForms.References).References;
        return articles
            .LoadMany(references.Articles, ofArticles)
            .And(
                tools.LoadMany(references.Tools, ofTools),
                (a, t) => new Found([.. a.OfType<PublicArticle>()], [.. t.OfType<PublicTool>()])
            );
    }

    private ReferenceTargets Targets(Found found) =>
        new()
        {
            Articles = found.Articles.ToDictionary(
                article => article.Id,
                article => new PageTarget(article.Headline, Address(site.Article, article.Slug), article.Slug)
            ),
            Tools = found.Tools.ToDictionary(
                tool => tool.Id,
                tool => new PageTarget(tool.Name, Address(site.Tool, tool.Slug), tool.Slug)
            ),
        };

    private static string Address(string template, string slug) =>
        template.Replace("{slug}", slug, StringComparison.Ordinal);

    private sealed record Found(List<PublicArticle> Articles, List<PublicTool> Tools);
}
