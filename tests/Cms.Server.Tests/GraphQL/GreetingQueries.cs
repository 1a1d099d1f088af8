using Cms.Api;

namespace Cms.Server.Tests.GraphQL;

[QueryType]
public static class GreetingQueries
{
    /// <summary>Says hello.</summary>
    /// <param name="name">To whom.</param>
    public static string GetHello(string name = "world") => $"Hello, {name}!";

    /// <summary>Waits until the client goes away.</summary>
    public static async Task<string?> GetNeverAsync([Service] Visits visits, CancellationToken cancellationToken)
    {
        var gone = new TaskCompletionSource();
        await using var registration = cancellationToken.Register(gone.SetResult);
        visits.Arrived.TrySetResult();
        await gone.Task;
        visits.Left.TrySetResult();
        cancellationToken.ThrowIfCancellationRequested();
        return null;
    }
}

[MutationType]
public static class GreetingMutations
{
    /// <summary>Changes nothing.</summary>
    public static bool Touch() => true;
}

/// <summary>Tells when a slow request began and when it ended.</summary>
public sealed class Visits
{
    public TaskCompletionSource Arrived { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Left { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
