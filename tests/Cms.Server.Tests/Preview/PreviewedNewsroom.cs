using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.Articles.Preview;
using Cms.Body;
using Cms.Data;
using Cms.GraphQL;
using Cms.Media;
using Cms.Panel;
using Cms.Panel.Drafting;
using Cms.Server.Tests.Support;
using Cms.Taxonomy;
using Cms.Testing;
using Cms.Tools;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Server.Tests.Preview;

/// <summary>
/// The sample newsroom, in which one published article has a changed working copy: other texts, and an image, a tag, a
/// tool and a take that are not public.
/// </summary>
public sealed class PreviewedNewsroom : IAsyncDisposable
{
    public const string Slug = "the-disk-said-yes";
    public const string Headline = "Nobody has read this headline yet";
    public const string Words = "These words are not public.";

    private readonly NewsroomServer _server = new();

    public NewsroomServer Server => _server;

    public Newsroom Newsroom { get; private set; } = null!;

    public ArticleId Id { get; private set; }

    /// <summary>An article that embeds the previewed one.</summary>
    public ArticleId Other { get; private set; }

    public TakeId PublishedTake { get; private set; }

    public TakeId UnapprovedTake { get; private set; }

    public MediaId Image { get; private set; }

    public TagId Tag { get; private set; }

    public ToolId Tool { get; private set; }

    /// <summary>A draft that was never published.</summary>
    public ArticleId Unpublished { get; private set; }

    public static async Task<PreviewedNewsroom> StartAsync()
    {
        var previewed = new PreviewedNewsroom();
        await previewed._server.InitializeAsync();
        await previewed.ChangeAsync();
        return previewed;
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    public Task<CmsDbContext> OpenAsync() => Get<IDbContextFactory<CmsDbContext>>().CreateDbContextAsync();

    public T Get<T>()
        where T : notnull => _server.Services.GetRequiredService<T>();

    public async Task<PreviewLink> LinkAsync(ArticleId article, int? expiresIn = null) =>
        (
            await Get<CreatePreviewLink>()
                .Handle(
                    new CreatePreviewLinkInput { Article = article, ExpiresIn = expiresIn },
                    Newsroom.Erin,
                    CancellationToken.None
                )
        ).Value!;

    public async Task RevokeAsync(PreviewLinkId link) =>
        _ = (
            await Get<RevokePreviewLink>()
                .Handle(new RevokePreviewLinkInput { Id = link }, Newsroom.Erin, CancellationToken.None)
        ).Value!;

    /// <summary>Sets the end of a link to now.</summary>
    public async Task ExpireAsync(PreviewLinkId link)
    {
        var now = TimeProvider.System.GetUtcNow();
        await using var db = await OpenAsync();
        await db
            .PreviewLinks.Where(l => l.Id == link)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.ExpiresAt, now.AddSeconds(-1)));
    }

    /// <summary>Sends a query by POST, with a preview token if one is given.</summary>
    public async Task<HttpResponseMessage> SendAsync(string query, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = JsonContent.Create(new { query }),
        };
        return await SendAsync(request, token);
    }

    /// <summary>Sends a query by GET, with a preview token if one is given.</summary>
    public async Task<HttpResponseMessage> GetAsync(string query, string? token, string? entityTag = null)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            new Uri($"/graphql?query={Uri.EscapeDataString(query)}", UriKind.Relative)
        );
        if (entityTag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", entityTag);
        }

        return await SendAsync(request, token);
    }

    public async Task<JsonNode> ReadAsync(string query, string? token)
    {
        using var response = await SendAsync(query, token);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string? token)
    {
        if (token is not null)
        {
            request.Headers.Add("Cms-Preview", token);
        }

        return await _server.Client.SendAsync(request);
    }

    private async Task ChangeAsync()
    {
        Newsroom = new Newsroom(_server.Services);
        await using var db = await OpenAsync();
        Id = await db.Articles.Where(a => a.Slug == Slug).Select(a => a.Id).SingleAsync();
        Other = await db.Articles.Where(a => a.Slug == "eight-days-with-lanterndb-2").Select(a => a.Id).SingleAsync();
        var persona = await db.Personas.Where(p => p.Slug == "the-builder").Select(p => p.Id).SingleAsync();
        PublishedTake = await db
            .Takes.Where(t => t.ArticleId == Id && t.PersonaId == persona)
            .Select(t => t.Id)
            .SingleAsync();
        Image = (await Newsroom.ImageAsync()).Id;
        Tool = (await Newsroom.ToolAsync("Unreleased")).Id;
        var tag = await new GraphQLClient(_server.Services).DoAsync(
            GraphQLClient.Erin,
            "createTag",
            new { name = "Secret tag" },
            "tag { id }"
        );
        Tag = EntityId.Parse<TagId>((string)tag["tag"]!["id"]!)!.Value;
        Unpublished = (await Newsroom.DraftAsync(Newsroom.Story("Never published"), "never-published")).Id;
        UnapprovedTake = (
            await Get<DraftTake>()
                .Handle(
                    new DraftTakeInput
                    {
                        Article = Id,
                        Persona = (await Newsroom.PersonaAsync("The Unheard", order: 9)).Id,
                        Content = new TakeContent { Text = "A take that nobody approved." },
                        InReplyTo = PublishedTake,
                    },
                    Newsroom.Erin,
                    CancellationToken.None
                )
        ).Value!.Id;
        var head = await db
            .Articles.Where(a => a.Id == Id)
            .Join(db.Revisions, a => a.HeadId, r => r.Id, (a, r) => r)
            .AsNoTracking()
            .SingleAsync();
        await Newsroom.SaveAsync(
            Id,
            (
                head.Content with
                {
                    Headline = Headline,
                    Summary = "A new summary.",
                    Byline = "Somebody else",
                    CategoryId = null,
                    Tags = [Tag, .. head.Content.Tags.Skip(1)],
                    Tools = [Tool],
                    HeroImageId = Image,
                    Seo = new Seo { Title = "A new title" },
                }
            ).WithBody(RichText.Parse(Body()).Value!)
        );
    }

    private string Body() =>
        $$$"""
            {"type":"doc","attrs":{"schemaVersion":1},"content":[
              {"type":"paragraph","attrs":{"id":"p1"},"content":[{"type":"text","text":"{{{Words}}}"}]},
              {"type":"embed","attrs":{"id":"e1","kind":"article","target":"{{{Other}}}"}},
              {"type":"embed","attrs":{"id":"e2","kind":"article","target":"{{{Unpublished}}}"}},
              {"type":"image","attrs":{"id":"i1","mediaId":"{{{Image}}}","alt":"A storm."}}
            ]}
            """;
}
