namespace Cms.Site.Pages;

/// <summary>Which page of a list an address asks for.</summary>
/// <param name="After">Show the items after this cursor.</param>
/// <param name="Before">Show the items before this cursor.</param>
public sealed record ListPlace(string? After = null, string? Before = null)
{
    /// <summary>The number of items on a page.</summary>
    public const int Size = 20;

    /// <summary>The query parameters that name the page of a list.</summary>
    public const string AfterName = "after";

    /// <inheritdoc cref="AfterName" />
    public const string BeforeName = "before";

    /// <summary>The first page of a list.</summary>
    public static ListPlace Start { get; } = new();

    public bool IsStart => this == Start;

    /// <summary>The number of items from the start or after <see cref="After" />.</summary>
    public int? First => Before is null ? Size : null;

    /// <summary>The number of items before <see cref="Before" />.</summary>
    public int? Last => Before is null ? null : Size;

    public static ListPlace Of(PageAddress address) =>
        address.Query.TryGetValue(AfterName, out var after) ? new(After: after)
        : address.Query.TryGetValue(BeforeName, out var before) ? new(Before: before)
        : Start;

    /// <summary>Reads the page of the list that the address asks for.</summary>
    /// <param name="page">The request.</param>
    /// <param name="read">Reads one page of the list.</param>
    /// <param name="infoOf">Returns the page information of an answer; null if there is no such list.</param>
    /// <returns>The answer and its place; null if the list does not know the cursor.</returns>
    public static async Task<(T Answer, ListPlace Place)?> ReadAsync<T>(
        PageRequest page,
        Func<ListPlace, Task<T>> read,
        Func<T, PageInfoData?> infoOf
    )
    {
        var place = Of(page.Address);
        try
        {
            var answer = await read(place);

            // Going back ends at the first page, which shows all that is new and not only what fits before the cursor.
            if (place.Before is null || infoOf(answer) is not { HasPreviousPage: false })
            {
                return (answer, place);
            }

            return (await read(Start), Start);
        }
        catch (UnknownCursorException)
        {
            return null;
        }
    }

    /// <summary>Returns the address of another page of the same list.</summary>
    public static string LinkTo(PageAddress address, ListPlace place)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(place);
        return new PageAddress(
            address.Path,
            address
                .Query.Where(parameter => parameter.Key is not (AfterName or BeforeName))
                .Concat(
                    place switch
                    {
                        { After: { } after } => [KeyValuePair.Create(AfterName, after)],
                        { Before: { } before } => [KeyValuePair.Create(BeforeName, before)],
                        _ => [],
                    }
                )
                .ToDictionary(StringComparer.Ordinal),
            address.Values,
            address.Origin
        ).PathAndQuery;
    }
}

/// <summary>Where a page of a list is in the list.</summary>
public sealed record PageInfoData(bool HasNextPage, bool HasPreviousPage, string? StartCursor, string? EndCursor)
{
    /// <summary>The page with newer items; null on the first page.</summary>
    /// <param name="place">The place of this page.</param>
    public ListPlace? Newer(ListPlace place) =>
        place is { IsStart: true } ? null
        : HasPreviousPage && StartCursor is { } start ? new(Before: start)
        : ListPlace.Start;

    /// <summary>The page with older items; null on the last page.</summary>
    public ListPlace? Older => HasNextPage && EndCursor is { } end ? new(After: end) : null;
}

/// <summary>Whether another page of a list follows, and where it begins.</summary>
public sealed record NextPageData(bool HasNextPage, string? EndCursor);

/// <summary>The number of items in a list.</summary>
public sealed record TotalData(int TotalCount);
