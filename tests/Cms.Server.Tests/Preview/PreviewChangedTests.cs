using System.Diagnostics;
using System.Text.Json.Nodes;
using Cms.Articles.Workflow;
using Cms.Panel.Drafting;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Preview;

/// <summary>The subscription that tells a preview page to read again.</summary>
[Needs("server")]
public sealed class PreviewChangedTests : IAsyncLifetime
{
    // Long enough for a first comparison after the subscription has begun.
    private static readonly TimeSpan Begun = TimeSpan.FromSeconds(1.5);

    private PreviewedNewsroom _newsroom = null!;

    private string Subscription =>
        $$"""subscription { previewChanged(article: "{{_newsroom.Id}}") { articleId article { id headline } } }""";

    public async Task InitializeAsync() => _newsroom = await PreviewedNewsroom.StartAsync();

    public async Task DisposeAsync() => await _newsroom.DisposeAsync();

    [Fact]
    public async Task The_holder_of_a_token_receives_a_save_within_a_second()
    {
        var link = await _newsroom.LinkAsync(_newsroom.Id);
        using var socket = new GraphQLSocket(("Cms-Preview", link.Token!));
        await socket.OpenAsync(_newsroom.Server);
        var id = await socket.BeginAsync(Subscription);
        await Task.Delay(Begun);

        await _newsroom.Newsroom.SaveAsync(_newsroom.Id, Newsroom.Story("Saved just now"));
        var since = Stopwatch.StartNew();
        var change = await socket.NextAsync(id);

        Assert.True(since.Elapsed < TimeSpan.FromSeconds(1), $"It took {since.Elapsed}.");
        Assert.Equal("Saved just now", Headline(change));
    }

    [Fact]
    public async Task The_token_can_be_sent_in_the_first_message_of_a_socket()
    {
        var link = await _newsroom.LinkAsync(_newsroom.Id);
        using var socket = new GraphQLSocket();
        await socket.OpenAsync(_newsroom.Server.Client.BaseAddress!, new { preview = link.Token });

        var answer = await socket.AskAsync($$"""{ article(id: "{{_newsroom.Id}}") { headline } }""");

        Assert.Equal(PreviewedNewsroom.Headline, (string?)answer["data"]!["article"]!["headline"]);
    }

    [Fact]
    public async Task A_change_to_a_take_is_sent_too()
    {
        var link = await _newsroom.LinkAsync(_newsroom.Id);
        using var socket = new GraphQLSocket(("Cms-Preview", link.Token!));
        await socket.OpenAsync(_newsroom.Server);
        var id = await socket.BeginAsync(Subscription);
        await Task.Delay(Begun);

        await _newsroom
            .Get<ApproveTake>()
            .Handle(new ApproveTakeInput { Id = _newsroom.UnapprovedTake }, Newsroom.Erin, CancellationToken.None);

        Assert.Equal(PreviewedNewsroom.Headline, Headline(await socket.NextAsync(id)));
    }

    [Fact]
    public async Task The_stream_ends_when_the_link_is_revoked_and_the_socket_no_longer_shows_the_article()
    {
        var link = await _newsroom.LinkAsync(_newsroom.Id);
        using var socket = new GraphQLSocket(("Cms-Preview", link.Token!));
        await socket.OpenAsync(_newsroom.Server);
        var id = await socket.BeginAsync(Subscription);
        await Task.Delay(Begun);

        await _newsroom.RevokeAsync(link.Id);
        await _newsroom.Newsroom.SaveAsync(_newsroom.Id, Newsroom.Story("After the end"));

        Assert.Equal($$"""{"type":"complete","id":"{{id}}"}""", await socket.ReadAsync());
        var answer = await socket.AskAsync($$"""{ article(id: "{{_newsroom.Id}}") { headline } }""");
        Assert.StartsWith(
            "The disk said yes",
            (string?)answer["data"]!["article"]!["headline"],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_stream_ends_when_the_link_expires_or_the_article_is_put_in_the_trash()
    {
        var expiring = await _newsroom.LinkAsync(_newsroom.Id);
        var trashed = await _newsroom.LinkAsync(_newsroom.Unpublished);
        using var first = new GraphQLSocket(("Cms-Preview", expiring.Token!));
        using var second = new GraphQLSocket(("Cms-Preview", trashed.Token!));
        await first.OpenAsync(_newsroom.Server);
        await second.OpenAsync(_newsroom.Server);
        var a = await first.BeginAsync(Subscription);
        var b = await second.BeginAsync(
            $$"""subscription { previewChanged(article: "{{_newsroom.Unpublished}}") { articleId } }"""
        );
        await Task.Delay(Begun);

        await _newsroom.ExpireAsync(expiring.Id);
        await _newsroom
            .Get<TrashArticle>()
            .Handle(
                new TrashArticleInput { Id = _newsroom.Unpublished, AcknowledgeUse = true },
                Newsroom.Erin,
                CancellationToken.None
            );

        Assert.Equal($$"""{"type":"complete","id":"{{a}}"}""", await first.ReadAsync());
        Assert.Equal($$"""{"type":"complete","id":"{{b}}"}""", await second.ReadAsync());
    }

    [Fact]
    public async Task Nobody_else_can_follow_an_article_or_learn_whether_it_exists()
    {
        var link = await _newsroom.LinkAsync(_newsroom.Other);
        using var anonymous = new GraphQLSocket();
        using var other = new GraphQLSocket(("Cms-Preview", link.Token!));
        await anonymous.OpenAsync(_newsroom.Server);
        await other.OpenAsync(_newsroom.Server);
        HashSet<string> answers = [];
        foreach (
            var id in (string[])[$"{_newsroom.Id}", $"{_newsroom.Unpublished}", "art_01980000000070008000000000000001"]
        )
        {
            var subscription = $$"""subscription { previewChanged(article: "{{id}}") { articleId } }""";
            answers.Add((await anonymous.AskAsync(subscription)).ToJsonString());
            answers.Add((await other.AskAsync(subscription)).ToJsonString());
        }

        Assert.Contains("AUTH_NOT_AUTHORIZED", Assert.Single(answers), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_stream_sends_the_changes_and_is_not_stored()
    {
        var link = await _newsroom.LinkAsync(_newsroom.Id);
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            new Uri($"/graphql?query={Uri.EscapeDataString(Subscription)}", UriKind.Relative)
        );
        request.Headers.Add("Cms-Preview", link.Token);
        request.Headers.Add("Accept", "text/event-stream");
        using var response = await _newsroom.Server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        await Task.Delay(Begun);

        await _newsroom.Newsroom.SaveAsync(_newsroom.Id, Newsroom.Story("Streamed"));
        string? line;
        do
        {
            line = await reader.ReadLineAsync();
        } while (line is not null && !line.StartsWith("data: {", StringComparison.Ordinal));

        Assert.Contains("Streamed", line, StringComparison.Ordinal);
        Assert.Equal("no-store, no-transform, private", string.Join(", ", response.Headers.GetValues("Cache-Control")));
    }

    private static string? Headline(JsonNode change) =>
        (string?)change["data"]!["previewChanged"]!["article"]!["headline"];
}
