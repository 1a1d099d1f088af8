using Cms.Studio.Api;

namespace Cms.Studio.Media;

/// <summary>A page of the tags that images and tools can have.</summary>
public sealed record TagChoicesData(TagChoicesDesk? Desk);

/// <summary>The tags.</summary>
public sealed record TagChoicesDesk(TagChoices? Tags);

/// <summary>Some tags.</summary>
public sealed record TagChoices(IReadOnlyList<TagChoice> Nodes, PageInfo PageInfo)
{
    // As many requests as the tags of a large newsroom need.
    private const int MaxRequests = 10;

    /// <summary>Reads all tags, in order of slug. Very long lists are cut.</summary>
    public static async Task<(IReadOnlyList<TagChoice> Tags, bool IsCut)> ReadAsync(StudioApi api)
    {
        List<TagChoice> tags = [];
        string? after = null;
        for (var request = 0; request < MaxRequests; request++)
        {
            if ((await api.SendAsync<TagChoicesData>("StudioTagChoices", new { after })).Desk?.Tags is not { } page)
            {
                break;
            }

            tags.AddRange(page.Nodes);
            if (!page.PageInfo.HasNextPage)
            {
                return (tags, false);
            }

            after = page.PageInfo.EndCursor;
        }

        return (tags, true);
    }

    /// <summary>Returns the tags as the choices of a field.</summary>
    internal static IReadOnlyList<(string Value, string Text)> Of(IReadOnlyList<TagChoice> tags) =>
        [.. tags.Select(tag => (tag.Id, tag.Name))];

    /// <summary>Returns the names of the tags with these ids.</summary>
    internal static string NamesOf(IReadOnlyList<string>? ids, IReadOnlyList<TagChoice> tags) =>
        string.Join(
            ", ",
            tags.Where(tag => ids?.Contains(tag.Id, StringComparer.Ordinal) == true).Select(tag => tag.Name)
        );
}

/// <summary>A tag that can be chosen.</summary>
public sealed record TagChoice(string Id, string Name);
