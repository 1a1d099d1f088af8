using Cms.Articles;
using Cms.Articles.Reading;
using Cms.Body;
using Cms.GraphQL;
using GraphQL;
using GraphQL.DataLoader;

namespace Cms.Routes;

/// <summary>What a front end finds at one of its paths.</summary>
[InterfaceType("Route")]
public interface IRoute
{
    /// <summary>The path that was asked for.</summary>
    string Path { get; }
}

/// <summary>Something is published here: answer 200 and show it.</summary>
/// <param name="Path">The path that was asked for.</param>
/// <param name="Content">What is published here.</param>
public sealed record ContentRoute(string Path, IEmbed Content) : IRoute;

/// <summary>It is published elsewhere: answer 308 with the other path.</summary>
/// <param name="Path">The path that was asked for.</param>
/// <param name="To">Where it is for good.</param>
public sealed record RedirectRoute(string Path, string To) : IRoute;

/// <summary>It was here and has been withdrawn: answer 410 and say why.</summary>
/// <param name="Path">The path that was asked for.</param>
/// <param name="Reason">Why it was withdrawn, in words for readers.</param>
/// <param name="Since">When it was withdrawn.</param>
/// <param name="SuccessorId">The article to read instead.</param>
public sealed record GoneRoute(string Path, string Reason, DateTimeOffset Since, ArticleId? SuccessorId) : IRoute;

[ObjectType<GoneRoute>(Bind = Bind.Explicit, Fields = ["Path", "Reason", "Since"])]
public static class GoneRouteNode
{
    /// <summary>The article to read instead; null when there is none.</summary>
    public static IDataLoaderResult<PublicArticle?>? GetSuccessorAsync(
        [Parent] GoneRoute route,
        [Service] ArticleById articles,
        IResolveFieldContext context
    ) => route.SuccessorId is { } id ? articles.Load(id, context.Asked<PublicArticle>()) : null;
}

[QueryType]
public static class RouteQueries
{
    /// <summary>
    /// What lives at a path of the front end now: content to show, another path to send the reader to, or a story that
    /// is gone and why. Null when nothing was ever published there.
    /// </summary>
    /// <param name="path">The path of the reader's address, beginning with a slash; what follows ? or # is passed over.</param>
    public static Task<IRoute?> GetRouteAsync(
        string path,
        [Service] ReadRoute routes,
        CancellationToken cancellationToken
    ) => routes.Handle(path, cancellationToken);
}
