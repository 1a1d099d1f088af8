using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;

namespace Cms.Site.Live;

/// <summary>Sends open pages the changes to articles, as server-sent events.</summary>
internal sealed class LiveEndpoint(LiveChanges changes, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    private const int MaxCursorLength = 200;

    // Proxies close connections that are silent for about a minute.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan FirstRead = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/live", ActivatorUtilities.CreateInstance<LiveEndpoint>(routes.ServiceProvider).SendAsync);

    private async Task SendAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = "private, no-store, no-transform";
        var entry = changes.Listen(http.Connection.RemoteIpAddress);
        if (entry.Listener is not { } listener)
        {
            await RefuseAsync(http, entry.Refusal);
            return;
        }

        using var ends = CancellationTokenSource.CreateLinkedTokenSource(
            http.RequestAborted,
            lifetime.ApplicationStopping
        );
        try
        {
            http.Response.ContentType = "text/event-stream";
            http.Response.Headers["X-Accel-Buffering"] = "no";
            http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();

            // The browser knows at once that it is connected, even while the log is being read for the first time.
            await http.Response.WriteAsync(":\n\n", ends.Token);
            await http.Response.Body.FlushAsync(ends.Token);
            await GreetAsync(http, ends.Token);
            await FollowAsync(http, listener, ends.Token);
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            // The reader has left, or the server stops.
        }
        finally
        {
            changes.Leave(listener);
        }
    }

    private static async Task RefuseAsync(HttpContext http, LiveRefusal refusal)
    {
        var (status, sentence) =
            refusal is LiveRefusal.Address
                ? (
                    StatusCodes.Status429TooManyRequests,
                    "Too many pages of your address listen for changes. Close some of them, or reload this page to see changes."
                )
                : (
                    StatusCodes.Status503ServiceUnavailable,
                    "Too many pages listen for changes. Reload this page to see changes, or try again in a minute."
                );
        http.Response.StatusCode = status;
        http.Response.Headers.RetryAfter = "60";
        http.Response.ContentType = "text/plain; charset=utf-8";
        await http.Response.WriteAsync(sentence, http.RequestAborted);
    }

    // The time tells the page how far its own clock is off. A browser that was here before gets what it missed.
    private async Task GreetAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow() + FirstRead;
        while (changes.Cursor is null && clock.GetUtcNow() < until)
        {
            await Task.Delay(Step, clock, cancellationToken);
        }

        var last = http.Request.Headers["Last-Event-ID"] is [{ Length: > 0 } sent]
            ? sent
            : http.Request.Query["after"].ToString();
        var missed =
            last is { Length: > 0 and <= MaxCursorLength } && last != changes.Cursor
                ? await changes.SinceAsync(last, cancellationToken)
                : [];
        // Without an id, the browser keeps its own cursor and asks again.
        var cursor = missed is null ? null : changes.Cursor;
        await WriteAsync(http, cursor, "hello", new { now = clock.GetUtcNow() }, cancellationToken);
        foreach (var change in missed ?? [])
        {
            await WriteAsync(http, change.Cursor, "article", change, cancellationToken);
        }
    }

    private async Task FollowAsync(HttpContext http, LiveListener listener, CancellationToken cancellationToken)
    {
        var events = listener.Events.Reader;
        var waiting = events.WaitToReadAsync(cancellationToken).AsTask();
        while (true)
        {
            try
            {
                if (!await waiting.WaitAsync(Heartbeat, clock, cancellationToken))
                {
                    return;
                }
            }
            catch (TimeoutException)
            {
                await http.Response.WriteAsync(":\n\n", cancellationToken);
                await http.Response.Body.FlushAsync(cancellationToken);
                continue;
            }

            while (events.TryRead(out var change))
            {
                await WriteAsync(http, change.Cursor, "article", change, cancellationToken);
            }

            waiting = events.WaitToReadAsync(cancellationToken).AsTask();
        }
    }

    private static async Task WriteAsync<T>(
        HttpContext http,
        string? id,
        string name,
        T data,
        CancellationToken cancellationToken
    )
    {
        var mark = id is null ? "" : $"id: {id}\n";
        await http.Response.WriteAsync(
            $"{mark}event: {name}\ndata: {JsonSerializer.Serialize(data, Json)}\n\n",
            cancellationToken
        );
        await http.Response.Body.FlushAsync(cancellationToken);
    }
}
