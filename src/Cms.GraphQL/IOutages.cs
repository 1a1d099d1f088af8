namespace Cms.GraphQL;

/// <summary>Recognizes exceptions whose cause is outside this server, such as a database that does not answer.</summary>
public interface IOutages
{
    /// <summary>The error for the client; null when the fault is ours.</summary>
    RequestError? Of(Exception fault);
}
