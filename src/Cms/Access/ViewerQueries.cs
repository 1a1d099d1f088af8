using Cms.Api;

namespace Cms.Access;

[QueryType]
public static class ViewerQueries
{
    /// <summary>Who asks; null when nobody signed in.</summary>
    public static Viewer? GetViewer(Viewer viewer) => viewer.Kind is ViewerKind.Anonymous ? null : viewer;
}

/// <summary>Who asks.</summary>
[ObjectType<Viewer>(Bind = Bind.Explicit, Fields = [nameof(Viewer.Kind), nameof(Viewer.Name), nameof(Viewer.Role)])]
public static class ViewerNode
{
    /// <summary>The person or the application, as tenant and object id; null when not known.</summary>
    public static string? GetSubject(Viewer viewer) => viewer.Key?.ToString();
}
