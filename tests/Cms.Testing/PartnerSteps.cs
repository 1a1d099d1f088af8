using System.Text.Json;
using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.GraphQL;
using Cms.Taxonomy;
using Xunit;

namespace Cms.Testing;

/// <summary>The steps that an admin takes with GraphQL so that partners have something to read.</summary>
public sealed class PartnerSteps(IServiceProvider services)
{
    private readonly GraphQLClient _client = new(services);
    private readonly Newsroom _newsroom = new(services);

    /// <summary>Carries out a mutation, which must succeed, and returns its payload.</summary>
    public async Task<JsonNode> DoAsync(string mutation, object input, string shows = "__typename")
    {
        var payload = await _client.DoAsync(GraphQLClient.Ada, mutation, input, shows);
        Assert.True(payload["errors"]!.AsArray().Count == 0, payload.ToJsonString());
        return payload;
    }

    /// <summary>Adds a tag and returns its id.</summary>
    public async Task<string> TagAsync(string name) =>
        (string)(await DoAsync("createTag", new { name }, "tag { id }"))["tag"]!["id"]!;

    /// <summary>Publishes an article that has these tags.</summary>
    public Task<Article> PublishedAsync(string headline, params string[] tags) =>
        _newsroom.PublishedAsync(
            Newsroom.Story(headline) with
            {
                Tags = [.. tags.Select(tag => EntityId.Parse<TagId>(tag)!.Value)],
            }
        );

    /// <summary>Withdraws an article with the kind KILL.</summary>
    public Task<JsonNode> KillAsync(Article article, DateTimeOffset? acknowledgeBy = null) =>
        DoAsync(
            "withdrawArticle",
            new
            {
                id = article.Id.ToString(),
                reason = "A court decided.",
                kind = "KILL",
                acknowledgeBy,
            }
        );

    /// <summary>
    /// Withdraws an article with the kind KILL, and returns the id of the takedown that partners have to confirm.
    /// </summary>
    public async Task<string> TakedownAsync(Article article, DateTimeOffset? acknowledgeBy = null)
    {
        await KillAsync(article, acknowledgeBy);
        var desk = await _client.AskAsync(
            GraphQLClient.Erin,
            $$"""{ desk { article(id: "{{article.Id}}") { takedown { id } } } }"""
        );
        return (string)desk["data"]!["desk"]!["article"]!["takedown"]!["id"]!;
    }

    /// <summary>Adds a partner without an agreement and returns its id.</summary>
    public async Task<string> PartnerAsync(string name, params string[] applications) =>
        (string)(await DoAsync("createPartner", new { name, applications }, "partner { id }"))["partner"]!["id"]!;

    /// <summary>Saves the next version of a partner's agreement.</summary>
    public Task<JsonNode> AgreeAsync(string partner, object terms)
    {
        var input = JsonSerializer.SerializeToNode(terms)!;
        input["partner"] = partner;
        return DoAsync("saveAgreement", input);
    }

    /// <summary>Creates a feed key of a partner.</summary>
    public async Task<(string Key, string Id)> KeyAsync(string partner)
    {
        var made = (await DoAsync("createFeedKey", new { partner }, "feedKey { id key }"))["feedKey"]!;
        return ((string)made["key"]!, (string)made["id"]!);
    }
}
