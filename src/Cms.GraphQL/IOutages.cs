namespace Cms.GraphQL;

/// <summary>Knows the outages of what this server depends on, such as a database that does not answer.</summary>
public interface IOutages
{
    /// <summary>The error for the client; null when the fault is ours.</summary>
    RequestError? Of(Exception fault);

    /// <summary>Runs work that owns whatever it uses, and gives it up when that does not answer.</summary>
    Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken);
}
