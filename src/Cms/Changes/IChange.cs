using Cms.GraphQL;

namespace Cms.Changes;

/// <summary>A change that readers can see.</summary>
[InterfaceType("Change")]
public interface IChange
{
    /// <summary>Give it as `after` to go on from this change.</summary>
    string Cursor { get; }

    /// <summary>When it changed.</summary>
    DateTimeOffset OccurredAt { get; }
}
