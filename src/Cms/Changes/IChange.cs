using Cms.GraphQL;

namespace Cms.Changes;

/// <summary>A public change.</summary>
[InterfaceType("Change")]
public interface IChange
{
    /// <summary>The cursor of this change. Pass it as `after` to continue after this change.</summary>
    string Cursor { get; }

    /// <summary>When the change was made.</summary>
    DateTimeOffset OccurredAt { get; }
}
