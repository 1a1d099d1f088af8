using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.Articles.Gate;
using Cms.Articles.Publishing;
using Cms.Body;
using Cms.Data;
using Cms.People;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.Articles.Gate;

/// <summary>A server with its own publishing rules, on a database that other servers can share.</summary>
internal sealed class GateServer(ServiceProvider services) : IAsyncDisposable
{
    public static RuleSettings Off { get; } = new() { Severity = CheckSeverity.Off };

    public static RuleSettings Warning { get; } = new() { Severity = CheckSeverity.Warning };

    public static RuleSettings Error { get; } = new() { Severity = CheckSeverity.Error };

    public IServiceProvider Services => services;

    public GraphQLClient Client { get; } = new(services);

    public Newsroom Newsroom { get; } = new(services);

    /// <param name="database">The database.</param>
    /// <param name="gate">The rules; null for the defaults.</param>
    /// <param name="more">Adds or replaces services.</param>
    public static async Task<GateServer> StartAsync(
        TestDatabase database,
        GateSettings? gate = null,
        Action<IServiceCollection>? more = null
    ) =>
        new(
            await database.BuildAsync(services =>
            {
                services.AddSingleton(gate ?? new GateSettings());
                more?.Invoke(services);
            })
        );

    public ValueTask DisposeAsync() => services.DisposeAsync();

    public Task<JsonNode> DoAsync(string mutation, object input, Viewer? viewer = null) =>
        Client.DoAsync(
            viewer ?? GraphQLClient.Erin,
            mutation,
            input,
            "article { id status review publishedEdition scheduledAt scheduleRefusal }"
        );

    /// <summary>Runs a mutation that must succeed.</summary>
    public async Task<JsonNode> SucceedAsync(string mutation, object input, Viewer? viewer = null)
    {
        var payload = await DoAsync(mutation, input, viewer);
        Assert.Empty(GraphQLClient.Refusals(payload));
        return payload["article"]!;
    }

    /// <summary>Returns the checks of an article as ‘SEVERITY RULE at path’.</summary>
    public async Task<List<string>> ChecksAsync(ArticleId id, Viewer? viewer = null) =>
        [
            .. (await ReadAsync(id, viewer)).Select(check =>
                $"{check["severity"]} {check["rule"]} at {string.Join('.', check["path"]!.AsArray())}"
            ),
        ];

    public async Task<List<JsonNode>> ReadAsync(ArticleId id, Viewer? viewer = null) =>
        [
            .. (
                await Client.AskAsync(
                    viewer ?? GraphQLClient.Erin,
                    $"{{ desk {{ article(id: \"{id}\") {{ checks {{ rule severity message path }} }} }} }}"
                )
            )["data"]!["desk"]!["article"]!["checks"]!
                .AsArray()
                .Select(check => check!),
        ];

    public async Task<DueArticles> PublishDueAsync() =>
        await services.GetRequiredService<PublishDueArticles>().Handle(new PublishDueArticlesInput(), default);

    public Task<CmsDbContext> OpenAsync() =>
        services.GetRequiredService<IDbContextFactory<CmsDbContext>>().CreateDbContextAsync();

    /// <summary>Returns the acknowledged rules of the newest edition.</summary>
    public async Task<IReadOnlyList<CheckRule>> AcknowledgedAsync(ArticleId id)
    {
        await using var db = await OpenAsync();
        return await db
            .Editions.Where(e => e.ArticleId == id)
            .OrderByDescending(e => e.Number)
            .Select(e => e.Acknowledged)
            .FirstAsync();
    }

    /// <summary>Returns a story with this body, in Markdown.</summary>
    public static ArticleContent Story(string markdown) =>
        Newsroom.Story().WithBody(Newsroom.Value(RichText.FromMarkdown(markdown, EmbedSlugs.None)).Body);

    /// <summary>Returns a story with a body that consists of this block, after a paragraph.</summary>
    public static ArticleContent StoryWith(string block) =>
        Newsroom
            .Story()
            .WithBody(
                Newsroom.Value(
                    RichText.Parse(
                        $$"""
                        {"type":"doc","attrs":{"schemaVersion":1},"content":[
                          {"type":"paragraph","attrs":{"id":"b1"},"content":[{"type":"text","text":"They began."}]},
                          {{block}}
                        ]}
                        """
                    )
                )
            );
}
