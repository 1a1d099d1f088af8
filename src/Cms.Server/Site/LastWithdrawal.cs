using Cms.Changes;

namespace Cms.Server.Site;

/// <summary>The last change that withdrew an article. Images are not followed: their own addresses check their rights.</summary>
internal sealed class LastWithdrawal : IChangeReader
{
    private long _number;

    /// <summary>The number of the last such change that this server has read; 0 if there is none.</summary>
    public long Number => Volatile.Read(ref _number);

    void IChangeReader.OnChanges(IReadOnlyList<SeenChange> changes)
    {
        foreach (var (change, _, _) in changes)
        {
            if (change.Kind is ChangeKind.ArticleWithdrawn)
            {
                Volatile.Write(ref _number, change.Seq);
            }
        }
    }

    // Changes that were missed are counted as gaps.
    void IChangeReader.Restart(bool isFollowed) { }
}
