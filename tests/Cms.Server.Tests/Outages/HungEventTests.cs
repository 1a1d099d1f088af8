using System.Net.Http.Json;
using Cms.Data;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Cms.Server.Tests.Outages;

/// <summary>The database stops responding while an event of a subscription is executed.</summary>
[Needs("server")]
public sealed class HungEventTests : IAsyncLifetime
{
    private const string Subscription =
        "subscription($after: String) { articlePublished(after: $after) { article { takes { text } } } }";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly HungDatabase _database = new();
    private readonly LogCapture _log = new();
    private readonly NewsroomServer _server;

    public HungEventTests() =>
        _server = new()
        {
            Settings = ["--Cms:MaxDuration=00:10:00"],
            More = services =>
            {
                _database.StandInFor(services);
                services.AddSingleton<ILoggerProvider>(_log);
            },
        };

    public Task InitializeAsync() => _server.InitializeAsync();

    public async Task DisposeAsync()
    {
        _database.Answer();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_socket_gets_an_error_and_stays_open()
    {
        using var socket = new GraphQLSocket();
        await socket.OpenAsync(_server);
        var id = await socket.BeginAsync(Subscription, new { after = await BeginningAsync() });
        Assert.NotNull((await socket.NextAsync(id))["data"]);

        var errors = await socket.NextAsync(id);

        Assert.Equal("DATABASE_UNAVAILABLE", (string?)errors[0]!["extensions"]!["code"]);
        Assert.NotNull((await socket.AskAsync("{ __typename }"))["data"]);
        AssertNothingUnhandled();
    }

    [Fact]
    public async Task A_stream_ends_with_an_error()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql");
        request.Content = JsonContent.Create(
            new { query = Subscription, variables = new { after = await BeginningAsync() } }
        );
        request.Headers.Accept.ParseAdd("text/event-stream");

        using var response = await _server.Client.SendAsync(request).WaitAsync(Longest);

        var events = (await response.Content.ReadAsStringAsync()).Split("event: next\ndata: ")[1..];
        Assert.Equal(2, events.Length);
        Assert.StartsWith("{\"data\":{\"articlePublished\"", events[0], StringComparison.Ordinal);
        Assert.Contains("\"code\":\"DATABASE_UNAVAILABLE\"", events[1], StringComparison.Ordinal);
        Assert.EndsWith("event: complete\ndata:\n\n", events[1], StringComparison.Ordinal);
        AssertNothingUnhandled();
    }

    [Fact]
    public async Task A_client_can_subscribe_again_when_the_database_responds_again()
    {
        using var socket = new GraphQLSocket();
        await socket.OpenAsync(_server);
        var beginning = await BeginningAsync();
        var id = await socket.BeginAsync(Subscription, new { after = beginning });
        await socket.NextAsync(id);
        await socket.NextAsync(id);
        var back = _log.LoggedAsync("The database responds again");

        _database.Answer();
        if (_server.Services.GetRequiredService<DatabaseAvailability>().IsAway)
        {
            await back.WaitAsync(Longest);
        }

        id = await socket.BeginAsync(Subscription, new { after = beginning });
        Assert.NotNull((await socket.NextAsync(id))["data"]);
        Assert.NotNull((await socket.NextAsync(id))["data"]);
    }

    // Returns the cursor of the beginning of the change log. The database then hangs at the second event.
    private async Task<string> BeginningAsync()
    {
        var data = (await _server.QueryAsync("{ changes(first: 1) { endCursor } }"))["data"]!;
        _database.HangAt(IsOfEvent, time: 2);
        return (string)data["changes"]!["endCursor"]!;
    }

    // The change feed also reads takes, but does not order them.
    internal static bool IsOfEvent(string statement) =>
        statement.Contains("EditionTakes", StringComparison.Ordinal)
        && statement.Contains("ORDER BY", StringComparison.Ordinal);

    private void AssertNothingUnhandled() =>
        Assert.DoesNotContain(
            _log.Errors,
            entry =>
                entry.Category.StartsWith("Microsoft", StringComparison.Ordinal)
                || entry.Category.StartsWith("Cms.GraphQL", StringComparison.Ordinal)
        );
}
