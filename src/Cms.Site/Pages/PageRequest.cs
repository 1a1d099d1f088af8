using System.Collections.Concurrent;

namespace Cms.Site.Pages;

/// <summary>One request for a page: what it asks for, for whom, and what it has read.</summary>
/// <param name="api">The API.</param>
/// <param name="known">The answers that the last version of the page was made of.</param>
public sealed class PageRequest(
    CmsApi api,
    PageAddress address,
    Caller caller,
    IReadOnlyList<IPageRead> known,
    CancellationToken cancellationToken
)
{
    private readonly ConcurrentQueue<IPageRead> _reads = [];

    public PageAddress Address { get; } = address;

    public Caller Caller { get; } = caller;

    /// <summary>What the page has read so far.</summary>
    public IReadOnlyList<IPageRead> Reads => [.. _reads];

    /// <summary>Whether what was read is a preview: answers to a preview link that works must not be cached.</summary>
    public PreviewState PreviewState =>
        Caller.IsDraft ? PreviewState.Draft
        : Caller.Preview is null ? PreviewState.None
        : _reads.Any(read => !read.CanBeKept) ? PreviewState.Shown
        : PreviewState.Ended;

    /// <summary>Returns a route value, such as the slug; null if the route has none of this name.</summary>
    public string? this[string name] => Address.Values.GetValueOrDefault(name);

    /// <summary>Sends a query and records it, so that the page is made again when the answer changes.</summary>
    /// <param name="operation">The name of the document.</param>
    /// <param name="variables">An object with the variables; null if there are none.</param>
    /// <exception cref="ApiUnavailableException">The API did not answer, or answered with an error.</exception>
    public async Task<T> QueryAsync<T>(string operation, object? variables = null)
    {
        PageRead<T> read = new(operation, variables, Answer: null);
        var last = known.OfType<PageRead<T>>().FirstOrDefault(read.IsSame);
        var answer = await api.QueryAsync(operation, variables, Caller, last?.Answer, cancellationToken);
        Add(read with { Answer = answer });
        return answer.Data;
    }

    /// <summary>Records a query that was sent for the page.</summary>
    internal void Add(IPageRead read) => _reads.Enqueue(read);
}

/// <summary>The address of a page: its path, the query parameters that it uses and its route values.</summary>
/// <param name="Path">The path, such as <c>/articles/the-disk-said-yes</c>.</param>
/// <param name="Query">The query parameters that the page uses, without empty ones.</param>
/// <param name="Values">The values of the route, such as the slug.</param>
/// <param name="Origin">The public address of the site, without a trailing slash.</param>
public sealed record PageAddress(
    string Path,
    IReadOnlyDictionary<string, string> Query,
    IReadOnlyDictionary<string, string> Values,
    string Origin
)
{
    private static readonly Dictionary<string, string> Nothing = new(StringComparer.Ordinal);

    /// <summary>Returns an address without route values.</summary>
    internal static PageAddress Of(string path, string origin, IReadOnlyDictionary<string, string>? query = null) =>
        new(path, query ?? Nothing, Nothing, origin);

    /// <summary>Returns the URL of the page of an article, a topic or anything else with a slug.</summary>
    /// <param name="folder">The first part of its path, such as <c>articles</c>.</param>
    internal string UrlOf(string folder, string slug) => $"{Origin}/{folder}/{Uri.EscapeDataString(slug)}";

    /// <summary>
    /// The path and the query parameters that the page uses, in a fixed order and escaped. Different addresses never have
    /// the same text.
    /// </summary>
    public string PathAndQuery { get; } =
        new PathString(Path).ToUriComponent()
        + (Query.Count == 0 ? "" : QueryString.Create(Query.OrderBy(p => p.Key, StringComparer.Ordinal)!));
}

/// <summary>A query that a page was made of.</summary>
public interface IPageRead
{
    /// <summary>Whether the answer may be shared and can be checked.</summary>
    bool CanBeKept { get; }

    /// <summary>The ids by which a CDN can purge the page, separated by spaces.</summary>
    string Keys { get; }

    /// <summary>The size of the answer in memory, in bytes, about.</summary>
    long Size { get; }

    /// <summary>Asks the API for the answer again. Returns this object if the answer is still the same.</summary>
    Task<IPageRead> CheckAsync(CmsApi api, Caller caller, CancellationToken cancellationToken);
}

/// <summary>A query that a page was made of, and its answer.</summary>
public sealed record PageRead<T>(string Operation, object? Variables, Answer<T>? Answer) : IPageRead
{
    public bool CanBeKept => Answer?.ETag is not null;

    public string Keys => Answer?.Keys ?? "";

    // Most of an answer is text, which has two bytes for a character here.
    public long Size => 2L * (Answer?.Length ?? 0);

    // Variables are anonymous objects, which are equal if their values are.
    public bool IsSame(PageRead<T> other) => other.Operation == Operation && Equals(other.Variables, Variables);

    public async Task<IPageRead> CheckAsync(CmsApi api, Caller caller, CancellationToken cancellationToken)
    {
        var answer = await api.QueryAsync(Operation, Variables, caller, Answer, cancellationToken);
        return ReferenceEquals(answer, Answer) ? this : this with { Answer = answer };
    }
}
