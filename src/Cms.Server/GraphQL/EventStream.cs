using System.Buffers;
using System.IO.Pipelines;
using Cms.Data;
using Cms.GraphQL;
using Cms.GraphQL.Execution;
using Cms.Server.Access;
using GraphQL;
using Microsoft.AspNetCore.Connections;

namespace Cms.Server.GraphQL;

/// <summary>
/// GraphQL over server-sent events, distinct connections mode
/// (github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md).
/// </summary>
internal static class EventStream
{
    /// <summary>Sends the result, or one result per event, and then a <c>complete</c> event.</summary>
    public static async Task WriteAsync(
        HttpContext http,
        ExecutionResult result,
        StreamSettings settings,
        TimeProvider clock,
        ViewerWatches? watches
    )
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        Departure? departure = null;
        using var watch = watches?.Begin(
            http.SignInResult,
            reason =>
            {
                departure = reason;
                over.Cancel();
            }
        );
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        http.Response.Headers.CacheControl = "no-cache, no-transform";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        var output = new Output(http, settings.SendTimeout, clock);
        try
        {
            // Send a comment, so that the client sees immediately that the stream has started.
            await output.WriteAsync(":\n\n"u8);
            await WriteAsync(output, http, result, settings, clock, () => departure!, over.Token);
            await output.WriteAsync("event: complete\ndata:\n\n"u8);
        }
        catch (ConnectionAbortedException)
        {
            // The client has disconnected or stopped reading.
        }
    }

    private static async Task WriteAsync(
        Output output,
        HttpContext http,
        ExecutionResult result,
        StreamSettings settings,
        TimeProvider clock,
        Func<Departure> departure,
        CancellationToken over
    )
    {
        try
        {
            if (result is SubscriptionResult subscription)
            {
                await WriteEventsAsync(output, subscription.Events, settings, clock, over);
            }
            else
            {
                await output.NextAsync(result);
            }
        }
        catch (Exception fault)
            when (fault is not ConnectionAbortedException
                && over.IsCancellationRequested
                && !http.RequestAborted.IsCancellationRequested
                && IsInterruption(http, fault)
            )
        {
            await output.NextAsync(new ExecutionResult { Errors = [departure().Refusal()] });
        }
        catch (RequestError refusal)
        {
            await output.NextAsync(new ExecutionResult { Errors = [refusal] });
        }
        catch (Exception fault)
            when (fault is not ConnectionAbortedException && !http.RequestAborted.IsCancellationRequested)
        {
            var error = http.RequestServices.GetRequiredService<Faults>().Report(fault);
            await output.NextAsync(new ExecutionResult { Errors = [error] });
        }
    }

    private static bool IsInterruption(HttpContext http, Exception fault) =>
        fault is OperationCanceledException
        || http.RequestServices.GetService<DatabaseErrors>()?.IsInterruption(fault) is true;

    private static async Task WriteEventsAsync(
        Output output,
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
                    // Cancelling the token ends MoveNextAsync. Wait for its end, because an enumerator must not be
                    // disposed during MoveNextAsync.
                    await next.WaitAsync(settings.KeepAlive, clock, CancellationToken.None);
                }
                catch (TimeoutException)
                {
                    await output.WriteAsync(":\n\n"u8);
                }
            }

            if (!await next)
            {
                return;
            }

            await output.NextAsync(answers.Current);
        }
    }

    /// <summary>The response stream. Closes the connection of a client that takes too long to read.</summary>
    private sealed class Output(HttpContext http, TimeSpan sendTimeout, TimeProvider clock)
    {
        private readonly PipeWriter _pipe = http.Response.BodyWriter;

        // The JSON contains no line breaks, so it fits on one data line.
        public Task NextAsync(ExecutionResult result)
        {
            _pipe.Write("event: next\ndata: "u8);
            ResultWriter.Write(_pipe, result);
            return WriteAsync("\n\n"u8);
        }

        public Task WriteAsync(ReadOnlySpan<byte> text)
        {
            _pipe.Write(text);
            return FlushAsync();
        }

        // Kestrel's minimum data rate is not enough: a large message could take an hour.
        private async Task FlushAsync()
        {
            using var late = new CancellationTokenSource(sendTimeout, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, http.RequestAborted);
            try
            {
                await _pipe.FlushAsync(either.Token);
            }
            catch (OperationCanceledException unread) when (late.IsCancellationRequested)
            {
                http.Abort();
                throw new ConnectionAbortedException("The client did not read the stream.", unread);
            }
        }
    }
}
