using Cms.Api;
using Cms.Results;

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
    [Errors<VersionConflict>]
    public static Task<Result<Touched>> TouchAsync(TouchInput input) =>
        Task.FromResult<Result<Touched>>(new Touched(input.What));
}

/// <summary>What to touch.</summary>
public sealed record TouchInput
{
    /// <summary>Anything.</summary>
    public string What { get; init; } = "wood";
}

/// <summary>What was touched.</summary>
/// <param name="What">Anything.</param>
public sealed record Touched(string What);

/// <summary>Tells when a slow request began and when it ended.</summary>
public sealed class Visits
{
    public TaskCompletionSource Arrived { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Left { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
