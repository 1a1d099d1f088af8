namespace Cms.Studio.Layout;

/// <summary>A place of the Studio that the navigation leads to.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Href">Its address.</param>
/// <param name="Icon">The path of its icon, 24 × 24.</param>
/// <param name="Role">Who may use it.</param>
internal sealed record Place(string Name, string Href, string Icon, Access.StudioRole Role = Access.StudioRole.Author)
{
    /// <summary>The other addresses that belong to this place.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];

    /// <summary>How many of the places phones show at the bottom. The others are in a menu.</summary>
    public const int OnPhones = 4;

    /// <summary>All places, in the order of the navigation.</summary>
    public static IReadOnlyList<Place> All { get; } =
    [
        new("Articles", "/studio/articles", "M5 4h14v16H5zM8 8h8M8 12h8M8 16h5"),
        new("Inbox", "/studio/inbox", "M4 13l2-8h12l2 8v6H4zM4 13h5l1 2h4l1-2h5"),
        new("Panel", "/studio/panel", "M4 5h12v8h-6l-3 3v-3H4zM19 9h1.5v8H18v3l-3-3h-5"),
        new("Board", "/studio/board", "M4 5h5v14H4zM10.5 5h5v9h-5zM17 5h3v6h-3z"),
        new("Calendar", "/studio/calendar", "M4 6h16v14H4zM4 10h16M8 3v5M16 3v5"),
        new("Activity", "/studio/activity", "M3 12h4l3-8 4 16 3-8h4"),
        new("Media", "/studio/media", "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15 9h.01"),
        new(
            "Personas",
            "/studio/personas",
            "M5 4c4 1.5 10 1.5 14 0v8c0 5-4 8-7 8s-7-3-7-8zM8.5 10h2M13.5 10h2M9 14.5c2 1.5 4 1.5 6 0"
        ),
        new("Tools", "/studio/tools", "M14 7a4 4 0 015-4l-2.5 3 1.5 1.5 3-2.5a4 4 0 01-5 5l-8 8-3-3z"),
        new("Fronts", "/studio/fronts", "M4 5h16v6H4zM4 15h7v4H4zM15 15h5v4h-5z", Access.StudioRole.Editor),
        new("Taxonomy", "/studio/categories", "M4 4h8l8 8-8 8-8-8zM8 8h.01", Access.StudioRole.Editor)
        {
            Also = ["/studio/tags", "/studio/sources", "/studio/authors"],
        },
        new("Redirects", "/studio/redirects", "M4 17h6a4 4 0 004-4V6M10 10l4-4 4 4", Access.StudioRole.Editor),
        new(
            "People",
            "/studio/people",
            "M9 4a4 4 0 110 8 4 4 0 010-8zM2 20c0-4 3-6 7-6s7 2 7 6M16 5a4 4 0 010 7M18 15c3 1 4 3 4 5",
            Access.StudioRole.Editor
        ),
        new(
            "Partners",
            "/studio/partners",
            "M4 12a3 3 0 106 0 3 3 0 00-6 0zM14 5a3 3 0 106 0 3 3 0 00-6 0zM14 19a3 3 0 106 0 3 3 0 00-6 0zM9.5 10.5l5-4M9.5 13.5l5 4",
            Access.StudioRole.Admin
        ),
        new(
            "Webhooks",
            "/studio/webhooks",
            "M9 7a4 4 0 117 3l-4 7M6 13a4 4 0 105 6h7M15 14a4 4 0 112 6",
            Access.StudioRole.Admin
        ),
        new("Takedowns", "/studio/takedowns", "M5 4h10l4 4v12H5zM9 11l6 6M15 11l-6 6", Access.StudioRole.Editor),
        new("Imports", "/studio/imports", "M12 4v10M8 10l4 4 4-4M5 15v4h14v-4", Access.StudioRole.Admin),
        new("Audit", "/studio/audit", "M12 3l8 3v6c0 5-4 8-8 9-4-1-8-4-8-9V6zM9 12l2 2 4-4", Access.StudioRole.Admin),
    ];

    /// <summary>What developers use.</summary>
    public static IReadOnlyList<Place> Developers { get; } =
    [
        new("Explorer", "/explorer", "M8 7l-5 5 5 5M16 7l5 5-5 5M14 4l-4 16"),
        new("API reference", "/docs", "M5 4h11a3 3 0 013 3v13H8a3 3 0 01-3-3zM5 17a3 3 0 013-3h11"),
    ];

    /// <summary>Returns whether an address belongs to this place.</summary>
    public bool Has(PathString path) =>
        Also.Prepend(Href).Any(address => path.StartsWithSegments(address, StringComparison.OrdinalIgnoreCase));
}
