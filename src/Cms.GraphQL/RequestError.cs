using GraphQL;

namespace Cms.GraphQL;

/// <summary>A request that cannot be served as it stands: a sentence for its author and a code from <see cref="ErrorCodes"/>.</summary>
public sealed class RequestError : ExecutionError
{
    public RequestError(string code, string message)
        : base(message) => Code = code;

    /// <summary>When it is worth trying again; null for a second, where the code is one of those that pass.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
