namespace Cms.Changes;

/// <summary>
/// A component with in-memory state that follows the change log. The feed calls these readers in the order of their
/// registration.
/// </summary>
public interface IChangeReader
{
    /// <summary>Handles changes, in commit order.</summary>
    void OnChanges(IReadOnlyList<SeenChange> changes);

    /// <summary>Clears everything in memory, because changes may have been missed.</summary>
    /// <param name="isFollowed">Whether every change from now on is passed to <see cref="OnChanges" />.</param>
    void Restart(bool isFollowed);
}
