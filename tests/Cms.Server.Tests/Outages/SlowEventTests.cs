using System.Data.Common;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Xunit;

namespace Cms.Server.Tests.Outages;

/// <summary>The database responds, but a statement of a subscription's event does not end.</summary>
[Needs("server")]
public sealed class SlowEventTests : IAsyncLifetime
{
    private readonly Endless _statements = new();
    private readonly NewsroomServer _server;

    public SlowEventTests() =>
        _server = new()
        {
            Settings = ["--Cms:MaxDuration=00:00:03"],
            More = services => services.AddInterceptor(_statements),
        };

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task An_event_that_exceeds_the_time_limit_of_queries_gets_TIMEOUT()
    {
        var begin = (string)
            (await _server.QueryAsync("{ changes(first: 1) { endCursor } }"))["data"]!["changes"]!["endCursor"]!;
        using var socket = new GraphQLSocket();
        await socket.OpenAsync(_server);
        _statements.AreEndless = true;

        var errors = await socket.NextAsync(
            await socket.BeginAsync(
                "subscription($after: String) { articlePublished(after: $after) { article { takes { text } } } }",
                new { after = begin }
            )
        );

        Assert.Equal("TIMEOUT", (string?)errors[0]!["extensions"]!["code"]);
        Assert.NotNull((await socket.AskAsync("{ __typename }"))["data"]);
    }

    /// <summary>Makes the statements of events run until they are cancelled.</summary>
    private sealed class Endless : DbCommandInterceptor
    {
        public bool AreEndless { get; set; }

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default
        )
        {
            if (AreEndless && HungEventTests.IsOfEvent(command.CommandText))
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return result;
        }
    }
}
