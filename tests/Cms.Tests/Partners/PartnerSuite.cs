using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.Media;
using Cms.People;
using Cms.Testing;
using Xunit;

namespace Cms.Tests.Partners;

/// <summary>Tests of what partners receive, with the steps that an admin takes in the newsroom.</summary>
public abstract class PartnerSuite(TestDatabase database) : DatabaseSuite(database)
{
    private PartnerSteps Steps => new(Database.Services);

    protected async Task<JsonNode> RawAsync(Viewer viewer, string query)
    {
        var answer = await new GraphQLClient(Database.Services).AskAsync(viewer, query);
        Assert.True(answer["errors"] is null, answer.ToJsonString());
        return answer;
    }

    protected async Task<JsonNode> AskAsync(Viewer viewer, string query) => (await RawAsync(viewer, query))["data"]!;

    protected Task<string> TagAsync(string name) => Steps.TagAsync(name);

    protected Task<Article> PublishedAsync(string headline, params string[] tags) =>
        Steps.PublishedAsync(headline, tags);

    protected Task<string> TakedownAsync(Article article, DateTimeOffset? acknowledgeBy = null) =>
        Steps.TakedownAsync(article, acknowledgeBy);

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
        return (viewer, await Steps.PartnerAsync(name, viewer.Key.ToString()!));
    }

    protected Task<JsonNode> SaveAsync(string partner, object terms) => Steps.AgreeAsync(partner, terms);

    protected Task<JsonNode> DoAsync(string mutation, object input, string shows = "__typename") =>
        Steps.DoAsync(mutation, input, shows);
}
