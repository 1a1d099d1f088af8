using Cms.Site.Pages;

namespace Cms.Site.Search;

/// <summary>The addresses of narrower and wider searches.</summary>
internal static class SearchLinks
{
    /// <summary>Returns the address of the same search, with one filter set or taken away.</summary>
    /// <param name="address">The address of this page.</param>
    /// <param name="name">The query parameter of the filter.</param>
    /// <param name="slug">The value; null to take the filter away.</param>
    public static string With(PageAddress address, string name, string? slug)
    {
        Dictionary<string, string> query = new(address.Query, StringComparer.Ordinal);
        query.Remove(name);
        if (slug is not null)
        {
            query[name] = slug;
        }

        // Another search begins at its first page.
        return ListPlace.LinkTo(address with { Query = query }, ListPlace.Start);
    }
}
