using Cms.GraphQL;
using Cms.People;

namespace Cms.Access;

/// <summary>The role of a viewer, which determines what the viewer can do.</summary>
public enum ViewerRole
{
    /// <summary>Can save bookmarks.</summary>
    Reader,

    /// <summary>Can write drafts and takes.</summary>
    Author,

    /// <summary>Can do all editorial work.</summary>
    Editor,

    /// <summary>Can manage personas and the block list, and delete articles for good.</summary>
    Admin,

    /// <summary>A partner's application that has the permission Syndication.Read.</summary>
    Syndication,

    /// <summary>A person who acts for a partner, and can save bookmarks.</summary>
    Contact,
}

/// <summary>The caller: a signed-in person or a partner's application.</summary>
[ObjectType<Viewer>(Bind = Bind.Explicit, Fields = [nameof(Viewer.Kind), nameof(Viewer.Name)])]
public static class ViewerNode
{
    /// <summary>
    /// The viewer's role and all roles that it includes, so that a client needs to check for only one role. Empty if
    /// the viewer has no role.
    /// </summary>
    public static IReadOnlyList<ViewerRole> GetRoles([Parent] Viewer viewer) =>
        viewer switch
        {
            { Kind: ViewerKind.Partner } => viewer.MaySyndicate ? [ViewerRole.Syndication] : [],
            { IsContact: true } => [ViewerRole.Reader, ViewerRole.Contact],
            { Role: { } highest } => [.. Enum.GetValues<ViewerRole>().Where(role => (int)role <= (int)highest)],
            _ => [],
        };

    /// <summary>
    /// The viewer's tenant id and object id in Entra ID, separated by a slash; for a feed key, its id. They never change.
    /// </summary>
    public static string GetSubject([Parent] Viewer viewer) => viewer.Subject!;
}
