namespace Cms.GraphQL.Execution;

/// <summary>What code that waits for a request needs to know of its operation.</summary>
public sealed class CurrentOperation
{
    private volatile bool _isMutation;

    /// <summary>Whether a mutation has begun.</summary>
    public bool IsMutation
    {
        get => _isMutation;
        internal set => _isMutation = value;
    }
}
