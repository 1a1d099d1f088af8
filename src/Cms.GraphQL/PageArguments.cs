using System.Globalization;

namespace Cms.GraphQL;

/// <summary>
/// The requested page of a list: the <c>first</c> or <c>last</c> of the items between the cursors <c>after</c> and
/// <c>before</c>. Either cursor is optional.
/// </summary>
public readonly record struct PageArguments
{
    public const int DefaultSize = 20;
    public const int MaxSize = 100;

    /// <summary>The most items on the page, 1 to <see cref="MaxSize"/>.</summary>
    public int Size { get; private init; }

    /// <summary>Whether the page is read from the end of the list.</summary>
    public bool Backward { get; private init; }

    /// <summary>
    /// The cursor to read from, forward or backward; null to read from the start or the end of the list.
    /// </summary>
    public string? Cursor { get; private init; }

    /// <summary>The cursor at which reading stops, even if the page is not full; null if there is none.</summary>
    public string? Until { get; private init; }

    /// <summary>Applies Relay's algorithm for cursors: the cursors bound the list, then the size applies.</summary>
    /// <exception cref="RequestError">Both sizes are given, or the size is out of range.</exception>
    public static PageArguments Of(int? first = null, string? after = null, int? last = null, string? before = null)
    {
        if (first is not null && last is not null)
        {
            throw new RequestError(ErrorCodes.PageArguments, "Send `first` or `last`, not both.");
        }

        // Without a size, a page is read forward, except if before is the only cursor.
        var backward = last is not null || (first is null && after is null && before is not null);
        var size = first ?? last ?? DefaultSize;

        return size is >= 1 and <= MaxSize
            ? new()
            {
                Size = size,
                Backward = backward,
                Cursor = backward ? before : after,
                Until = backward ? after : before,
            }
            : throw new RequestError(
                ErrorCodes.PageSize,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"`{(last is null ? "first" : "last")}` must be between 1 and {MaxSize}; it was {size}."
                )
            );
    }
}
