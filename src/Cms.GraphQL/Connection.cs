using GraphQL.DataLoader;

namespace Cms.GraphQL;

/// <summary>One page of a list. Cursors are written and the total is counted only when a document asks for them.</summary>
public class Connection<T>
    where T : notnull
{
    private readonly Func<T, string> _cursorOf;
    private readonly Func<IDataLoaderResult<int>> _count;

    /// <param name="nodes">The items, in the order of the list.</param>
    /// <param name="hasNextPage">More items follow.</param>
    /// <param name="hasPreviousPage">Items come before.</param>
    /// <param name="cursorOf">Writes an item's cursor.</param>
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

    /// <summary>The same page, for a list about which more can be asked.</summary>
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

    /// <summary>How many items the whole list holds; the lists of several parents are counted together.</summary>
    public IDataLoaderResult<int> TotalCount() => _count();
}

/// <summary>An item of a page and where it stands in the list.</summary>
public sealed record Edge<T>(string Cursor, T Node)
    where T : notnull;

/// <summary>Making pages from the rows of a keyset query.</summary>
public static class Connection
{
    /// <summary>
    /// Makes a page of rows read with one more than <see cref="PageArguments.Size"/>: the extra row only tells that
    /// the list goes on. Backward rows come in the reverse of the list's order and are turned round here.
    /// </summary>
    /// <param name="rows">The rows, in the order in which they were read.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cursorOf">Writes a row's cursor.</param>
    /// <param name="count">Counts the whole list.</param>
    /// <param name="isWithin">Whether a row comes before <see cref="PageArguments.Until" />; null where all do.</param>
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

    /// <summary>A page of a list that holds nothing.</summary>
    public static Connection<T> Empty<T>(PageArguments page)
        where T : notnull => Page<T>([], page, _ => "", () => LoaderResults.Ready(0));
}
