namespace Cms.GraphQL;

/// <summary>Recognizes exceptions with a cause outside this server, such as a database that does not respond.</summary>
public interface IOutages
{
    /// <summary>Returns the error for the client; null if the server itself is at fault.</summary>
    RequestError? Of(Exception fault);

    /// <summary>
    /// Runs work that shares no state with its caller, and abandons it if a dependency does not respond.
    /// </summary>
    Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken);
}
