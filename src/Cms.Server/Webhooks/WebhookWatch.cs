using Cms.Foundation;
using Cms.Server.Health;
using Cms.Server.Telemetry;
using Cms.Webhooks;

namespace Cms.Server.Webhooks;

/// <summary>Plans and sends the deliveries of webhooks: when something happens here, and regularly.</summary>
internal sealed partial class WebhookWatch(
    PlanDeliveries plan,
    ListDueWebhooks list,
    IServiceProvider services,
    CountPendingDeliveries count,
    WebhookSignal signal,
    ServerMetrics metrics,
    ClockCheck check,
    TimeProvider clock,
    ILogger<WebhookWatch> log
) : ClockWatch(check, clock, TimeSpan.FromSeconds(5))
{
    private readonly TimeProvider _clock = clock;
    private readonly Dictionary<WebhookId, WebhookLane> _lanes = [];

    protected override Task Woken => signal.Next;

    protected override async Task<DateTimeOffset?> CarryOutAsync(CancellationToken cancellationToken)
    {
        await plan.Handle(cancellationToken);
        DateTimeOffset? next = null;
        HashSet<WebhookId> pending = [];
        foreach (var (id, dueAt) in await list.Handle(cancellationToken))
        {
            pending.Add(id);
            if (dueAt > _clock.Now())
            {
                next = next < dueAt ? next : dueAt;
                continue;
            }

            if (!_lanes.TryGetValue(id, out var lane))
            {
                _lanes.Add(id, lane = ActivatorUtilities.CreateInstance<WebhookLane>(services, id));
            }

            var isNew = lane.Running is not { IsCompleted: false };
            lane.Start(cancellationToken);
            if (isNew)
            {
                _ = WakeAfterAsync(lane);
            }
        }

        foreach (var (id, lane) in _lanes.Where(lane => !pending.Contains(lane.Key)).ToList())
        {
            if (lane.Running is { IsCompleted: true })
            {
                _lanes.Remove(id);
            }
        }

        if (metrics.Backlog.Enabled)
        {
            metrics.Backlog.Record(await count.Handle(cancellationToken));
        }

        return next;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(_lanes.Values.Select(lane => lane.Running ?? Task.CompletedTask))
            .WaitAsync(cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected override void Failed(Exception fault) => LogFailed(log, fault);

    // What a lane has sent may have left something that is due later.
    private async Task WakeAfterAsync(WebhookLane lane)
    {
        if (await lane.Running!)
        {
            signal.Give();
        }
    }

    [LoggerMessage(LogLevel.Error, "Cannot check which webhooks have something to send; the check is repeated")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
