using Cms.Changes;
using Cms.Foundation;

namespace Cms.Server.Telemetry;

/// <summary>Records how long changes take until this server has read them.</summary>
internal sealed class ChangeLag(ServerMetrics metrics, TimeProvider clock) : IChangeReader
{
    public void OnChanges(IReadOnlyList<SeenChange> changes)
    {
        if (metrics.Lag.Enabled && changes is [.., var last])
        {
            metrics.Lag.Record((clock.Now() - last.Change.OccurredAt).TotalSeconds);
        }
    }

    public void Restart(bool isFollowed) { }
}
