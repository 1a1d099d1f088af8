namespace Cms.Api.Execution;

/// <summary>The operation that a request executes, for whoever waits for it.</summary>
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
