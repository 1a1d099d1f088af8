using System.Text.Json.Nodes;
using Cms.Changes;
using Cms.Data;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Webhooks;

/// <summary>A server that sends webhooks to receivers on this machine.</summary>
public abstract class WebhookSuite : IAsyncLifetime
{
    private protected NewsroomServer Server { get; private set; } = null!;

    private protected Newsroom Newsroom { get; private set; } = null!;

    private protected GraphQLClient Client { get; private set; } = null!;

    /// <summary>The clock of the server; null for the real one.</summary>
    private protected virtual TimeProvider? Clock => null;

    private protected virtual Action<IServiceCollection>? More => null;

    private protected virtual bool AllowsLoopback => true;

    /// <summary>Additional command-line arguments.</summary>
    private protected virtual IReadOnlyList<string> Settings => [];

    public async Task InitializeAsync()
    {
        Server = new NewsroomServer
        {
            SendsWebhooks = true,
            Settings =
            [
                "--environment=Testing",
                FormattableString.Invariant($"--Cms:Webhooks:AllowLoopback={AllowsLoopback}"),
                .. Settings,
            ],
            More = services =>
            {
                if (Clock is { } clock)
                {
                    services.AddSingleton(clock);
                }

                More?.Invoke(services);
            },
        };
        await Server.InitializeAsync();
        (Newsroom, Client) = (new Newsroom(Server.Services), new GraphQLClient(Server.Services));
        if (Clock is null)
        {
            await Server.Services.GetRequiredService<ChangeFeed>().StartAsync(default);
        }
    }

    public Task DisposeAsync() => Server.DisposeAsync();

    /// <summary>Makes a change as an administrator. Returns the webhook.</summary>
    private protected async Task<JsonNode> DoAsync(
        string mutation,
        object input,
        string shows = "id secret state version disabledBecause"
    )
    {
        var done = await Client.DoAsync(GraphQLClient.Ada, mutation, input, $"webhook {{ {shows} }}");
        Assert.Equal("[]", done["errors"]!.ToJsonString());
        return done["webhook"]!;
    }

    /// <summary>Makes a change that is refused. Returns each error as ‘Kind at path’.</summary>
    private protected async Task<IEnumerable<string>> RefusedAsync(string mutation, object input) =>
        GraphQLClient
            .Refusals(await Client.DoAsync(GraphQLClient.Ada, mutation, input, "webhook { id }"))
            .Select(refusal => refusal.Replace("Error at", " at", StringComparison.Ordinal));

    /// <summary>Adds a webhook of the newsroom. Returns its id and its secret.</summary>
    private protected async Task<(string Id, string Secret)> CreateAsync(string url, string? document = null)
    {
        var webhook = await DoAsync("createWebhook", new { url, document });
        return ((string)webhook["id"]!, (string)webhook["secret"]!);
    }

    /// <summary>Reads fields of a webhook.</summary>
    private protected async Task<JsonNode> ReadAsync(string id, string fields) =>
        (await Client.AskAsync(GraphQLClient.Ada, $$"""{ desk { webhook(id: "{{id}}") { {{fields}} } } }"""))["data"]![
            "desk"
        ]!["webhook"]!;

    /// <summary>Waits until the newest delivery has a state, and returns it.</summary>
    private protected async Task<JsonNode> DeliveryAsync(string id, string state)
    {
        for (var i = 0; ; i++)
        {
            var newest = (
                await ReadAsync(
                    id,
                    "deliveries(first: 1) { nodes { id type seq subject state dueAt finishedAt attemptCount attempts { number status reply error durationMs } } }"
                )
            )["deliveries"]!["nodes"]![0];
            if ((string?)newest?["state"] == state)
            {
                return newest;
            }

            Assert.True(i < 600, $"The delivery did not become {state}: {newest?.ToJsonString()}");
            await Task.Delay(50);
        }
    }

    private protected Task<CmsDbContext> OpenAsync() =>
        Server.Services.GetRequiredService<IDbContextFactory<CmsDbContext>>().CreateDbContextAsync();
}
