using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.GraphQL;
using Cms.Partners.Log;
using Cms.People;
using Cms.Taxonomy;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Partners;

/// <summary>The changes that a partner reads to keep its copies up to date.</summary>
public abstract class PartnerChangesTests(TestDatabase database) : PartnerSuite(database)
{
    [SkippableFact]
    public async Task A_partner_receives_each_change_of_the_articles_that_its_agreement_includes()
    {
        var (inside, outside) = (await TagAsync("Followed"), await TagAsync("Not followed"));
        var first = await PublishedAsync("Already published", inside);
        var partner = await PartnerAsync("Following Post", new { tags = new[] { inside } });

        var start = await PageAsync(partner, null);
        var second = await PublishedAsync("Published later", inside);
        await PublishedAsync("Published elsewhere", outside);
        var published = await PageAsync(partner, start.End);
        await Newsroom.SaveAsync(first.Id, Tagged("Already corrected", inside));
        await CorrectAsync(first.Id);
        await WithdrawAsync(second.Id);
        var changed = await PageAsync(partner, published.End);

        Assert.Equal([$"{first.Id} PUBLISHED Already published"], start.Changes);
        Assert.Equal([$"{second.Id} PUBLISHED Published later"], published.Changes);
        Assert.Equal(
            [$"{first.Id} CORRECTED Already corrected", $"{second.Id} withdrawn NORMAL"],
            changed.Changes.Order(StringComparer.Ordinal)
        );
        Assert.Empty((await PageAsync(partner, changed.End)).Changes);
        Assert.Empty((await PageAsync(partner, changed.Latest)).Changes);
        Assert.Equal([$"{first.Id} PUBLISHED Already corrected"], Kinds((await PageAsync(partner, null)).Changes));
    }

    [SkippableFact]
    public async Task An_article_that_leaves_the_agreement_is_excluded_and_can_come_back()
    {
        var (inside, outside) = (await TagAsync("In scope"), await TagAsync("Out of scope"));
        var article = await PublishedAsync("In and out", inside);
        var partner = await PartnerAsync("Scope Post", new { tags = new[] { inside } });
        var start = await PageAsync(partner, null);

        await Newsroom.SaveAsync(article.Id, Tagged("In and out", outside));
        await DoAsync("updateArticle", new { id = article.Id.ToString() });
        var left = await PageAsync(partner, start.End);
        await WithdrawAsync(article.Id);
        var silent = await PageAsync(partner, left.End);
        await Newsroom.SaveAsync(article.Id, Tagged("Back again", inside));
        await Newsroom.ApproveAsync(article.Id);
        await PublishAsync(article.Id);
        var back = await PageAsync(partner, silent.End);

        Assert.Equal([$"{article.Id} excluded"], left.Changes);
        Assert.Empty(silent.Changes);
        Assert.Equal([$"{article.Id} PUBLISHED Back again"], back.Changes);
    }

    [SkippableFact]
    public async Task A_new_version_of_the_agreement_changes_what_it_includes_or_shows_differently()
    {
        var (kept, dropped, added) = (await TagAsync("Kept"), await TagAsync("Dropped"), await TagAsync("Added"));
        var keptArticle = await PublishedAsync("Kept article", kept);
        var droppedArticle = await PublishedAsync("Dropped article", dropped);
        var addedArticle = await PublishedAsync("Added article", added);
        var (partner, id) = await NewPartnerAsync("Edited Post");
        await SaveAsync(id, new { tags = new[] { kept, dropped } });
        var start = await PageAsync(partner, null);

        await SaveAsync(id, new { tags = new[] { kept, added } });
        var scope = await PageAsync(partner, start.End);
        await SaveAsync(id, new { text = "SUMMARY" });
        var shown = await PageAsync(partner, scope.End);
        await SaveAsync(id, new { endsAt = Database.Clock.GetUtcNow().AddDays(900) });
        var same = await PageAsync(partner, shown.End);
        await SaveAsync(id, new { allowsAiTraining = true });
        var usable = await PageAsync(partner, same.End);

        Assert.Equal(2, start.Changes.Count);
        Assert.Equal(
            new[] { $"{droppedArticle.Id} excluded", $"{addedArticle.Id} PUBLISHED Added article" }.Order(
                StringComparer.Ordinal
            ),
            scope.Changes.Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            new[] { $"{keptArticle.Id} UPDATED Kept article", $"{addedArticle.Id} UPDATED Added article" }.Order(
                StringComparer.Ordinal
            ),
            shown.Changes.Order(StringComparer.Ordinal)
        );
        Assert.Empty(same.Changes);
        Assert.Equal(2, usable.Changes.Count);
    }

    [SkippableFact]
    public async Task The_end_of_the_rights_to_an_image_and_a_new_address_of_a_tag_are_changes_of_the_article()
    {
        var tag = await TagAsync("Pictured");
        var image = await Newsroom.ImageAsync();
        var article = await Newsroom.PublishedAsync(Tagged("A picture", tag) with { HeroImageId = image.Id });
        var partner = await PartnerAsync("Picture Post", new { tags = new[] { tag }, images = "CREDITED" });
        var textOnly = await PartnerAsync("Text Post", new { tags = new[] { tag }, images = "NONE" });
        var (start, textStart) = (await PageAsync(partner, null), await PageAsync(textOnly, null));

        await DoAsync(
            "saveMediaRights",
            new { id = image.Id.ToString(), expiresAt = Database.Clock.GetUtcNow().AddSeconds(-1) }
        );
        var ended = await PageAsync(partner, start.End);
        var textEnded = await PageAsync(textOnly, textStart.End);
        await DoAsync("renameTag", new { id = tag, slug = "illustrated" });
        var renamed = await PageAsync(partner, ended.End);

        Assert.Equal([$"{article.Id} UPDATED A picture"], ended.Changes);
        Assert.Empty(textEnded.Changes);
        Assert.Equal([$"{article.Id} UPDATED A picture"], renamed.Changes);
    }

    [SkippableFact]
    public async Task A_merge_of_tags_brings_articles_into_the_agreement()
    {
        var (from, into) = (await TagAsync("Merged away"), await TagAsync("Merged into"));
        var article = await PublishedAsync("Tagged before the merge", from);
        await PublishedAsync("Makes the tag public", into);
        var partner = await PartnerAsync("Merge Post", new { tags = new[] { into } });
        var start = await PageAsync(partner, null);

        await DoAsync("mergeTags", new { from, into });

        Assert.Contains(
            $"{article.Id} PUBLISHED Tagged before the merge",
            (await PageAsync(partner, start.End)).Changes
        );
    }

    [SkippableFact]
    public async Task Pages_end_where_the_partner_asks_and_a_change_while_it_reads_is_not_lost()
    {
        var tag = await TagAsync("Paged");
        var articles = new List<Article>();
        for (var i = 0; i < 5; i++)
        {
            articles.Add(await PublishedAsync($"Page {i}", tag));
        }

        var partner = await PartnerAsync("Paging Post", new { tags = new[] { tag } });
        var first = await PageAsync(partner, null, 2);
        await WithdrawAsync(articles[0].Id);
        var rest = await PageAsync(partner, first.End, 50);

        Assert.True(first.HasNext);
        Assert.Equal(2, first.Changes.Count);
        Assert.False(rest.HasNext);
        Assert.Equal(4, rest.Changes.Count);
        Assert.Equal($"{articles[0].Id} withdrawn NORMAL", rest.Changes[^1]);
    }

    [SkippableFact]
    public async Task A_cursor_that_cannot_be_continued_is_refused_with_a_way_out()
    {
        var tag = await TagAsync("Old cursors");
        var article = await PublishedAsync("Soon forgotten", tag);
        var partner = await PartnerAsync("Late Post", new { tags = new[] { tag } });
        var other = await PartnerAsync("Other Post", new { tags = new[] { tag } });
        var start = await PageAsync(partner, null);

        await WithdrawAsync(article.Id);
        var end = (await PageAsync(partner, start.End)).End;
        Database.Clock.Advance(UpdatePartnerLog.KeptFor + TimeSpan.FromDays(1));
        Assert.Empty((await PageAsync(partner, end)).Changes);

        Assert.Equal(ErrorCodes.ChangesResync, await RefusalAsync(partner, start.End));
        Assert.Equal(ErrorCodes.ChangesResync, await RefusalAsync(other, end));
        Assert.Equal(ErrorCodes.CursorInvalid, await RefusalAsync(partner, "nonsense"));
        var forReaders = await AskAsync(Viewer.Anonymous, "{ changes(first: 1) { latest } }");
        Assert.Equal(ErrorCodes.CursorInvalid, await RefusalAsync(partner, (string)forReaders["changes"]!["latest"]!));

        await using var db = await OpenAsync();
        var epoch = Guid.CreateVersion7();
        await db.ChangeCounters.ExecuteUpdateAsync(set => set.SetProperty(c => c.Epoch, epoch));
        Assert.Equal(ErrorCodes.ChangesResync, await RefusalAsync(partner, end));
        Assert.Empty((await PageAsync(partner, null)).Changes);
    }

    [SkippableFact]
    public async Task Two_programs_that_read_at_the_same_time_receive_the_same()
    {
        var tag = await TagAsync("Read twice");
        for (var i = 0; i < 3; i++)
        {
            await PublishedAsync($"Read twice {i}", tag);
        }

        var partner = await PartnerAsync("Busy Post", new { tags = new[] { tag } });
        var pages = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => PageAsync(partner, null)));

        Assert.All(pages, page => Assert.Equal(pages[0].Changes, page.Changes));
        Assert.Equal(3, pages[0].Changes.Count);
        Assert.Single(pages.Select(page => page.Latest).Distinct(StringComparer.Ordinal));
    }

    private static ArticleContent Tagged(string headline, string tag) =>
        Newsroom.Story(headline) with
        {
            Tags = [EntityId.Parse<TagId>(tag)!.Value],
        };

    // What a partner that begins later receives is always new to it.
    private static IEnumerable<string> Kinds(IEnumerable<string> changes) =>
        changes.Select(change => change.Replace("CORRECTED", "PUBLISHED", StringComparison.Ordinal));

    private async Task<string?> RefusalAsync(Viewer partner, string after) =>
        GraphQLClient.Code(
            await new GraphQLClient(Database.Services).AskAsync(partner, PartnerPage.Query, new { after })
        );

    private Task<PartnerPage> PageAsync(Viewer partner, string? after, int first = 100) =>
        PartnerPage.ReadAsync(new GraphQLClient(Database.Services), partner, after, first);
}

/// <summary>A page of a partner's changes.</summary>
internal sealed record PartnerPage(IReadOnlyList<string> Changes, string End, bool HasNext, string Latest)
{
    public const string Query = """
        query($after: String, $first: Int) {
          changes(after: $after, first: $first) {
            endCursor hasNextPage latest
            nodes {
              __typename
              ... on ArticleUpserted { articleId kind article { headline } }
              ... on ArticleRemoved { articleId removal: kind reason }
              ... on ArticleExcluded { articleId }
            }
          }
        }
        """;

    public static async Task<PartnerPage> ReadAsync(GraphQLClient client, Viewer partner, string? after, int first)
    {
        var answer = await client.AskAsync(partner, Query, new { after, first });
        Assert.True(answer["errors"] is null, answer.ToJsonString());
        var page = answer["data"]!["changes"]!;
        return new PartnerPage(
            [.. page["nodes"]!.AsArray().Select(node => Words(node!))],
            (string)page["endCursor"]!,
            (bool)page["hasNextPage"]!,
            (string)page["latest"]!
        );
    }

    private static string Words(JsonNode change) =>
        (string?)change["__typename"] switch
        {
            "ArticleUpserted" => $"{change["articleId"]} {change["kind"]} {change["article"]?["headline"]}",
            "ArticleRemoved" => $"{change["articleId"]} withdrawn {change["removal"]}",
            _ => $"{change["articleId"]} excluded",
        };
}

public sealed class PartnerChangesTests_Sqlite(SqliteTestDatabase database)
    : PartnerChangesTests(database),
        IClassFixture<SqliteTestDatabase>;

public sealed class PartnerChangesTests_SqlServer(SqlServerTestDatabase database)
    : PartnerChangesTests(database),
        IClassFixture<SqlServerTestDatabase>;
