using System.Diagnostics.CodeAnalysis;
using Cms.Foundation;
using Cms.Server.Telemetry;
using Cms.Webhooks;

namespace Cms.Server.Webhooks;

/// <summary>
/// Sends the due deliveries of one webhook. Each webhook has a lane of its own, so that a slow receiver holds up nobody
/// else.
/// </summary>
internal sealed partial class WebhookLane(
    WebhookId webhook,
    ClaimDeliveries claim,
    ComposeMessage compose,
    ReleaseDelivery release,
    RecordAttempt record,
    WebhookClient client,
    TimeProvider clock,
    ILogger<WebhookLane> log
)
{
    private TaskCompletionSource _more = NewSource();

    /// <summary>Completes when the lane has nothing more to send now. Returns whether it has sent anything.</summary>
    public Task<bool>? Running { get; private set; }

    /// <summary>Starts to send, or makes a running lane look for more.</summary>
    public void Start(CancellationToken cancellationToken)
    {
        if (Running is { IsCompleted: false })
        {
            Volatile.Read(ref _more).TrySetResult();
            return;
        }

        Running = Task.Run(() => RunAsync(cancellationToken), CancellationToken.None);
    }

    // A failure of this server is logged once for each run. The deliveries are sent after their lease.
    [SuppressMessage("Design", "CA1031", Justification = "A failure of one webhook must not stop the others.")]
    private async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var hasSent = false;
        List<Task> sending = [];
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                var more = NewSource();
                Volatile.Write(ref _more, more);
                if (sending.Count < ClaimDeliveries.MaxParallel)
                {
                    var claimed = await claim.Handle(webhook, cancellationToken);
                    hasSent |= claimed.Count > 0;
                    sending.AddRange(claimed.Select(delivery => SendAsync(delivery, cancellationToken)));
                }

                if (sending.Count == 0)
                {
                    break;
                }

                await Task.WhenAny([more.Task, .. sending]);
                foreach (var done in sending.Where(task => task.IsCompleted).ToList())
                {
                    sending.Remove(done);
                    await done;
                }
            }
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // The next start sends the rest.
        }
        catch (Exception fault)
        {
            LogFailed(log, fault, webhook);
            hasSent = false;
        }

        await Task.WhenAll(sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return hasSent;
    }

    private async Task SendAsync(ClaimedDelivery claimed, CancellationToken cancellationToken)
    {
        using var activity = ServerTraces.Delivery(webhook);
        var composed = await compose.Handle(claimed, cancellationToken);
        switch (composed)
        {
            case { Message: { } message }:
                var outcome = await client.SendAsync(message, cancellationToken);
                activity?.SetTag("http.response.status_code", outcome.Status);
                activity?.SetTag("cms.webhook.delivered", outcome.Error is null);

                // What was sent is recorded also when the server stops, so that it is not sent again.
                await record.Handle(claimed, outcome, CancellationToken.None);
                break;
            case { Error: { } error }:
                await record.Handle(
                    claimed,
                    new AttemptOutcome
                    {
                        At = clock.Now(),
                        Duration = default,
                        Error = error,
                    },
                    CancellationToken.None
                );
                break;
            default:
                await release.Handle(claimed, composed.Wait, CancellationToken.None);
                break;
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(
        LogLevel.Error,
        "Cannot send the deliveries of {Webhook}; they are tried again when their claim ends"
    )]
    private static partial void LogFailed(ILogger logger, Exception fault, WebhookId webhook);
}
