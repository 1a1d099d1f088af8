using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Server.Tests.GraphQL;

[QueryType]
public static class GreetingQueries
{
    /// <summary>Says hello.</summary>
    /// <param name="name">Whom to greet.</param>
    public static string GetHello(string name = "world") => $"Hello, {name}!";

    /// <summary>Waits until the request is cancelled.</summary>
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

    /// <summary>Returns an error that it does not declare.</summary>
    [Errors<VersionConflict>]
    public static Task<Result<Touched>> MisfileAsync(MisfileInput input) =>
        Task.FromResult<Result<Touched>>(new Misfiled(input.What));
}

/// <summary>An error that no mutation declares.</summary>
/// <param name="Secret">A text that no response may contain.</param>
public sealed record Misfiled(string Secret) : UserError($"The drawer of {Secret} is locked.");

/// <summary>What to misfile.</summary>
public sealed record MisfileInput : MutationInput
{
    /// <summary>Any text.</summary>
    public string What { get; init; } = "wood";
}

[SubscriptionType]
public static class GreetingSubscriptions
{
    /// <summary>Sends everyone one greeting.</summary>
    public static IAsyncEnumerable<Greeting> GreetedAsync([Service] Visits visits) => visits.Greetings();

    /// <summary>Sends editors one greeting.</summary>
    [Authorize(Policies.Editor)]
    public static IAsyncEnumerable<Greeting> EditorsGreetedAsync([Service] Visits visits) => visits.Greetings();
}

/// <summary>A greeting.</summary>
/// <param name="Text">The text of the greeting.</param>
public sealed record Greeting(string Text);

[ObjectType<Greeting>]
public static class GreetingNode
{
    /// <summary>A text for editors only.</summary>
    [Authorize(Policies.Editor)]
    public static string? GetAside([Parent] Greeting greeting) => $"{greeting.Text}, psst";
}

/// <summary>What to touch.</summary>
public sealed record TouchInput : MutationInput
{
    /// <summary>Any text.</summary>
    public string What { get; init; } = "wood";
}

/// <summary>What was touched.</summary>
/// <param name="What">Any text.</param>
public sealed record Touched(string What);

/// <summary>Reports when a slow request starts and ends, and counts the greeting streams that have started.</summary>
public sealed class Visits
{
    private int _begun;

    public int Begun => _begun;

    public TaskCompletionSource Arrived { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Left { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async IAsyncEnumerable<Greeting> Greetings()
    {
        Interlocked.Increment(ref _begun);
        await Task.Yield();
        yield return new Greeting("Hello");
    }
}
