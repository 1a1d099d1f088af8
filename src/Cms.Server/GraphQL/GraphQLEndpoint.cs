using System.Buffers;
using System.Globalization;
using System.Text;
using Cms.Data;
using Cms.GraphQL;
using Cms.GraphQL.Documents;
using Cms.GraphQL.Execution;
using Cms.People;
using Cms.Server.Access;
using GraphQL;

namespace Cms.Server.GraphQL;

/// <summary>GraphQL over HTTP, with GET and POST.</summary>
internal static class GraphQLEndpoint
{
    /// <summary>Serves GraphQL at <paramref name="pattern"/>.</summary>
    public static IEndpointConventionBuilder MapGraphQL(this IEndpointRouteBuilder routes, string pattern) =>
        routes.Map(pattern, HandleAsync).WithDisplayName("GraphQL");

    private static async Task HandleAsync(HttpContext http)
    {
        await AnswerAsync(http);
        PartnerUse.End(http);
    }

    private static async Task AnswerAsync(HttpContext http)
    {
        if (http.WebSockets.IsWebSocketRequest)
        {
            await http.RequestServices.GetRequiredService<WebSocketTransport>().HandleAsync(http);
            return;
        }

        var get = HttpMethods.IsGet(http.Request.Method);

        if (!get && !HttpMethods.IsPost(http.Request.Method))
        {
            http.Response.Headers.Allow = "GET, POST";
            await Refuse(http, 405, ErrorCodes.MethodNotAllowed, "Send GraphQL requests with GET or POST.");
            return;
        }

        if (MediaTypes.Negotiate(http.Request) is not { } type)
        {
            await Refuse(
                http,
                406,
                ErrorCodes.NotAcceptable,
                $"Accept {MediaTypes.ResponseJson} or {MediaTypes.Json}, in UTF-8."
            );
            return;
        }

        // Pages of other sites can post forms and plain text without a preflight, but not JSON (CSRF).
        if (!get && !MediaTypes.IsJson(http.Request))
        {
            await Refuse(http, 415, ErrorCodes.UnsupportedMediaType, $"Send {MediaTypes.Json} in UTF-8.", type);
            return;
        }

        if (!get && !RequestReader.IsCodingRead(http.Request))
        {
            http.Response.Headers.AcceptEncoding = RequestReader.Codings;
            await Refuse(
                http,
                415,
                ErrorCodes.UnsupportedMediaType,
                $"Send the body without a Content-Encoding, or with one of these: {RequestReader.Codings}.",
                type
            );
            return;
        }

        try
        {
            var sent = get
                ? Encoding.UTF8.GetBytes(http.Request.QueryString.Value ?? "")
                : await RequestReader.FromBodyAsync(http, bytes => bytes.ToArray());
            await AnswerAsync(http, get, type, sent);
        }
        catch (RequestError refusal)
        {
            var status = refusal.Code switch
            {
                // These requests are well-formed, so with "application/json" the status is 200.
                ErrorCodes.UnknownDocument or ErrorCodes.PersistedQueryNotFound when type != MediaTypes.ResponseJson =>
                    StatusCodes.Status200OK,
                ErrorCodes.RequestTooLarge => StatusCodes.Status413PayloadTooLarge,
                ErrorCodes.RateLimited => StatusCodes.Status429TooManyRequests,
                var code when code is ErrorCodes.Overloaded || ErrorCodes.IsOutage(code) =>
                    StatusCodes.Status503ServiceUnavailable,
                _ => StatusCodes.Status400BadRequest,
            };
            if (status == StatusCodes.Status503ServiceUnavailable)
            {
                http.Response.Headers.RetryAfter = RetryAfter(refusal);
            }

            await ResponseWriter.WriteAsync(http.Response, type, status, new ExecutionResult { Errors = [refusal] });
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has disconnected.
        }
    }

    private static async Task AnswerAsync(HttpContext http, bool get, string type, byte[] sent)
    {
        var answers = http.RequestServices.GetService<AnswerSender>();

        // As in Hot Chocolate, a header requests the cost of an operation.
        var reportsCost = http.Request.Headers["GraphQL-Cost"] == "report";
        var key =
            answers is null || reportsCost || type == MediaTypes.EventStream ? null : AnswerSender.KeyOf(http, sent);
        if (answers is not null && await answers.TrySendAsync(http, type, key))
        {
            return;
        }

        var begun = answers?.Now() ?? default;
        var work = ExecuteAsync(http, get, sent, reportsCost);
        if (await TryWaitAsync(http, type, work) is not { } result)
        {
            return;
        }

        if (result is SubscriptionResult && IsAway(http))
        {
            throw http.RequestServices.GetRequiredService<DatabaseErrors>().Of(new DatabaseUnavailableException())!;
        }

        // Outages are not streamed, because they need a status and a Retry-After header.
        if (type == MediaTypes.EventStream && OutageOf(result) is null)
        {
            await EventStream.WriteAsync(
                http,
                result,
                http.RequestServices.GetRequiredService<StreamSettings>(),
                http.RequestServices.GetRequiredService<TimeProvider>(),
                http.RequestServices.GetService<ViewerWatches>()
            );
            return;
        }

        if (result is SubscriptionResult)
        {
            throw new RequestError(
                ErrorCodes.BadRequest,
                "Subscriptions require a WebSocket (graphql-transport-ws) or Accept: text/event-stream. Use one of them."
            );
        }

        var status = Status(http.Response, type, result);
        await (
            answers is null
                ? ResponseWriter.WriteAsync(http.Response, type, status, result)
                : answers.SendAsync(http, type, status, result, key, begun)
        );
    }

    private static bool IsAway(HttpContext http) =>
        http.RequestServices.GetService<DatabaseAvailability>() is { IsAway: true };

    // Returns null if the database does not respond. In that case, the error has been sent.
    private static async Task<ExecutionResult?> TryWaitAsync(HttpContext http, string type, Task<ExecutionResult> work)
    {
        if (http.RequestServices.GetService<DatabaseAvailability>() is not { } availability)
        {
            return await work;
        }

        try
        {
            return await availability.WaitAsync(work);
        }
        catch (DatabaseUnavailableException) when (!work.IsCompleted)
        {
            // The client gets its response now, but the operation still uses services of this request, so the request
            // ends only when the operation does. The client must send its next request over another connection.
            if (HttpProtocol.IsHttp11(http.Request.Protocol))
            {
                http.Response.Headers.Connection = "close";
            }

            var error = DatabaseErrors.GivenUp(http.RequestServices.GetRequiredService<CurrentOperation>().IsMutation);
            http.Response.Headers.RetryAfter = RetryAfter(error);
            await ResponseWriter.WriteAsync(
                http.Response,
                type,
                StatusCodes.Status503ServiceUnavailable,
                new ExecutionResult { Errors = [error] }
            );
            await http.Response.CompleteAsync();
            await ((Task)work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return null;
        }
    }

    /// <summary>Returns the number of seconds after which the client should retry.</summary>
    public static string RetryAfter(ExecutionError error) =>
        Math.Ceiling(((error as RequestError)?.RetryAfter ?? TimeSpan.FromSeconds(1)).TotalSeconds)
            .ToString(CultureInfo.InvariantCulture);

    // Releases the limiter's permit when there is a result, so that slow readers and subscribers do not block others.
    private static async Task<ExecutionResult> ExecuteAsync(HttpContext http, bool get, byte[] sent, bool reportsCost)
    {
        using var turn = http.RequestServices.GetService<RequestLimiter>() is { } limiter
            ? await limiter.EnterAsync(
                http.Viewer,
                http.Connection.RemoteIpAddress,
                http.Response.Headers,
                http.RequestAborted
            )
            : null;
        var request = get
            ? RequestReader.FromUrl(http.Request.Query)
            : GraphQLRequest.Read(new ReadOnlySequence<byte>(sent));
        var viewer = PartnerUse.Begin(http);
        request = http
            .RequestServices.GetRequiredService<KnownDocuments>()
            .Resolve(request, isAnonymous: http.Viewer.Kind is ViewerKind.Anonymous);
        var result = await http
            .RequestServices.GetRequiredService<GraphQLEngine>()
            .ExecuteAsync(
                request with
                {
                    ReportsCost = reportsCost,
                },
                http.RequestServices,
                viewer,
                readOnly: get,
                http.RequestAborted
            );
        PartnerUse.ReportLimits(http, viewer);
        return result;
    }

    // With "application/json", a well-formed request normally gets status 200, for old proxies and clients. Exceptions
    // are 401 and 403, which make clients sign in, and statuses that need a header.
    private static int Status(HttpResponse response, string type, ExecutionResult result)
    {
        if (result.Executed)
        {
            return 200;
        }

        if (OutageOf(result) is { } passing)
        {
            response.Headers.RetryAfter = RetryAfter(passing);
            return StatusCodes.Status503ServiceUnavailable;
        }

        if (
            result.Errors?.FirstOrDefault(x => x.Code is ErrorCodes.RateLimited or ErrorCodes.QuotaExceeded) is
            { } tooMany
        )
        {
            response.Headers.RetryAfter = RetryAfter(tooMany);
            return StatusCodes.Status429TooManyRequests;
        }

        if (result.Errors?.Any(x => x.Code == ErrorCodes.MethodNotAllowed) is true)
        {
            response.Headers.Allow = "POST";
            return 405;
        }

        if (result.Errors?.Any(x => x.Code == ErrorCodes.NotAuthenticated) is true)
        {
            response.Headers.WWWAuthenticate = "Bearer";
            return 401;
        }

        if (result.Errors?.Any(x => x.Code == ErrorCodes.NotAuthorized) is true)
        {
            return 403;
        }

        return type == MediaTypes.ResponseJson ? 400 : 200;
    }

    // Returns the error of the outage that prevented the operation; null if there is none.
    private static ExecutionError? OutageOf(ExecutionResult result) =>
        result.Executed ? null : result.Errors?.FirstOrDefault(x => ErrorCodes.IsOutage(x.Code));

    private static Task Refuse(
        HttpContext http,
        int status,
        string code,
        string message,
        string type = MediaTypes.Json
    ) =>
        ResponseWriter.WriteAsync(
            http.Response,
            type,
            status,
            new ExecutionResult { Errors = [new RequestError(code, message)] }
        );
}
