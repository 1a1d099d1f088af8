using Cms.Articles;
using Cms.Articles.Preview;
using Cms.Articles.Reading;
using Cms.GraphQL;
using GraphQL;
using GraphQL.DataLoader;

namespace Cms.Routes;

/// <summary>The result of looking up a path of the front end.</summary>
[InterfaceType("Route")]
public interface IRoute
{
    /// <summary>The requested path.</summary>
    string Path { get; }
}

/// <summary>Content is published at this path. Respond with 200 and show the content.</summary>
/// <param name="Path">The requested path.</param>
/// <param name="Content">The published content.</param>
public sealed record ContentRoute(string Path, IPageContent Content) : IRoute;

/// <summary>What the page at a path shows: an article, a tool, an author, or the articles of a category, tag or source.</summary>
[UnionType("PageContent")]
public interface IPageContent;

/// <summary>The path is redirected. Respond with 308 and redirect to the target.</summary>
/// <param name="Path">The requested path.</param>
/// <param name="To">The path or URL to redirect to.</param>
public sealed record RedirectRoute(string Path, string To) : IRoute;

/// <summary>
/// The article at this path has been withdrawn. Respond with 410, or with 451 if the kind is LEGAL, and show the
/// reason.
/// </summary>
/// <param name="Path">The requested path.</param>
/// <param name="ArticleId">The id of the withdrawn article.</param>
/// <param name="Reason">The reason for the withdrawal, for readers.</param>
/// <param name="Kind">
/// The kind of withdrawal. LEGAL means that the law or a court order requires the withdrawal.
/// </param>
/// <param name="Since">When the article was withdrawn.</param>
/// <param name="SuccessorId">The id of the article to read instead; null if there is none.</param>
public sealed record GoneRoute(
    string Path,
    ArticleId ArticleId,
    string Reason,
    WithdrawalKind Kind,
    DateTimeOffset Since,
    ArticleId? SuccessorId
) : IRoute;

[ObjectType<GoneRoute>(Bind = Bind.Explicit, Fields = ["Path", "Reason", "Kind", "Since"])]
public static class GoneRouteNode
{
    /// <summary>
    /// The headline of the article as it was last published. Null if the headline may not be shown, because the
    /// withdrawal is of the kind LEGAL or KILL.
    /// </summary>
    public static IDataLoaderResult<string?> GetLastHeadlineAsync(
        [Parent] GoneRoute route,
        [Service] LastHeadline headlines
    ) => headlines.Load(route.ArticleId);

    /// <summary>The article to read instead; null if there is none.</summary>
    public static IDataLoaderResult<PublicArticle?>? GetSuccessorAsync(
        [Parent] GoneRoute route,
        [Service] ShownArticles articles,
        IResolveFieldContext context
    ) => route.SuccessorId is { } id ? articles.Load(id, context.Asked<PublicArticle>()) : null;
}

[QueryType]
public static class RouteQueries
{
    /// <summary>
    /// Looks up a path of the front end: the page of an article, tool, category, tag, source or author, or a path that
    /// editors redirect. The result is the content to show, a redirect, or the reason why the article was withdrawn. It
    /// is null if the path has no redirect and nothing was ever published there, or if the category, tag, source or
    /// author was deleted.
    /// </summary>
    /// <param name="path">The path of the URL, beginning with a slash. Anything after ? or # is ignored.</param>
    public static Task<IRoute?> GetRouteAsync(
        string path,
        [Service] ReadRoute routes,
        CancellationToken cancellationToken
    ) => routes.Handle(path, cancellationToken);
}
