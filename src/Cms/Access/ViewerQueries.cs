using Cms.GraphQL;
using Cms.People;
using Cms.Reading;

namespace Cms.Access;

[QueryType]
public static class ViewerQueries
{
    /// <summary>The signed-in viewer; null if the request is anonymous.</summary>
    public static Viewer? GetViewer([Service] CurrentViewer current, [Service] ReadContexts contexts)
    {
        contexts.Reads.Personal();
        return current.Value is { Kind: not ViewerKind.Anonymous } viewer ? viewer : null;
    }
}
