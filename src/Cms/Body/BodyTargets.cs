using Cms.Articles;
using Cms.Articles.Preview;
using Cms.Articles.Reading;
using Cms.GraphQL;
using Cms.Media;
using Cms.Media.Images;
using Cms.Tools;
using GraphQL.DataLoader;

namespace Cms.Body;

/// <summary>
/// The front end's addresses of articles, tools, categories, tags, sources and authors. <c>{slug}</c> is replaced with the slug.
/// </summary>
public sealed record SiteAddresses
{
    public string Article { get; init; } = "/articles/{slug}";

    public string Tool { get; init; } = "/tools/{slug}";

    public string Category { get; init; } = "/categories/{slug}";

    public string Tag { get; init; } = "/tags/{slug}";

    public string Source { get; init; } = "/sources/{slug}";

    public string Author { get; init; } = "/authors/{slug}";

    /// <summary>The preview page. It can also contain the article's <c>{id}</c>, and the <c>{token}</c> of the link.</summary>
    public string Preview { get; init; } = "/preview/{token}?article={id}";

    /// <summary>Returns the path of a page.</summary>
    /// <param name="template">One of these addresses.</param>
    internal static string At(string template, string slug) =>
        template.Replace("{slug}", slug, StringComparison.Ordinal);

    internal string PreviewOf(ArticleId id, string slug, string token) =>
        Preview
            .Replace("{token}", token, StringComparison.Ordinal)
            .Replace("{slug}", slug, StringComparison.Ordinal)
            .Replace("{id}", id.ToString(), StringComparison.Ordinal);
}

/// <summary>Loads the articles, tools and images that bodies refer to, for all bodies of a response together.</summary>
public sealed class BodyTargets(
    ArticleById articles,
    ShownArticles shown,
    ToolById tools,
    ShownImages images,
    RenditionUrls urls,
    SiteAddresses site,
    EmbedHosts hosts
)
{
    private static readonly ColumnSet ArticleColumns = Columns.Set<PublicArticle>(
        nameof(PublicArticle.Headline),
        nameof(PublicArticle.Slug)
    );

    private static readonly ColumnSet ToolColumns = Columns.Set<PublicTool>(
        nameof(PublicTool.Name),
        nameof(PublicTool.Slug)
    );

    /// <summary>
    /// Loads the published titles and addresses of the body's references, except articles that are not public. A preview
    /// of an article does not change the texts of others.
    /// </summary>
    internal IDataLoaderResult<IDataLoaderResult<ReferenceTargets>> Of(
        RichText body,
        bool isPrivate,
        bool hasRelativeImages = false
    )
    {
        var references = body.Derive(BodyForms.References).References;
        if (references is { Articles: [], Tools: [], Media: [] })
        {
            return LoaderResults.Ready(LoaderResults.Ready(ReferenceTargets.None with { Hosts = hosts }));
        }

        var pages = Load(body, ArticleColumns, ToolColumns).Then(Targets);
        return references.Media is []
            ? pages.Then(LoaderResults.Ready)
            : pages.And(
                Shown(references.Media, isPrivate),
                (targets, shown) =>
                    shown.Then(found =>
                        targets with
                        {
                            Media = found
                                .Where(shown => shown.Image is not null)
                                .ToDictionary(
                                    shown => shown.MediaId,
                                    shown => shown.Image!.ToTarget(urls, hasRelativeImages)
                                ),
                        }
                    )
            );
    }

    /// <summary>Loads the images in a body, in the order of first use.</summary>
    internal IDataLoaderResult<IDataLoaderResult<List<BodyImage>>> ImagesOf(RichText body, bool isPrivate) =>
        Shown(body.Derive(BodyForms.References).References.Media, isPrivate);

    /// <summary>
    /// Loads the public articles and all tools that a body embeds. Articles come first; both are in the order of first
    /// use.
    /// </summary>
    internal IDataLoaderResult<IReadOnlyList<IEmbed>> EmbedsOf(RichText body) =>
        EmbedsOf(body.Derive(BodyForms.References).References);

    private IDataLoaderResult<IReadOnlyList<IEmbed>> EmbedsOf(BodyReferences references) =>
        shown
            .LoadMany(references.Articles, ColumnSet.All)
            .And(
                tools.LoadMany(references.Tools, ColumnSet.All),
                IReadOnlyList<IEmbed> (a, t) => [.. a, .. t.OfType<PublicTool>()]
            );

    /// <summary>Returns the external embeds in a body, in order.</summary>
    internal IReadOnlyList<BodyExternalEmbed> ExternalEmbedsOf(RichText body) =>
        [
            .. body
                .Blocks.SelectMany(block => block.SelfAndDescendants())
                .OfType<ExternalEmbed>()
                .Select(embed => new BodyExternalEmbed(
                    embed.Id,
                    embed.Address.Value,
                    embed.Address.Host,
                    embed.Title is "" ? null : embed.Title,
                    hosts.Allow(embed.Address),
                    hosts.Allow(embed.Address) ? EmbedPlayer.FrameOf(embed.Address) : null
                )),
        ];

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
            Hosts = hosts,
            Articles = found.Articles.ToDictionary(
                article => article.Id,
                article => new PageTarget(article.Headline, SiteAddresses.At(site.Article, article.Slug), article.Slug)
            ),
            Tools = found.Tools.ToDictionary(
                tool => tool.Id,
                tool => new PageTarget(tool.Name, SiteAddresses.At(site.Tool, tool.Slug), tool.Slug)
            ),
        };

    private IDataLoaderResult<IDataLoaderResult<List<BodyImage>>> Shown(IEnumerable<MediaId> media, bool isPrivate) =>
        LoaderResults
            .Gather(
                media.Select(id =>
                    images.Of(id, isPrivate: isPrivate).Then(shown => shown.Then(image => new BodyImage(id, image)))
                )
            )
            .Then(LoaderResults.Gather);

    private sealed record Found(List<PublicArticle> Articles, List<PublicTool> Tools);
}
