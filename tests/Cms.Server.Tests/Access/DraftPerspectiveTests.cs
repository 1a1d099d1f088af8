using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Cms.Data;
using Cms.Delivery;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Access;

/// <summary>The header Cms-Perspective, with which staff see the newest revisions.</summary>
[Needs("server")]
public sealed class DraftPerspectiveTests : AccessSuite
{
    private const string Slug = "the-disk-said-yes";
    private const string Query = $$"""{ article(slug: "{{Slug}}") { id headline } }""";

    [Fact]
    public async Task Editors_see_the_newest_revision_and_the_answer_is_not_stored()
    {
        await ChangeAsync();
        var cache = Server.Services.GetRequiredService<AnswerCache>();

        using var draft = await SendAsync("draft", Token("Editor"));
        using var published = await SendAsync("published", Token("Editor"));
        using var plain = await SendAsync(null, null);

        Assert.Equal("Changed", await HeadlineAsync(draft));
        Assert.Equal("no-store, private", string.Join(", ", draft.Headers.GetValues("Cache-Control")));
        Assert.StartsWith("The disk said yes", await HeadlineAsync(published), StringComparison.Ordinal);
        Assert.StartsWith("The disk said yes", await HeadlineAsync(plain), StringComparison.Ordinal);
        Assert.True(cache.Count <= 1);
    }

    [Fact]
    public async Task Authors_see_only_the_newest_revisions_of_their_own_articles()
    {
        await ChangeAsync();

        using var draft = await SendAsync("draft", Token("Author"));

        Assert.StartsWith("The disk said yes", await HeadlineAsync(draft), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("draft", null, HttpStatusCode.Unauthorized, "AUTH_NOT_AUTHENTICATED")]
    [InlineData("draft", "Reader", HttpStatusCode.Forbidden, "AUTH_NOT_AUTHORIZED")]
    [InlineData("latest", null, HttpStatusCode.BadRequest, "BAD_REQUEST")]
    [InlineData("draft,draft", "Editor", HttpStatusCode.BadRequest, "BAD_REQUEST")]
    [InlineData("", "Editor", HttpStatusCode.BadRequest, "BAD_REQUEST")]
    public async Task A_perspective_that_the_caller_cannot_have_is_rejected(
        string perspective,
        string? role,
        HttpStatusCode status,
        string code
    )
    {
        using var response = await SendAsync(perspective, role is null ? null : Token(role));
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(code, (string?)answer["errors"]![0]!["extensions"]!["code"]);
        Assert.Equal("no-store", string.Join(", ", response.Headers.GetValues("Cache-Control")));
    }

    [Fact]
    public async Task The_published_perspective_is_the_same_as_none()
    {
        await Server.Services.GetRequiredService<Changes.ChangeFeed>().StartAsync(CancellationToken.None);
        using var plain = await SendAsync(null, null);
        using var published = await SendAsync("published", null);

        Assert.Equal(await plain.Content.ReadAsStringAsync(), await published.Content.ReadAsStringAsync());
        Assert.Equal("Cms; hit", string.Join(", ", published.Headers.GetValues("Cache-Status")));
    }

    [Fact]
    public async Task A_socket_takes_the_perspective_from_its_first_message()
    {
        await ChangeAsync();
        using var editor = new GraphQLSocket();
        await editor.OpenAsync(Server.Client.BaseAddress!, new { token = Token("Editor"), perspective = "draft" });

        var answer = await editor.AskAsync(Query);

        Assert.Equal("Changed", (string?)answer["data"]!["article"]!["headline"]);
    }

    private async Task ChangeAsync()
    {
        await using var db = await Server
            .Services.GetRequiredService<IDbContextFactory<CmsDbContext>>()
            .CreateDbContextAsync();
        var id = await db.Articles.Where(a => a.Slug == Slug).Select(a => a.Id).SingleAsync();
        await new Newsroom(Server.Services).SaveAsync(id, Newsroom.Story("Changed"));
    }

    private async Task<HttpResponseMessage> SendAsync(string? perspective, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql");
        request.Content = JsonContent.Create(new { query = Query });
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        }

        if (perspective is not null)
        {
            request.Headers.TryAddWithoutValidation("Cms-Perspective", perspective);
        }

        return await Server.Client.SendAsync(request);
    }

    private static async Task<string?> HeadlineAsync(HttpResponseMessage response) =>
        (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["data"]!["article"]!["headline"];
}
