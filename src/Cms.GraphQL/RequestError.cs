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
    /// How long the client should wait before it tries again; null for one second, if the error is temporary.
    /// </summary>
    public TimeSpan? RetryAfter { get; init; }
}
