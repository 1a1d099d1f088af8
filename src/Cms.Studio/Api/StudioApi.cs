namespace Cms.Studio.Api;

/// <summary>The GraphQL API, as the person who asks for the page may use it. Pages have no other source of data.</summary>
public sealed class StudioApi(CmsApi api, StudioHost host, IHttpContextAccessor requests)
{
    private HttpContext Http =>
        requests.HttpContext ?? throw new InvalidOperationException("A page is made only for a request.");

    /// <summary>Sends a query or a mutation.</summary>
    /// <param name="operation">The name of the document.</param>
    /// <param name="variables">An object with the variables; null if there are none.</param>
    /// <exception cref="SignInEndedException">The session has ended.</exception>
    /// <exception cref="NotAllowedException">The person may not do this.</exception>
    /// <exception cref="RefusedException">The API cannot use a value.</exception>
    /// <exception cref="ApiUnavailableException">The API did not answer, or answered with an error.</exception>
    public Task<T> SendAsync<T>(string operation, object? variables = null) =>
        api.SendAsync<T>(operation, variables, host.CallerOf(Http), Http.RequestAborted);
}

/// <summary>A reason why the API made no change.</summary>
/// <param name="Message">What to do about it.</param>
/// <param name="Path">The field that caused it; empty if no single field did.</param>
public sealed record Refusal(string Message, IReadOnlyList<string> Path);

/// <summary>The result of a change of which only the reasons for a refusal matter.</summary>
public sealed record Outcome(IReadOnlyList<Refusal> Errors);

/// <summary>Where a page of a list begins and ends.</summary>
public sealed record PageInfo(bool HasNextPage, bool HasPreviousPage, string? StartCursor, string? EndCursor)
{
    /// <summary>Returns how many items the list has, in words. If it has several pages, how many this page has.</summary>
    public string Words(int count, string one, string many) =>
        HasNextPage || HasPreviousPage ? $"{count:N0} {(count == 1 ? one : many)} on this page"
        : count == 1 ? $"1 {one}"
        : $"{count:N0} {many}";
}
