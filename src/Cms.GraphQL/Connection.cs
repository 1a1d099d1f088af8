using GraphQL.DataLoader;

namespace Cms.GraphQL;

/// <summary>One page of a list. Cursors and the total count are computed only if a query selects them.</summary>
public class Connection<T>
    where T : notnull
{
    private readonly Func<T, string> _cursorOf;
    private readonly Func<IDataLoaderResult<int>> _count;

    /// <param name="nodes">The items, in the order of the list.</param>
    /// <param name="count">Counts the whole list.</param>
    public Connection(
        IReadOnlyList<T> nodes,
        bool hasNextPage,
        bool hasPreviousPage,
        Func<T, string> cursorOf,
        Func<IDataLoaderResult<int>> count
    )
    {
        (Nodes, HasNextPage, HasPreviousPage) = (nodes, hasNextPage, hasPreviousPage);
        (this._cursorOf, this._count) = (cursorOf, count);
    }

    /// <summary>Copies a page, for a connection type with more fields.</summary>
    protected Connection(Connection<T> page)
        : this(page.Nodes, page.HasNextPage, page.HasPreviousPage, page._cursorOf, page._count) { }

    public IReadOnlyList<T> Nodes { get; }

    public bool HasNextPage { get; }

    public bool HasPreviousPage { get; }

    public PageInfo PageInfo =>
        Nodes is [var first, ..]
            ? new(HasNextPage, HasPreviousPage, _cursorOf(first), _cursorOf(Nodes[^1]))
            : new(HasNextPage, HasPreviousPage, null, null);

    public List<Edge<T>> Edges()
    {
        var edges = new List<Edge<T>>(Nodes.Count);

        foreach (var node in Nodes)
        {
            edges.Add(new(_cursorOf(node), node));
        }

        return edges;
    }

    /// <summary>Returns the length of the whole list. The lists of several parents are counted in one batch.</summary>
    public IDataLoaderResult<int> TotalCount() => _count();
}

/// <summary>An item of a page and its position in the list.</summary>
public sealed record Edge<T>(string Cursor, T Node)
    where T : notnull;

/// <summary>Creates pages from the rows of a keyset query.</summary>
public static class Connection
{
    /// <summary>
    /// Creates a page from a query that read one row more than <see cref="PageArguments.Size"/>. The extra row only
    /// shows that the list continues. The rows of a backward page are in reverse order; this method puts them in list
    /// order.
    /// </summary>
    /// <param name="rows">The rows, in the order in which they were read.</param>
    /// <param name="count">Counts the whole list.</param>
    /// <param name="isWithin">
    /// Returns whether a row comes before <see cref="PageArguments.Until" />; null if all rows do.
    /// </param>
    public static Connection<T> Page<T>(
        List<T> rows,
        PageArguments page,
        Func<T, string> cursorOf,
        Func<IDataLoaderResult<int>> count,
        Func<T, bool>? isWithin = null
    )
        where T : notnull
    {
        if (isWithin is not null && rows.FindIndex(row => !isWithin(row)) is >= 0 and var end)
        {
            rows.RemoveRange(end, rows.Count - end);
        }

        var more = rows.Count > page.Size;

        if (more)
        {
            rows.RemoveRange(page.Size, rows.Count - page.Size);
        }

        if (page.Backward)
        {
            rows.Reverse();
        }

        var from = page.Cursor is not null;
        return new(rows, page.Backward ? from : more, page.Backward ? more : from, cursorOf, count);
    }

    /// <summary>Returns the page of an empty list.</summary>
    public static Connection<T> Empty<T>(PageArguments page)
        where T : notnull => Page<T>([], page, _ => "", () => LoaderResults.Ready(0));
}
