using Cms.Site.Layout;

namespace Cms.Site.Feeds;

/// <summary>Feeds that are listed together, such as those of the sections.</summary>
/// <param name="Name">The heading of the group.</param>
/// <param name="Feeds">The feeds as RSS, each with its name.</param>
public sealed record FeedGroup(string Name, IReadOnlyList<(string Name, FeedAddress Feed)> Feeds)
{
    /// <summary>Returns all feeds of the publication.</summary>
    public static IReadOnlyList<FeedGroup> All(FeedsAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        List<FeedGroup> groups =
        [
            new(
                "Everything",
                [
                    ("All articles", FeedAddress.All),
                    ("All takes of the panel", FeedAddress.All with { HasTakes = true }),
                ]
            ),
            Of("Sections", FeedSubject.Category, answer.Categories),
            Of("Takes by persona", FeedSubject.Persona, answer.Personas, hasTakes: true),
            Of("Articles with a persona’s take", FeedSubject.Persona, answer.Personas),
            Of("Tools", FeedSubject.Tool, answer.Tools),
            Of("Topics", FeedSubject.Tag, answer.Tags),
        ];
        return [.. groups.Where(group => group.Feeds.Count > 0)];
    }

    /// <summary>Returns what a feed contains, for its title; null for all articles.</summary>
    /// <param name="subject">The name of the subject; null if the feed contains all items.</param>
    public static string? TitleOf(FeedAddress feed, string? subject) =>
        feed switch
        {
            { HasTakes: true, Subject: FeedSubject.Persona } => $"Takes by {subject}",
            { HasTakes: true } => "The panel’s takes",
            { Subject: FeedSubject.Persona } => $"Articles with a take by {subject}",
            _ => subject,
        };

    /// <summary>Returns the path of the page that shows the same as a feed.</summary>
    public static string PageOf(FeedAddress feed)
    {
        var slug = Uri.EscapeDataString(feed.Slug);
        return feed.Subject switch
        {
            FeedSubject.Category => "/categories/" + slug,
            FeedSubject.Tag => "/tags/" + slug,
            FeedSubject.Tool => "/tools/" + slug,
            FeedSubject.Persona => "/panel/" + slug,
            _ => feed.HasTakes ? "/panel" : "/",
        };
    }

    private static FeedGroup Of(string name, FeedSubject subject, Nodes<SectionData> things, bool hasTakes = false) =>
        new(
            name,
            [
                .. things.Items.Select(thing =>
                    (thing.Name, new FeedAddress(subject, thing.Slug, FeedFormat.Rss) { HasTakes = hasTakes })
                ),
            ]
        );
}
