namespace Cms.GraphQL.Execution;

/// <summary>Counts what the operation that runs in this flow of execution has done.</summary>
public sealed class OperationWork
{
    private static readonly AsyncLocal<OperationWork?> Local = new();

    private int _statements;

    private OperationWork() { }

    /// <summary>The work of the current operation; null outside an operation.</summary>
    public static OperationWork? Current => Local.Value;

    /// <summary>The number of SQL statements.</summary>
    public int Statements => Volatile.Read(ref _statements);

    public void CountStatement() => Interlocked.Increment(ref _statements);

    /// <summary>Starts to count for a new operation, until the calling method ends.</summary>
    internal static OperationWork Begin() => Local.Value = new OperationWork();
}
