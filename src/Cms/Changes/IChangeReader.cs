namespace Cms.Changes;

/// <summary>Something in memory that follows the change log. The feed calls its readers in the order of their registration.</summary>
public interface IChangeReader
{
    /// <summary>Takes note of changes, in the order of their commits.</summary>
    void OnChanges(IReadOnlyList<SeenChange> changes);

    /// <summary>Forgets everything, because changes may have been missed.</summary>
    /// <param name="isFollowed">Whether every change from now on is passed to <see cref="OnChanges" />.</param>
    void Restart(bool isFollowed);
}
