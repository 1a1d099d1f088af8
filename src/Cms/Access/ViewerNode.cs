using Cms.GraphQL;
using Cms.People;

namespace Cms.Access;

/// <summary>What a viewer may do.</summary>
public enum ViewerRole
{
    /// <summary>Keeps bookmarks.</summary>
    Reader,

    /// <summary>Writes drafts and takes of their own.</summary>
    Author,

    /// <summary>Does everything editorial.</summary>
    Editor,

    /// <summary>Looks after settings, the personas' voice, partners and the block list.</summary>
    Admin,

    /// <summary>A partner that reads what its agreement allows.</summary>
    Syndication,
}

[ObjectType<Viewer>(Bind = Bind.Explicit, Fields = [nameof(Viewer.Kind), nameof(Viewer.Name)])]
public static class ViewerNode
{
    /// <summary>Their role and those that it includes, so that a page asks for one; empty for somebody without any.</summary>
    public static IReadOnlyList<ViewerRole> GetRoles([Parent] Viewer viewer) =>
        viewer switch
        {
            { Kind: ViewerKind.Partner } => viewer.MaySyndicate ? [ViewerRole.Syndication] : [],
            { Role: { } highest } => [.. Enum.GetValues<ViewerRole>().Where(role => (int)role <= (int)highest)],
            _ => [],
        };

    /// <summary>Tenant and object id in Entra ID with a slash between them: who they are, for good.</summary>
    public static string GetSubject([Parent] Viewer viewer) => viewer.Key.ToString()!;
}
