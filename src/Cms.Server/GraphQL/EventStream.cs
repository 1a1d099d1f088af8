using System.Buffers;
using System.IO.Pipelines;
using Cms.Api;
using Cms.Api.Execution;
using Cms.Server.Access;
using GraphQL;

namespace Cms.Server.GraphQL;

/// <summary>
/// GraphQL over server-sent events, distinct connections mode
/// (github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md).
/// </summary>
internal static class EventStream
{
    /// <summary>Sends the answer, or one for each event, and then that it is complete.</summary>
    public static async Task WriteAsync(
        HttpContext http,
        ExecutionResult result,
        StreamSettings settings,
        TimeProvider clock,
        ViewerWatches? watches
    )
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        var reason = "";
        using var watch = watches?.Begin(
            http.Admittance,
            told =>
            {
                reason = told;
                over.Cancel();
            }
        );
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        http.Response.Headers.CacheControl = "no-cache, no-transform";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        var output = http.Response.BodyWriter;

        // Says at once that the stream has begun.
        await output.WriteAsync(":\n\n"u8.ToArray(), http.RequestAborted);
        try
        {
            if (result is SubscriptionResult subscription)
            {
                await WriteEventsAsync(output, subscription.Events, settings, clock, over.Token);
            }
            else
            {
                await NextAsync(output, result, http.RequestAborted);
            }
        }
        catch (OperationCanceledException)
            when (over.IsCancellationRequested && !http.RequestAborted.IsCancellationRequested)
        {
            var ended = new RequestError(
                ErrorCodes.NotAuthenticated,
                $"{reason}. Sign in again and go on from where you were."
            );
            await NextAsync(output, new ExecutionResult { Errors = [ended] }, http.RequestAborted);
        }
        catch (RequestError refusal)
        {
            await NextAsync(output, new ExecutionResult { Errors = [refusal] }, http.RequestAborted);
        }
        catch (Exception fault) when (!http.RequestAborted.IsCancellationRequested)
        {
            var told = http.RequestServices.GetRequiredService<Faults>().Report(fault);
            await NextAsync(output, new ExecutionResult { Errors = [told] }, http.RequestAborted);
        }

        await output.WriteAsync("event: complete\ndata:\n\n"u8.ToArray(), http.RequestAborted);
    }

    private static async Task WriteEventsAsync(
        PipeWriter output,
        IAsyncEnumerable<ExecutionResult> events,
        StreamSettings settings,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        await using var answers = events.GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            var next = answers.MoveNextAsync().AsTask();
            while (!next.IsCompleted)
            {
                try
                {
                    // Ends with the token by itself; an enumerator may not be left while it moves.
                    await next.WaitAsync(settings.KeepAlive, clock, CancellationToken.None);
                }
                catch (TimeoutException)
                {
                    await output.WriteAsync(":\n\n"u8.ToArray(), cancellationToken);
                }
            }

            if (!await next)
            {
                return;
            }

            await NextAsync(output, answers.Current, cancellationToken);
        }
    }

    // JSON as it is written here has no line breaks, so one data line holds it.
    private static async Task NextAsync(PipeWriter output, ExecutionResult result, CancellationToken cancellationToken)
    {
        output.Write("event: next\ndata: "u8);
        ResultWriter.Write(output, result);
        output.Write("\n\n"u8);
        await output.FlushAsync(cancellationToken);
    }
}
