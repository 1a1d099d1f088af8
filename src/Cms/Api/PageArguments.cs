using System.Globalization;

namespace Cms.Api;

/// <summary>Which page of a list is asked for: <c>first</c> items <c>after</c> a cursor, or <c>last</c> items <c>before</c> one.</summary>
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

    /// <exception cref="RequestError">The arguments contradict each other, or the size is not served.</exception>
    public static PageArguments Of(int? first = null, string? after = null, int? last = null, string? before = null)
    {
        if (first is not null && last is not null)
        {
            throw Contradiction("Ask for first or for last, not for both.");
        }

        if (after is not null && before is not null)
        {
            throw Contradiction("Give after or before, not both.");
        }

        if (first is not null && before is not null)
        {
            throw Contradiction("before goes with last; to read on from a cursor give first and after.");
        }

        if (last is not null && after is not null)
        {
            throw Contradiction("after goes with first; to read back from a cursor give last and before.");
        }

        var size = first ?? last ?? DefaultSize;

        return size is >= 1 and <= MaxSize
            ? new()
            {
                Size = size,
                Backward = last is not null || before is not null,
                Cursor = after ?? before,
            }
            : throw new RequestError(
                ErrorCodes.PageSize,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"A page holds 1 to {MaxSize} items; {(last is null ? "first" : "last")} was {size}."
                )
            );
    }

    private static RequestError Contradiction(string message) => new(ErrorCodes.PageArguments, message);
}
