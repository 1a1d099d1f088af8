namespace Cms.GraphQL.Execution;

/// <summary>The state of the request's operation, for code that waits for the request.</summary>
public sealed class CurrentOperation
{
    private volatile bool _isMutation;

    /// <summary>Whether the operation is a mutation that has begun.</summary>
    public bool IsMutation
    {
        get => _isMutation;
        internal set => _isMutation = value;
    }

    /// <summary>The cost of the operation; null until it is known.</summary>
    public long? Cost { get; internal set; }

    /// <summary>What telemetry says about the operation; null if nobody listens or it has not been executed.</summary>
    public TracedOperation? Traced { get; internal set; }
}
