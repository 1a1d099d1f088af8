using System.Globalization;

namespace Cms.GraphQL;

/// <summary>Which page of a list is asked for: the <c>first</c> or the <c>last</c> items of those <c>after</c> one cursor and <c>before</c> another.</summary>
public readonly record struct PageArguments
{
    public const int DefaultSize = 20;
    public const int MaxSize = 100;

    /// <summary>How many items the page holds, 1 to <see cref="MaxSize"/>.</summary>
    public int Size { get; private init; }

    /// <summary>The page is read from the end of the list.</summary>
    public bool Backward { get; private init; }

    /// <summary>The cursor the page starts behind (or, backward, ends before); null at the end of the list.</summary>
    public string? Cursor { get; private init; }

    /// <summary>The cursor that the page does not reach, however large it is; null where nothing ends it early.</summary>
    public string? Until { get; private init; }

    /// <summary>By the algorithm of Relay's cursor connections: both cursors bound the list, then <c>first</c> or <c>last</c> counts.</summary>
    /// <exception cref="RequestError">The arguments contradict each other, or the size is not served.</exception>
    public static PageArguments Of(int? first = null, string? after = null, int? last = null, string? before = null)
    {
        if (first is not null && last is not null)
        {
            throw new RequestError(ErrorCodes.PageArguments, "Ask for first or for last, not for both.");
        }

        // What is read from a place goes away from it; between two places, from the first.
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
                    $"A page holds 1 to {MaxSize} items; {(last is null ? "first" : "last")} was {size}."
                )
            );
    }
}
