using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.Partners;
using Cms.Server.Tests.Support;
using Cms.Site;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Site;

/// <summary>A site that partners read with their feed keys, and the steps that an admin takes in the newsroom.</summary>
public abstract class PartnerSiteTests(NewsroomServer api) : IClassFixture<NewsroomServer>, IAsyncLifetime
{
    protected const string Origin = "https://panel.example";

    internal StandaloneSite Site { get; private set; } = null!;

    protected NewsroomServer Api => api;

    protected Newsroom Newsroom => new(api.Services);

    protected GraphQLClient Client => new(api.Services);

    private PartnerSteps Steps => new(api.Services);

    public async Task InitializeAsync() =>
        Site = await StandaloneSite.StartAsync(
            api.Client.BaseAddress!,
            new SiteSettings { Origin = new Uri(Origin), Name = "The Panel" }
        );

    public async Task DisposeAsync() => await Site.DisposeAsync();

    protected async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var answer = await GetAsync(path);
        Assert.Contains('.', await answer.Content.ReadAsStringAsync());
        return answer.StatusCode;
    }

    protected async Task<HttpResponseMessage> GetAsync(
        string path,
        string? basic = null,
        EntityTagHeaderValue? etag = null
    )
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        if (basic is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic",
                Convert.ToBase64String(Encoding.UTF8.GetBytes("anybody:" + basic))
            );
        }

        if (etag is not null)
        {
            request.Headers.IfNoneMatch.Add(etag);
        }

        return await Site.Client.SendAsync(request);
    }

    protected Task<string> TagAsync(string name) => Steps.TagAsync(name);

    protected Task<JsonNode> KillAsync(Article article) => Steps.KillAsync(article);

    protected Task<Article> PublishedAsync(string headline, params string[] tags) =>
        Steps.PublishedAsync(headline, tags);

    protected async Task<(string Key, string Id)> PartnerAsync(string name, object terms)
    {
        var id = await Steps.PartnerAsync(name);
        await Steps.AgreeAsync(id, terms);
        return ((await KeyAsync(id)).Key, id);
    }

    protected async Task<(string Key, string Id)> KeyAsync(string partner)
    {
        var made = await Steps.KeyAsync(partner);
        Assert.True(FeedKey.TryHash(made.Key, out _));
        return made;
    }

    protected Task<JsonNode> DoAsync(string mutation, object input, string shows) =>
        Steps.DoAsync(mutation, input, shows);
}
