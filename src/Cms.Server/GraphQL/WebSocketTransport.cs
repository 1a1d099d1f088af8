using Cms.Data;
using Cms.GraphQL.Documents;
using Cms.GraphQL.Execution;
using Cms.Server.Access;
using Cms.Server.Telemetry;

namespace Cms.Server.GraphQL;

/// <summary>Settings for sockets and event streams.</summary>
public sealed record StreamSettings
{
    /// <summary>How long a client may take to send <c>connection_init</c>.</summary>
    public TimeSpan InitTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a client may take to read one message before it is disconnected.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often a keep-alive is sent on an idle connection.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>The maximum number of concurrent operations on one connection.</summary>
    public int MaxOperations { get; init; } = 100;
}

/// <summary>
/// GraphQL over WebSocket, subprotocol <c>graphql-transport-ws</c>
/// (github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md).
/// </summary>
internal sealed class WebSocketTransport(
    GraphQLEngine engine,
    Faults faults,
    KnownDocuments documents,
    StreamSettings settings,
    AllowedOrigins origins,
    TimeProvider clock,
    IHostApplicationLifetime lifetime,
    IServiceScopeFactory scopes,
    BearerTokens tokens,
    Perspectives perspectives,
    ViewerWatches watches,
    RequestLimiter? limiter = null,
    DatabaseAvailability? availability = null,
    DatabaseErrors? databaseErrors = null,
    ServerMetrics? metrics = null
)
{
    private const string Protocol = "graphql-transport-ws";

    public async Task HandleAsync(HttpContext http)
    {
        if (!IsAllowed(http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            await http.Response.WriteAsync(
                "Pages of this origin may not open a WebSocket. Allow the origin with Cms__Cors__AllowedOrigins__0.",
                http.RequestAborted
            );
            return;
        }

        if (!http.WebSockets.WebSocketRequestedProtocols.Contains(Protocol))
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await http.Response.WriteAsync($"Request the subprotocol {Protocol}.", http.RequestAborted);
            return;
        }

        using var socket = await http.WebSockets.AcceptWebSocketAsync(
            new WebSocketAcceptContext
            {
                SubProtocol = Protocol,
                KeepAliveInterval = settings.KeepAlive,
                KeepAliveTimeout = settings.SendTimeout,
            }
        );
        await using var connection = new SocketConnection(
            socket,
            engine,
            faults,
            documents,
            settings,
            clock,
            scopes,
            tokens,
            perspectives,
            watches,
            http.SignInResult,
            limiter,
            availability,
            databaseErrors,
            metrics,
            http.Connection.RemoteIpAddress
        );
        await connection.RunAsync(http.RequestAborted, lifetime.ApplicationStopping);
    }

    // CORS does not restrict sockets, so the Origin that browsers send is checked. Other clients send none.
    private bool IsAllowed(HttpRequest request) =>
        request.Headers.Origin.Count == 0
        || (
            request.Headers.Origin is [{ } origin]
            && (
                origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
                || origins.Has(origin)
            )
        );
}
