using GraphQL;

namespace Cms.GraphQL;

/// <summary>
/// An error that rejects a request or a field: a sentence for the client and a code from <see cref="ErrorCodes"/>.
/// </summary>
public sealed class RequestError : ExecutionError
{
    public RequestError(string code, string message)
        : base(message) => Code = code;

    /// <summary>
    /// The time to wait before a retry; null for one second. Ignored for errors that a retry cannot fix.
    /// </summary>
    public TimeSpan? RetryAfter { get; init; }
}
