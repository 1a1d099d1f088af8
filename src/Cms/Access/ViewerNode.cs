using Cms.GraphQL;
using Cms.People;

namespace Cms.Access;

/// <summary>What a viewer may do.</summary>
public enum ViewerRole
{
    /// <summary>Saves bookmarks.</summary>
    Reader,

    /// <summary>Writes their own drafts and takes.</summary>
    Author,

    /// <summary>Does all editorial work.</summary>
    Editor,

    /// <summary>Manages settings, the personas' voices, partners and the block list.</summary>
    Admin,

    /// <summary>Reads, as a partner, the content that its agreement allows.</summary>
    Syndication,
}

[ObjectType<Viewer>(Bind = Bind.Explicit, Fields = [nameof(Viewer.Kind), nameof(Viewer.Name)])]
public static class ViewerNode
{
    /// <summary>
    /// The viewer's role and all roles that it includes, so a client checks for a single role. Empty without a role.
    /// </summary>
    public static IReadOnlyList<ViewerRole> GetRoles([Parent] Viewer viewer) =>
        viewer switch
        {
            { Kind: ViewerKind.Partner } => viewer.MaySyndicate ? [ViewerRole.Syndication] : [],
            { Role: { } highest } => [.. Enum.GetValues<ViewerRole>().Where(role => (int)role <= (int)highest)],
            _ => [],
        };

    /// <summary>
    /// The viewer's permanent identifier: the tenant id and the object id in Entra ID, separated by a slash.
    /// </summary>
    public static string GetSubject([Parent] Viewer viewer) => viewer.Key.ToString()!;
}
