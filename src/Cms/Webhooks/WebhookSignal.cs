using Cms.Changes;

namespace Cms.Webhooks;

/// <summary>Wakes the sender when this server has something new to send. It only saves waiting for the next check.</summary>
public sealed class WebhookSignal : IChangeReader
{
    private TaskCompletionSource _given = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Returns a task that completes with the next signal.</summary>
    public Task Next => Volatile.Read(ref _given).Task;

    public void Give() =>
        Interlocked
            .Exchange(ref _given, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))
            .TrySetResult();

    void IChangeReader.OnChanges(IReadOnlyList<SeenChange> changes) => Give();

    void IChangeReader.Restart(bool isFollowed) => Give();
}
