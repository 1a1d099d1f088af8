using Microsoft.AspNetCore.Http.Features;

namespace Cms.Server.Pages;

/// <summary>The response to a request inside the process. It calls what was registered for its start and its end.</summary>
internal sealed class InProcessResponse : HttpResponseFeature
{
    private readonly Stack<(Func<object, Task> Call, object State)> _starting = [];
    private readonly Stack<(Func<object, Task> Call, object State)> _completed = [];

    public override void OnStarting(Func<object, Task> callback, object state) => _starting.Push((callback, state));

    public override void OnCompleted(Func<object, Task> callback, object state) => _completed.Push((callback, state));

    /// <summary>Calls what was registered for the start of the response, the last first.</summary>
    public Task StartAsync() => CallAsync(_starting);

    /// <summary>Calls what was registered for the end of the response, the last first.</summary>
    public Task CompleteAsync() => CallAsync(_completed);

    private static async Task CallAsync(Stack<(Func<object, Task> Call, object State)> calls)
    {
        while (calls.TryPop(out var next))
        {
            await next.Call(next.State);
        }
    }
}
