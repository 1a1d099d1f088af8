using System.Text.Json;
using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.GraphQL;
using Cms.Media;
using Cms.People;
using Cms.Taxonomy;
using Cms.Testing;
using Xunit;

namespace Cms.Tests.Partners;

/// <summary>Tests of what partners receive, with the steps that an admin takes in the newsroom.</summary>
public abstract class PartnerSuite(TestDatabase database) : DatabaseSuite(database)
{
    protected async Task<JsonNode> RawAsync(Viewer viewer, string query)
    {
        var answer = await new GraphQLClient(Database.Services).AskAsync(viewer, query);
        Assert.True(answer["errors"] is null, answer.ToJsonString());
        return answer;
    }

    protected async Task<JsonNode> AskAsync(Viewer viewer, string query) => (await RawAsync(viewer, query))["data"]!;

    protected async Task<string> TagAsync(string name) =>
        (string)(await DoAsync("createTag", new { name }, "tag { id }"))["tag"]!["id"]!;

    protected Task<Article> PublishedAsync(string headline, params string[] tags) =>
        Newsroom.PublishedAsync(
            Newsroom.Story(headline) with
            {
                Tags = [.. tags.Select(tag => EntityId.Parse<TagId>(tag)!.Value)],
            }
        );

    protected Task<JsonNode> AllowAsync(MediaId image, bool allowSyndication) =>
        DoAsync("saveMediaRights", new { id = image.ToString(), allowSyndication });

    protected async Task<Viewer> PartnerAsync(string name, object terms)
    {
        var (viewer, id) = await NewPartnerAsync(name);
        await SaveAsync(id, terms);
        return viewer;
    }

    protected async Task<(Viewer Viewer, string Id)> NewPartnerAsync(string name)
    {
        var viewer = new Viewer
        {
            Kind = ViewerKind.Partner,
            Key = new(Guid.CreateVersion7(), Guid.CreateVersion7()),
            MaySyndicate = true,
        };
        var created = await DoAsync(
            "createPartner",
            new { name, applications = new[] { viewer.Key.ToString() } },
            "partner { id }"
        );
        return (viewer, (string)created["partner"]!["id"]!);
    }

    protected Task<JsonNode> SaveAsync(string partner, object terms)
    {
        var input = JsonSerializer.SerializeToNode(terms)!;
        input["partner"] = partner;
        return DoAsync("saveAgreement", input);
    }

    protected async Task<JsonNode> DoAsync(string mutation, object input, string shows = "__typename")
    {
        var payload = await new GraphQLClient(Database.Services).DoAsync(GraphQLClient.Ada, mutation, input, shows);
        Assert.True(payload["errors"]!.AsArray().Count == 0, payload.ToJsonString());
        return payload;
    }
}
