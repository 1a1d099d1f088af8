using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.GraphQL;
using Cms.Media;
using Cms.People;
using Cms.Taxonomy;
using Cms.Testing;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Cms.Tests.Partners;

/// <summary>
/// A partner that follows its changes ends with exactly what it can read directly, whatever the newsroom does, however
/// large its pages are, and wherever it was cut off.
/// </summary>
[Slow]
public sealed class PartnerFollowerLaws(SqliteTestDatabase database)
    : PartnerSuite(database),
        IClassFixture<SqliteTestDatabase>
{
    private const string Shown =
        "id headline summary body { html } heroImage { url } takes { text } tags { slug name }";

    private readonly List<Article> _articles = [];
    private readonly Dictionary<ArticleId, MediaId> _images = [];
    private readonly List<string> _tags = [];
    private int _count;

    private enum Act
    {
        Publish,
        Update,
        Correct,
        Withdraw,
        Republish,
        Agree,
        Merge,
        Rename,
        EndRights,
        Read,
        Restart,
    }

    [Fact]
    public void A_follower_ends_with_exactly_what_the_partner_can_read()
    {
        var acts = Gen.Frequency(
            (4, Gen.Constant(Act.Publish)),
            (3, Gen.Constant(Act.Update)),
            (2, Gen.Constant(Act.Correct)),
            (2, Gen.Constant(Act.Withdraw)),
            (2, Gen.Constant(Act.Republish)),
            (3, Gen.Constant(Act.Agree)),
            (1, Gen.Constant(Act.Merge)),
            (1, Gen.Constant(Act.Rename)),
            (1, Gen.Constant(Act.EndRights)),
            (5, Gen.Constant(Act.Read)),
            (1, Gen.Constant(Act.Restart))
        );
        var steps = (from act in acts from choice in Gen.Choose(0, 999) select (act, choice)).ListOf(14);
        Prop.ForAll(Arb.From(steps), (Func<IEnumerable<(Act, int)>, Task>)(taken => FollowAsync([.. taken])))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20));
    }

    private async Task FollowAsync(IReadOnlyList<(Act Act, int Choice)> steps)
    {
        while (_tags.Count < 4)
        {
            _tags.Add(await TagAsync($"Topic {_count++}"));
        }

        var (partner, id) = await NewPartnerAsync($"Follower {_count++}");
        await AgreeAsync(id, 0);
        Follower follower = new(new GraphQLClient(Database.Services), partner);
        foreach (var (act, choice) in steps)
        {
            Database.Clock.Advance(TimeSpan.FromMinutes(1));
            await (
                act switch
                {
                    Act.Publish => AddAsync(choice),
                    Act.Update => ChangeAsync(choice, "updateArticle"),
                    Act.Correct => ChangeAsync(choice, "correctArticle"),
                    Act.Withdraw => WithdrawOneAsync(choice),
                    Act.Republish => RepublishAsync(choice),
                    Act.Agree => AgreeAsync(id, choice),
                    Act.Merge => MergeAsync(choice),
                    Act.Rename => DoAsync("renameTag", new { id = _tags[choice % 4], slug = $"renamed-{_count++}" }),
                    Act.EndRights => EndRightsAsync(choice),
                    Act.Read => follower.ReadPageAsync(1 + choice % 4),
                    _ => follower.RestartAsync(),
                }
            );
        }

        await follower.CatchUpAsync(1 + steps[0].Choice % 7);

        var direct = await AskAsync(partner, $$"""{ articles(first: 100) { nodes { {{Shown}} } } }""");
        Assert.Equal(
            direct["articles"]!["nodes"]!
                .AsArray()
                .Select(article => article!.ToJsonString())
                .Order(StringComparer.Ordinal),
            follower.Copies.Order(StringComparer.Ordinal)
        );
    }

    private async Task AddAsync(int choice)
    {
        // At most 100 articles can be compared at once.
        if (_articles.Count >= 90)
        {
            return;
        }

        var image = choice % 3 == 0 ? (MediaId?)(await Newsroom.ImageAsync()).Id : null;
        var article = await Newsroom.PublishedAsync(Story(choice) with { HeroImageId = image });
        _articles.Add(article);
        if (image is { } shown)
        {
            _images.Add(article.Id, shown);
        }
    }

    private async Task ChangeAsync(int choice, string mutation)
    {
        if (_articles.Count > 0 && await OneAsync(choice) is { Status: ArticleStatus.Published } article)
        {
            await Newsroom.SaveAsync(article.Id, Story(choice) with { HeroImageId = ImageOf(article) });
            object input =
                mutation == "correctArticle"
                    ? new { id = article.Id.ToString(), note = "The number was wrong." }
                    : new { id = article.Id.ToString() };
            await DoAsync(mutation, input);
        }
    }

    private async Task WithdrawOneAsync(int choice)
    {
        if (_articles.Count > 0 && await OneAsync(choice) is { Status: ArticleStatus.Published } article)
        {
            await WithdrawAsync(article.Id);
        }
    }

    private async Task RepublishAsync(int choice)
    {
        var gone = new List<Article>();
        foreach (var article in _articles)
        {
            gone.AddRange(
                await ReadAsync(article.Id) is { Status: ArticleStatus.Withdrawn } withdrawn ? [withdrawn] : []
            );
        }

        if (gone.Count > 0)
        {
            var article = gone[choice % gone.Count];
            await Newsroom.SaveAsync(article.Id, Story(choice) with { HeroImageId = ImageOf(article) });
            await Newsroom.ApproveAsync(article.Id);
            Newsroom.Value(await PublishAsync(article.Id));
        }
    }

    private Task<JsonNode> AgreeAsync(string partner, int choice) =>
        SaveAsync(
            partner,
            new
            {
                tags = (choice % 3) switch
                {
                    0 => Array.Empty<string>(),
                    1 => [_tags[choice % 4]],
                    _ => [_tags[choice % 4], _tags[(choice + 1) % 4]],
                },
                excludedTags = choice % 5 == 1 ? new[] { _tags[(choice + 2) % 4] } : [],
                text = choice % 2 == 0 ? "FULL" : "SUMMARY",
                images = choice % 4 == 3 ? "NONE" : "CREDITED",
                summaryWords = choice % 7 == 0 ? 3 : (int?)null,
            }
        );

    private async Task MergeAsync(int choice)
    {
        var from = choice % 4;
        await DoAsync("mergeTags", new { from = _tags[from], into = _tags[(from + 1) % 4] });
        _tags[from] = await TagAsync($"Topic {_count++}");
    }

    private async Task EndRightsAsync(int choice)
    {
        if (_articles.Count > 0 && _images.Remove(_articles[choice % _articles.Count].Id, out var image))
        {
            await DoAsync(
                "saveMediaRights",
                new { id = image.ToString(), expiresAt = Database.Clock.GetUtcNow().AddSeconds(-1) }
            );
        }
    }

    private MediaId? ImageOf(Article article) => _images.TryGetValue(article.Id, out var image) ? image : null;

    private async Task<Article> OneAsync(int choice) => (await ReadAsync(_articles[choice % _articles.Count].Id))!;

    private async Task<Article?> ReadAsync(ArticleId id)
    {
        await using var db = await OpenAsync();
        return await db.Articles.FindAsync(id);
    }

    private ArticleContent Story(int choice) =>
        Newsroom.Story($"Story {_count++}") with
        {
            Tags =
            [
                .. Enumerable
                    .Range(0, 4)
                    .Where(tag => (choice >> tag & 1) == 1)
                    .Select(tag => EntityId.Parse<TagId>(_tags[tag])!.Value),
            ],
        };

    /// <summary>A partner's program that keeps copies.</summary>
    private sealed class Follower(GraphQLClient client, Viewer partner)
    {
        private readonly Dictionary<string, string> _copies = new(StringComparer.Ordinal);
        private string? _after;

        public IEnumerable<string> Copies => _copies.Values;

        public async Task CatchUpAsync(int size)
        {
            while (await ReadPageAsync(size))
            {
                // Repeat until there is nothing more.
            }
        }

        public async Task<bool> ReadPageAsync(int size)
        {
            var answer = await client.AskAsync(
                partner,
                $$"""
                query($after: String, $first: Int) {
                  changes(after: $after, first: $first) {
                    endCursor hasNextPage
                    nodes {
                      ... on ArticleUpserted { articleId article { {{Shown}} } }
                      ... on ArticleRemoved { articleId }
                      ... on ArticleExcluded { articleId }
                    }
                  }
                }
                """,
                new { after = _after, first = size }
            );
            Assert.True(answer["errors"] is null, answer.ToJsonString());
            var page = answer["data"]!["changes"]!;
            foreach (var change in page["nodes"]!.AsArray())
            {
                if (change!["article"] is { } article)
                {
                    _copies[(string)change["articleId"]!] = article.ToJsonString();
                }
                else
                {
                    _copies.Remove((string)change["articleId"]!);
                }
            }

            _after = (string)page["endCursor"]!;
            return (bool)page["hasNextPage"]!;
        }

        // Begins again, as after a resync: what is not among the changes is deleted.
        public async Task RestartAsync()
        {
            _copies.Clear();
            _after = null;
            await ReadPageAsync(3);
        }
    }
}
