using Cms.Changes;

namespace Cms.Server.Site;

/// <summary>
/// Follows what is taken from readers: withdrawn articles, and images that are changed or whose rights have expired.
/// </summary>
internal sealed class TakenFromReaders : IChangeReader
{
    private long _last;

    /// <summary>The number of the last such change that this server has read; 0 if there is none.</summary>
    public long Last => Volatile.Read(ref _last);

    void IChangeReader.OnChanges(IReadOnlyList<SeenChange> changes)
    {
        foreach (var (change, _, _) in changes)
        {
            if (change.Kind is ChangeKind.ArticleWithdrawn or ChangeKind.MediaChanged or ChangeKind.MediaExpired)
            {
                Volatile.Write(ref _last, change.Seq);
            }
        }
    }

    // Changes that were missed are counted as gaps.
    void IChangeReader.Restart(bool isFollowed) { }
}
