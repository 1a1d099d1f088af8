using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using Cms.Data;
using Cms.GraphQL;
using Cms.GraphQL.Documents;
using Cms.GraphQL.Execution;
using Cms.Partners.Usage;
using Cms.People;
using Cms.Server.Access;
using Cms.Server.Telemetry;
using GraphQL;

namespace Cms.Server.GraphQL;

/// <summary>
/// The socket of one client. Each operation waits until its last message has been sent, so that messages do not
/// accumulate for a slow client. A client that does not read is disconnected.
/// </summary>
internal sealed class SocketConnection(
    WebSocket socket,
    GraphQLEngine engine,
    Faults faults,
    KnownDocuments documents,
    StreamSettings settings,
    TimeProvider clock,
    IServiceScopeFactory scopes,
    BearerTokens tokens,
    Perspectives perspectives,
    ViewerWatches watches,
    SignInResult signIn,
    RequestLimiter? limiter,
    DatabaseAvailability? availability,
    DatabaseErrors? databaseErrors,
    ServerMetrics? metrics,
    IPAddress? address
) : IAsyncDisposable
{
    private const int MaxMessage = RequestReader.MaxBytes;

    // This close code is registered with IANA but not part of RFC 6455.
    private const int TryAgainLater = 1013;

    private readonly SemaphoreSlim _sending = new(1);
    private readonly CancellationTokenSource _ended = new();
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _operations = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Task, byte> _running = [];
    private volatile bool _isAcknowledged;
    private Viewer _viewer = signIn.Viewer;
    private IDisposable? _watch;

    /// <summary>Handles messages until either side closes the connection.</summary>
    /// <param name="gone">Cancelled when the connection is lost.</param>
    /// <param name="stopping">Cancelled when the server is about to stop.</param>
    public async Task RunAsync(CancellationToken gone, CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(gone, _ended.Token);
        await using var stop = stopping.Register(() =>
            _ = CloseAsync((int)WebSocketCloseStatus.EndpointUnavailable, "The server is stopping")
        );
        await using var timeout = clock.CreateTimer(
            _ =>
            {
                if (!_isAcknowledged)
                {
                    _ = CloseAsync(4408, "Connection initialisation timeout");
                }
            },
            null,
            settings.InitTimeout,
            Timeout.InfiniteTimeSpan
        );
        Watch(signIn);
        try
        {
            var message = new ArrayBufferWriter<byte>(4_096);
            while (await ReceiveAsync(message, ending.Token) && await HandleMessageAsync(message.WrittenMemory))
            {
                message.ResetWrittenCount();
            }

            await ReadToEndAsync(gone);
        }
        catch (Exception over) when (IsDeparture(over, ending.Token))
        {
            // The client disconnected without closing the connection, or did not reply to the close message.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _watch?.Dispose();
        await _ended.CancelAsync();
        await Task.WhenAll(_running.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ended.Dispose();
        _sending.Dispose();
    }

    // Returns false if the connection is being closed.
    private async Task<bool> ReceiveAsync(ArrayBufferWriter<byte> message, CancellationToken cancellationToken)
    {
        while (true)
        {
            var part = await socket.ReceiveAsync(message.GetMemory(4_096), cancellationToken);
            if (part.MessageType is WebSocketMessageType.Close)
            {
                await CloseAsync((int)WebSocketCloseStatus.NormalClosure, "");
                return false;
            }

            if (part.MessageType is not WebSocketMessageType.Text)
            {
                await CloseAsync(4400, "Send text messages");
                return false;
            }

            message.Advance(part.Count);
            if (message.WrittenCount > MaxMessage)
            {
                await CloseAsync(
                    (int)WebSocketCloseStatus.MessageTooBig,
                    $"A message may have at most {MaxMessage} bytes"
                );
                return false;
            }

            if (part.EndOfMessage)
            {
                return true;
            }
        }
    }

    // The close message can be lost if the connection ends while the client is still sending. So this discards what the
    // client sends until it closes its side or the timeout is reached.
    private async Task ReadToEndAsync(CancellationToken gone)
    {
        // The results of running operations can no longer be sent.
        await _ended.CancelAsync();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(gone);
        timeout.CancelAfter(settings.SendTimeout);
        var unread = new byte[4_096];
        while (socket.State is WebSocketState.CloseSent)
        {
            await socket.ReceiveAsync(unread, timeout.Token);
        }
    }

    private async Task<bool> HandleMessageAsync(ReadOnlyMemory<byte> bytes)
    {
        ClientMessage message;
        try
        {
            message = ClientMessage.Read(bytes);
        }
        catch (RequestError unreadable)
        {
            await CloseAsync(4400, unreadable.Message);
            return false;
        }

        switch (message.Type)
        {
            case "connection_init" when _isAcknowledged:
                await CloseAsync(4429, "Too many initialisation requests");
                return false;
            case "connection_init":
                if (!await InitialiseAsync(message.Payload))
                {
                    return false;
                }

                _isAcknowledged = true;
                await SendAsync("connection_ack", null, null);
                return true;
            case "ping":
                await SendAsync("pong", null, null);
                return true;
            case "pong":
                return true;
            case "subscribe" when !_isAcknowledged:
                await CloseAsync(4401, "Unauthorized");
                return false;
            case "subscribe" when message is { Id: { Length: > 0 } id, Payload: { } payload }:
                return await SubscribeAsync(id, payload);
            case "complete" when message.Id is { } id:
                if (_operations.TryGetValue(id, out var operation))
                {
                    await operation.CancelAsync();
                }

                return true;
            default:
                await CloseAsync(4400, "This is not a graphql-transport-ws message");
                return false;
        }
    }

    // Browsers cannot send headers with a socket, so the first message can contain the token instead. Returns false if
    // the token is rejected and the socket is closed.
    private async Task<bool> InitialiseAsync(ReadOnlyMemory<byte>? payload)
    {
        if (payload is null)
        {
            return true;
        }

        Introduction introduction;
        try
        {
            if (Introduction.Read(payload.Value) is not { } read)
            {
                await CloseAsync(4403, "Forbidden");
                return false;
            }

            introduction = read;
        }
        catch (RequestError unreadable)
        {
            await CloseAsync(4400, unreadable.Message);
            return false;
        }

        try
        {
            return await SignInAsync(introduction.Authorization) && await ShowAsync(introduction.Asked);
        }
        catch (Exception fault) when (!_ended.IsCancellationRequested && databaseErrors?.Concerns(fault) is true)
        {
            // The block list or the preview links cannot be read, so the token cannot be accepted.
            _ = databaseErrors.Of(fault);
            await CloseAsync(TryAgainLater, "The database does not respond");
            return false;
        }
    }

    private async Task<bool> SignInAsync(string? authorization)
    {
        if (authorization is null)
        {
            return true;
        }

        var introduced = await tokens.ReadAsync(authorization, _ended.Token);
        if (introduced.Refusal is { } refusal)
        {
            metrics?.CountRefusal(refusal);
            await CloseAsync(4403, "Forbidden");
            return false;
        }

        // The headers of the socket can contain a preview token. Their draft perspective was for a different viewer.
        _viewer = introduced.Viewer with
        {
            Preview = _viewer.Preview,
        };
        Watch(introduced);
        return true;
    }

    // A perspective in the message replaces that of the headers.
    private async Task<bool> ShowAsync(AskedPerspective asked)
    {
        if (asked is { Name: null, Token: null })
        {
            return true;
        }

        try
        {
            var shown = await perspectives.OfAsync(
                asked.Token is null ? _viewer : _viewer with { Preview = null },
                asked,
                address,
                _ended.Token
            );
            _viewer = asked.Name is null ? shown with { Perspective = _viewer.Perspective } : shown;
            return true;
        }
        catch (RequestError refusal)
        {
            var isMalformed = refusal.Code == ErrorCodes.BadRequest;
            await CloseAsync(isMalformed ? 4400 : 4403, isMalformed ? refusal.Message : "Forbidden");
            return false;
        }
    }

    private void Watch(SignInResult admitted)
    {
        _watch?.Dispose();
        _watch = watches.Begin(admitted, departure => _ = CloseAsync(4403, departure.Reason));
    }

    // Returns false if the payload is not a request and the socket is closed.
    private async Task<bool> SubscribeAsync(string id, ReadOnlyMemory<byte> payload)
    {
        Task task;
        try
        {
            task = ExecuteAsync(id, GraphQLRequest.Read(new ReadOnlySequence<byte>(payload)));
        }
        catch (RequestError unreadable) when (unreadable.Code == ErrorCodes.BadRequest)
        {
            await CloseAsync(4400, unreadable.Message);
            return false;
        }
        catch (RequestError refusal)
        {
            await SendErrorsAsync(id, [refusal]);
            return true;
        }

        _running.TryAdd(task, 0);
        _ = task.ContinueWith(
            done => _running.TryRemove(done, out _),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
        return true;
    }

    private async Task ExecuteAsync(string id, GraphQLRequest sent)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token);
        if (!_operations.TryAdd(id, cancellation))
        {
            await CloseAsync(4409, $"Subscriber for {Shortened(id)} already exists");
            return;
        }

        // Let the connection read its next message.
        await Task.Yield();
        try
        {
            var isDone = await AnswerAsync(id, sent, cancellation);
            Forget(id, cancellation);
            if (isDone)
            {
                await SendAsync("complete", id, null);
            }
        }
        catch (RequestError refusal)
        {
            Forget(id, cancellation);
            await SendErrorsAsync(id, [refusal]);
        }
        catch (Exception over) when (IsDeparture(over, cancellation.Token))
        {
            // The client completed the operation or disconnected.
        }
        catch (Exception fault) when (fault is not ExecutionError)
        {
            Forget(id, cancellation);
            await SendErrorsAsync(id, [faults.Report(fault)]);
        }
        finally
        {
            Forget(id, cancellation);
        }
    }

    // Database drivers can report a cancellation as a database error.
    private bool IsDeparture(Exception over, CancellationToken ended) =>
        over is OperationCanceledException or WebSocketException
        || (ended.IsCancellationRequested && databaseErrors?.IsInterruption(over) is true);

    // Returns false if the operation ended with errors, which have been sent.
    private async Task<bool> AnswerAsync(string id, GraphQLRequest sent, CancellationTokenSource cancellation)
    {
        var cancellationToken = cancellation.Token;
        if (_operations.Count > settings.MaxOperations)
        {
            throw new RequestError(
                ErrorCodes.Overloaded,
                $"A connection can run at most {settings.MaxOperations} operations at a time. Complete one, or open another connection."
            );
        }

        await using var scope = scopes.CreateAsyncScope();
        var use = _viewer.Kind is ViewerKind.Partner ? new PartnerTurn(UsageChannel.Graphql) : null;
        var work = ExecuteAsync(sent, use, scope.ServiceProvider, cancellationToken);
        ExecutionResult result;
        try
        {
            result = await (availability?.WaitAsync(work) ?? work);
        }
        catch (DatabaseUnavailableException) when (!work.IsCompleted)
        {
            // The scope must live until the operation ends.
            Forget(id, cancellation);
            var isMutation = scope.ServiceProvider.GetRequiredService<CurrentOperation>().IsMutation;
            await SendErrorsAsync(id, [DatabaseErrors.GivenUp(isMutation)]);
            await ((Task)work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return false;
        }

        if (!result.Executed)
        {
            Count(scope.ServiceProvider, use, bytes: 0);
            await SendErrorsAsync(id, result.Errors ?? []);
            return false;
        }

        if (result is not SubscriptionResult subscription)
        {
            await SendAsync(
                "next",
                id,
                output =>
                {
                    var before = output.WrittenCount;
                    ResultWriter.Write(output, result);
                    Count(scope.ServiceProvider, use, output.WrittenCount - before);
                }
            );
            return true;
        }

        // Its events are sent later, and are not counted.
        Count(scope.ServiceProvider, use, bytes: 0);
        await foreach (var answer in subscription.Events.WithCancellation(cancellationToken))
        {
            await SendAsync("next", id, output => ResultWriter.Write(output, answer));
        }

        return true;
    }

    // For a subscription, the limits apply only to its start. The rate of its events depends on the changes and on how
    // fast the client reads.
    private async Task<ExecutionResult> ExecuteAsync(
        GraphQLRequest sent,
        PartnerTurn? use,
        IServiceProvider services,
        CancellationToken cancellationToken
    )
    {
        using var turn = limiter is null ? null : await limiter.EnterAsync(_viewer, address, null, cancellationToken);
        var request = documents.Resolve(sent, _viewer.Kind is ViewerKind.Anonymous);
        return await engine.ExecuteAsync(
            request,
            services,
            use is null ? _viewer : _viewer with { Turn = use },
            readOnly: false,
            cancellationToken
        );
    }

    private static void Count(IServiceProvider services, PartnerTurn? use, long bytes)
    {
        if (use is not null)
        {
            services.GetRequiredService<UsageCounter>().CountRequest(use, StatusCodes.Status200OK, bytes);
        }
    }

    private void Forget(string id, CancellationTokenSource cancellation) =>
        _operations.TryRemove(KeyValuePair.Create(id, cancellation));

    private Task SendErrorsAsync(string id, ExecutionErrors errors) =>
        SendAsync("error", id, output => ResultWriter.Write(output, errors));

    private async Task SendAsync(string type, string? id, Action<ArrayBufferWriter<byte>>? payload)
    {
        var message = new ArrayBufferWriter<byte>(512);
        message.Write("{\"type\":\""u8);
        message.Write(System.Text.Encoding.ASCII.GetBytes(type));
        message.Write("\""u8);
        if (id is not null)
        {
            message.Write(",\"id\":"u8);
            message.Write(JsonSerializer.SerializeToUtf8Bytes(id));
        }

        if (payload is not null)
        {
            message.Write(",\"payload\":"u8);
            payload(message);
        }

        message.Write("}"u8);
        await _sending.WaitAsync(_ended.Token);
        try
        {
            if (socket.State is not WebSocketState.Open)
            {
                return;
            }

            // A client that does not read in time is disconnected, because a cancelled send makes the socket unusable.
            using var timeout = new CancellationTokenSource(settings.SendTimeout, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _ended.Token);
            await socket.SendAsync(message.WrittenMemory, WebSocketMessageType.Text, true, either.Token);
        }
        catch (OperationCanceledException)
        {
            socket.Abort();
            throw;
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task CloseAsync(int code, string reason)
    {
        try
        {
            await _sending.WaitAsync(_ended.Token);
            try
            {
                if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                {
                    using var timeout = new CancellationTokenSource(settings.SendTimeout, clock);
                    await socket.CloseOutputAsync((WebSocketCloseStatus)code, Shortened(reason), timeout.Token);
                }
            }
            finally
            {
                _sending.Release();
            }

            // Cancelling a receive aborts the socket, so give the client time to reply to the close message.
            _ended.CancelAfter(settings.SendTimeout);
        }
        catch (Exception gone)
            when (gone is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            socket.Abort();
        }
    }

    // A close reason has at most 123 bytes (RFC 6455 §5.5).
    private static string Shortened(string text) => text.Length <= 40 ? text : $"{text[..37]}...";
}
