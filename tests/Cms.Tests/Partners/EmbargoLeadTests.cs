using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.GraphQL;
using Cms.People;
using Cms.Taxonomy;
using Cms.Testing;
using Xunit;

namespace Cms.Tests.Partners;

/// <summary>Partners whose agreement has a lead see what is released under embargo, and nobody else does.</summary>
public sealed class EmbargoLeadTests(AnyTestDatabase database) : PartnerSuite(database), IClassFixture<AnyTestDatabase>
{
    private DateTimeOffset Now => Database.Clock.GetUtcNow();

    [Fact]
    public async Task Only_a_partner_with_a_lead_sees_the_article_in_lists_counts_and_by_name_and_it_is_marked()
    {
        var (id, tag) = await ReleasedAsync("Lead alpha", TimeSpan.FromHours(1));
        var early = await PartnerAsync(
            "Early Alpha",
            new
            {
                embargoLead = 60,
                hasTakes = true,
                tags = new[] { tag },
            }
        );
        var tooShort = await PartnerAsync(
            "Short Alpha",
            new
            {
                embargoLead = 59,
                hasTakes = true,
                tags = new[] { tag },
            }
        );
        var late = await PartnerAsync("Late Alpha", new { hasTakes = true, tags = new[] { tag } });
        var elsewhere = await PartnerAsync(
            "Other Alpha",
            new { embargoLead = 60, tags = new[] { await TagAsync("Elsewhere alpha") } }
        );
        var query = $$"""
            {
              article(id: "{{id}}") { headline embargoedUntil edition }
              bySlug: article(slug: "lead-alpha") { id }
              articles(first: 100) { totalCount nodes { id embargoedUntil } }
              oldest: articles(last: 100, order: [{ updatedAt: ASC }]) { nodes { id } }
              search(query: "alpha", first: 10) { nodes { article { id } } }
              changes(first: 100) { nodes { __typename ... on ArticleUpserted { articleId } } }
            }
            """;

        var seen = await AskAsync(early, query);
        var others = new List<JsonNode>();
        foreach (var viewer in new[] { tooShort, late, elsewhere, Viewer.Anonymous, GraphQLClient.Viewers["reader"] })
        {
            others.Add(await AskAsync(viewer, query));
        }

        Assert.Equal(
            0,
            (int)(await AskAsync(late, "{ articles(first: 1) { totalCount } }"))["articles"]!["totalCount"]!
        );
        var until = Now.AddHours(1)
            .ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(
            $$"""{"headline":"Lead alpha","embargoedUntil":"{{until}}","edition":0}""",
            seen["article"]!.ToJsonString()
        );
        Assert.Equal(id.ToString(), (string?)seen["bySlug"]!["id"]);
        Assert.Equal(1, (int)seen["articles"]!["totalCount"]!);
        Assert.Empty(seen["search"]!["nodes"]!.AsArray());
        Assert.Equal(until, (string?)seen["articles"]!["nodes"]![0]!["embargoedUntil"]);
        Assert.Contains(id.ToString(), seen["oldest"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains(id.ToString(), seen["changes"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.All(
            others,
            other =>
            {
                Assert.DoesNotContain(id.ToString(), other.ToJsonString(), StringComparison.Ordinal);
                Assert.Null(other["article"]);
                Assert.Null(other["bySlug"]);
            }
        );
    }

    [Fact]
    public async Task The_change_log_has_the_begin_of_the_lead_the_end_of_the_embargo_and_a_recall()
    {
        var (kept, tag) = await ReleasedAsync("Lead beta", TimeSpan.FromHours(2));
        var (recalled, _) = await ReleasedAsync("Recalled beta", TimeSpan.FromHours(3), tag);
        var early = await PartnerAsync("Early Beta", new { embargoLead = 60, tags = new[] { tag } });
        var late = await PartnerAsync("Late Beta", new { tags = new[] { tag } });

        var (before, cursor) = await ChangesAsync(early, null);
        var state = await StateAsync(early);
        Database.Clock.Advance(TimeSpan.FromHours(1));
        var stateInLead = await StateAsync(early);
        var (begun, then) = await ChangesAsync(early, cursor);
        var (same, _) = await ChangesAsync(early, then);
        Database.Clock.Advance(TimeSpan.FromHours(1));
        await PublishDueAsync();
        var (ended, after) = await ChangesAsync(early, then);
        var (lateEnded, _) = await ChangesAsync(late, null);
        await DoAsync("unscheduleArticle", new { id = recalled.ToString() });
        var (gone, _) = await ChangesAsync(early, after);

        Assert.Empty(before);
        Assert.NotEqual(state, stateInLead);
        Assert.Equal([$"ArticleUpserted {kept} embargoed"], begun);
        Assert.Empty(same);
        Assert.Equal(
            [$"ArticleUpserted {kept}", $"ArticleUpserted {recalled} embargoed"],
            ended.Order(StringComparer.Ordinal)
        );
        Assert.Equal([$"ArticleUpserted {kept}"], lateEnded);
        Assert.Equal([$"ArticleExcluded {recalled}"], gone);
        await Invariants.AssertAsync(Database.OpenAsync);
    }

    [Fact]
    public async Task A_merged_tag_and_a_second_release_leave_one_article_with_the_last_text()
    {
        var (id, old) = await ReleasedAsync("First gamma", TimeSpan.FromHours(1));
        var into = await TagAsync("Into gamma");
        await DoAsync("mergeTags", new { from = old, into });
        await Newsroom.SaveAsync(
            id,
            Newsroom.Story("Second gamma") with
            {
                Tags = [EntityId.Parse<TagId>(into)!.Value],
            }
        );
        await DoAsync("releaseUnderEmbargo", new { id = id.ToString(), until = Now.AddMinutes(30) });
        var early = await PartnerAsync("Early Gamma", new { embargoLead = 60, tags = new[] { old } });

        var seen = await AskAsync(early, "{ articles(first: 10) { totalCount nodes { headline tags { id } } } }");

        Assert.Equal(
            $$"""{"totalCount":1,"nodes":[{"headline":"Second gamma","tags":[{"id":"{{into}}"}]}]}""",
            seen["articles"]!.ToJsonString()
        );
    }

    private async Task<(ArticleId Id, string Tag)> ReleasedAsync(string headline, TimeSpan after, string? tag = null)
    {
        tag ??= await TagAsync(headline + " tag");
        var article = await Newsroom.DraftAsync(
            Newsroom.Story(headline) with
            {
                Tags = [EntityId.Parse<TagId>(tag)!.Value],
            }
        );
        await DoAsync("releaseUnderEmbargo", new { id = article.Id.ToString(), until = Now + after });
        return (article.Id, tag);
    }

    private async Task<string> StateAsync(Viewer viewer) =>
        (string)(await AskAsync(viewer, "{ agreement { contentVersion } }"))["agreement"]!["contentVersion"]!;

    private async Task<(List<string> Changes, string Cursor)> ChangesAsync(Viewer viewer, string? after)
    {
        var cursor = after is null ? "" : $", after: \"{after}\"";
        var page = (
            await AskAsync(
                viewer,
                $$"""
                { changes(first: 100{{cursor}}) { endCursor nodes {
                  __typename
                  ... on ArticleUpserted { articleId article { embargoedUntil } }
                  ... on ArticleRemoved { articleId }
                  ... on ArticleExcluded { articleId }
                } } }
                """
            )
        )["changes"]!;
        return (
            [
                .. page["nodes"]!
                    .AsArray()
                    .Select(change =>
                        $"{(string?)change!["__typename"]} {(string?)change["articleId"]}{(change["article"]?["embargoedUntil"] is null ? "" : " embargoed")}"
                    ),
            ],
            (string)page["endCursor"]!
        );
    }
}
