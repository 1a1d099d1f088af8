using System.Text.Json;
using Cms.Studio.Access;
using Cms.Studio.Taxonomy;

namespace Cms.Studio.Layout;

/// <summary>What every page tells its scripts.</summary>
internal static class StudioData
{
    // Pages that the navigation does not lead to, because a page that it leads to does.
    private static readonly Place[] Inner =
    [
        .. TermKind.All.Select(kind => new Place(kind.Title, kind.Path, Icon: "", StudioRole.Editor)),
        new("Image rights that end soon", "/studio/media/expiring", Icon: ""),
        new("Blocked people", "/studio/people/blocked", Icon: "", StudioRole.Admin),
    ];

    /// <summary>Returns who a person is, where they can go and in which zone times are, as JSON that no text can end.</summary>
    public static string Of(StudioHost host, StudioVisitor visitor) =>
        JsonSerializer.Serialize(
            new
            {
                places = Place
                    .All.Concat(Inner)
                    .Concat(Place.Developers)
                    .Where(place => visitor.Role >= place.Role)
                    .Select(place => new { name = place.Name, href = place.Href }),
                site = host.HasSite ? "/" : null,
                timeZone = host.TimeZone.Id,
                person = visitor.Subject,
            }
        );
}
