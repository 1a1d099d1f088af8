using Cms.Articles.Reading;
using Cms.Changes;
using Cms.Reading;
using Cms.Site.Feeds;

namespace Cms.Server.Feeds;

/// <summary>Tells which feeds of the reader site differ after public changes. Nothing is read from the database.</summary>
internal static class ChangedFeeds
{
    /// <summary>Returns the lists that differ after a change.</summary>
    public static IEnumerable<(FacetId Facet, bool HasTakes)> ListsOf(SeenChange seen)
    {
        var states = new[] { seen.Before, seen.After }.OfType<ArticleState>().ToList();
        if (states.Count > 0)
        {
            // An article belongs to the lists that it was in, and to those that it is in now.
            return states
                .SelectMany(state => state.Facets)
                .Append(FacetId.All)
                .Select(facet => (facet, false))
                .Concat(
                    states
                        .SelectMany(state => state.Takes)
                        .SelectMany(take => new[] { FacetId.All, FacetId.Of(take.Persona) })
                        .Select(facet => (facet, true))
                );
        }

        // A new name is in the title of its own feed and in the entries of others. The change of an image does not say
        // which articles show it.
        FacetId subject = new(seen.Change.SubjectId.Value);
        return seen.Change.Kind switch
        {
            ChangeKind.CategoryChanged or ChangeKind.TagChanged or ChangeKind.ToolChanged =>
            [
                (FacetId.All, false),
                (subject, false),
            ],
            ChangeKind.PersonaChanged => [(FacetId.All, false), (FacetId.All, true), (subject, false), (subject, true)],
            ChangeKind.SourceChanged
            or ChangeKind.AuthorChanged
            or ChangeKind.MediaChanged
            or ChangeKind.MediaExpired => [(FacetId.All, false)],
            _ => [],
        };
    }

    /// <summary>Returns the paths of the feeds of lists, in every format.</summary>
    /// <param name="lists">The lists.</param>
    /// <param name="named">The names of those that have feeds of their own.</param>
    public static IEnumerable<string> PathsOf(
        IReadOnlyCollection<(FacetId Facet, bool HasTakes)> lists,
        IReadOnlyList<NamedFacet> named
    )
    {
        var names = named.ToDictionary(facet => facet.Id);
        return from list in lists
            let feed = FeedOf(list, names.GetValueOrDefault(list.Facet))
            where feed is not null
            from format in Enum.GetValues<FeedFormat>()
            select (feed with { Format = format }).Path;
    }

    private static FeedAddress? FeedOf((FacetId Facet, bool HasTakes) list, NamedFacet? named) =>
        list.Facet == FacetId.All ? FeedAddress.All with { HasTakes = list.HasTakes }
        : named is null || (list.HasTakes && named.Kind is not FacetKind.Persona) ? null
        : new FeedAddress(SubjectOf(named.Kind), named.Slug, FeedFormat.Rss) { HasTakes = list.HasTakes };

    private static FeedSubject SubjectOf(FacetKind kind) =>
        kind switch
        {
            FacetKind.Category => FeedSubject.Category,
            FacetKind.Tag => FeedSubject.Tag,
            FacetKind.Tool => FeedSubject.Tool,
            _ => FeedSubject.Persona,
        };
}
