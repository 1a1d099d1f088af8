using System.Net;
using System.Text.RegularExpressions;
using Cms.Articles;
using Cms.Articles.Publishing;
using Cms.Data;
using Cms.GraphQL;
using Cms.Media.Rights;
using Cms.Panel;
using Cms.Partners.Deliveries;
using Cms.Server.Tests.Support;
using Cms.Taxonomy;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cms.Server.Tests.Partners;

/// <summary>
/// The files of partners that a server keeps: they are sent again only while they are right, and each time count, are
/// limited and are recorded like new ones.
/// </summary>
[Needs("server")]
public sealed partial class KeptPartnerFileTests : IAsyncLifetime
{
    private static readonly string[] Files = ["feed.rss", "feed.atom", "feed.json", "feed.ninjs", "changes"];

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2030, 4, 29, 10, 0, 0, TimeSpan.Zero));
    private readonly NewsroomServer _server;
    private int _limit = 200;

    public KeptPartnerFileTests() =>
        _server = new NewsroomServer
        {
            Settings = ["--Cms:Site:Enabled=true"],
            More = services => services.AddSingleton<TimeProvider>(_clock),
        };

    private PartnerSteps Steps => new(_server.Services);

    private Newsroom Newsroom => new(_server.Services);

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_file_that_is_sent_again_is_counted_and_recorded_as_one_that_is_made()
    {
        var tag = await Steps.TagAsync("Kept");
        await Steps.PublishedAsync("Kept one", tag);
        await Steps.PublishedAsync("Kept two", tag);
        var (key, id) = await PartnerAsync("Keeping Post", new { tags = new[] { tag } });
        Dictionary<string, byte[]> first = [];
        foreach (var file in Files)
        {
            first[file] = (await SentAsync($"/p/{key}/{Path(file)}", isKept: false)).Content;
        }

        _clock.Advance(TimeSpan.FromMinutes(5));
        foreach (var file in Files)
        {
            var (content, tagOf) = await SentAsync($"/p/{key}/{Path(file)}", isKept: true);
            Assert.Equal(first[file], content);
            using HttpRequestMessage request = new(HttpMethod.Get, $"/p/{key}/{Path(file)}");
            request.Headers.TryAddWithoutValidation("If-None-Match", tagOf);
            using var same = await _server.Client.SendAsync(request);
            Assert.Equal((HttpStatusCode.NotModified, tagOf), (same.StatusCode, same.Headers.ETag!.ToString()));
        }

        await _server.Services.GetRequiredService<SaveLastDeliveries>().Handle(default);
        var used = await new GraphQLClient(_server.Services).AskAsync(
            GraphQLClient.Ada,
            $"{{ desk {{ partner(id: \"{id}\") {{ usage(first: 100) {{ nodes {{ hits notModified bytes items }} }} }} }} }}"
        );
        await using var db = await OpenAsync();
        var received = await db.PartnerDeliveries.ToListAsync();

        Assert.Equal(
            Files.Select(file => (3, 1, first[file].Length * 2, 4)),
            used["data"]!["desk"]!["partner"]!["usage"]!["nodes"]!
                .AsArray()
                .Select(row => ((int)row!["hits"]!, (int)row["notModified"]!, (int)row["bytes"]!, (int)row["items"]!))
        );
        Assert.Equal(2, received.Count);
        Assert.All(received, delivery => Assert.Equal(TimeSpan.FromMinutes(5), delivery.LastAt - delivery.FirstAt));
    }

    // A file with a limit that was not asked for before is made now.
    [Fact]
    public async Task Whatever_happens_the_next_answer_is_the_one_that_would_be_made_now()
    {
        var tag = await Steps.TagAsync("Watched");
        var persona = await Newsroom.PersonaAsync("The Watcher", order: 9);
        var image = await Newsroom.ImageAsync();
        await Steps.DoAsync("saveMediaRights", new { id = image.Id.ToString(), allowSyndication = true });
        var (pictured, take) = await WithTakeAsync(Tagged("Pictured", tag) with { HeroImageId = image.Id }, persona.Id);
        await Newsroom.PublishAsync(pictured.Id);
        var withdrawn = await Steps.PublishedAsync("Withdrawn soon", tag);
        var (early, earlyTake) = await WithTakeAsync(Tagged("Early", tag), persona.Id);
        var recalled = await Newsroom.DraftAsync(Tagged("Recalled", tag));
        var terms = new
        {
            tags = new[] { tag },
            hasTakes = true,
            images = "CLEARED",
            embargoLead = 60,
        };
        var (key, id) = await PartnerAsync("Watching Post", terms);
        (string Name, Func<Task> Act)[] events =
        [
            ("publish", () => Steps.PublishedAsync("Another one", tag)),
            (
                "update",
                async () =>
                {
                    await Newsroom.SaveAsync(
                        pictured.Id,
                        Tagged("Pictured again", tag) with
                        {
                            HeroImageId = image.Id,
                        }
                    );
                    await Newsroom.PublishAsync(pictured.Id);
                }
            ),
            ("rename a tag", () => Steps.DoAsync("editTag", new { id = tag, name = "Watched closely" })),
            ("rename the partner", () => Steps.DoAsync("editPartner", new { id, name = "Watching Times" })),
            ("edit the agreement", () => Steps.AgreeAsync(id, new { attribution = "By {newsroom}" })),
            (
                "uncleared",
                () => Steps.DoAsync("saveMediaRights", new { id = image.Id.ToString(), allowSyndication = false })
            ),
            (
                "cleared for an hour",
                () =>
                    Steps.DoAsync(
                        "saveMediaRights",
                        new
                        {
                            id = image.Id.ToString(),
                            allowSyndication = true,
                            expiresAt = _clock.GetUtcNow().AddHours(1),
                        }
                    )
            ),
            (
                "rights end",
                async () =>
                {
                    _clock.Advance(TimeSpan.FromHours(1));
                    await _server.Services.GetRequiredService<ExpireMedia>().Handle(new(), default);
                }
            ),
            ("retract", () => Steps.DoAsync("retractTake", new { id = take.Id.ToString(), reason = "Wrong." })),
            (
                "release under embargo, seen at once",
                () =>
                    Steps.DoAsync(
                        "releaseUnderEmbargo",
                        new { id = recalled.Id.ToString(), until = _clock.GetUtcNow().AddMinutes(30) }
                    )
            ),
            ("recall", () => Steps.DoAsync("unscheduleArticle", new { id = recalled.Id.ToString() })),
            (
                "the lead begins",
                async () =>
                {
                    await Steps.DoAsync(
                        "releaseUnderEmbargo",
                        new { id = early.Id.ToString(), until = _clock.GetUtcNow().AddHours(2) }
                    );
                    await ReadAllAsync(key);
                    _clock.Advance(TimeSpan.FromHours(1));
                }
            ),
            (
                "retract under embargo",
                () => Steps.DoAsync("retractTake", new { id = earlyTake.Id.ToString(), reason = "Wrong." })
            ),
            (
                "the embargo ends",
                async () =>
                {
                    _clock.Advance(TimeSpan.FromHours(1));
                    await _server
                        .Services.GetRequiredService<PublishDueArticles>()
                        .Handle(new PublishDueArticlesInput(), default);
                }
            ),
            ("withdraw", () => Steps.KillAsync(withdrawn)),
        ];
        var before = await ReadAllAsync(key);
        foreach (var (name, act) in events)
        {
            var tags = before.ToDictionary(file => file.Key, file => file.Value.Tag);
            var isChanged = false;
            await act();
            foreach (var file in Files)
            {
                using HttpRequestMessage request = new(HttpMethod.Get, $"/p/{key}/{Path(file)}");
                request.Headers.TryAddWithoutValidation("If-None-Match", tags[file]);
                using var known = await _server.Client.SendAsync(request);
                var (content, tagOf) = await SentAsync($"/p/{key}/{Path(file)}");
                var (made, _) = await SentAsync($"/p/{key}/{Path(file, ++_limit)}", isKept: false);
                Assert.Equal((name, file, TextOf(made)), (name, file, TextOf(content)));
                Assert.Equal(
                    (name, file, before[file].Content != TextOf(content)),
                    (name, file, known.StatusCode == HttpStatusCode.OK)
                );
                isChanged |= before[file].Content != TextOf(content);
                before[file] = (TextOf(content), tagOf);
            }

            Assert.Equal((name, true), (name, isChanged));
        }
    }

    [Fact]
    public async Task What_ends_the_rights_of_a_partner_ends_them_at_once_on_every_server()
    {
        await using var second = await _server.StartAnotherAsync(
            ["--Cms:Site:Enabled=true"],
            services => services.AddSingleton<TimeProvider>(_clock)
        );
        PartnerSteps elsewhere = new(second.Services);
        var tag = await Steps.TagAsync("Ended");
        var (key, id) = await PartnerAsync("Ending Post", new { tags = new[] { tag } });
        var (other, keyId) = await Steps.KeyAsync(id);
        foreach (var one in new[] { key, other })
        {
            await SentAsync($"/p/{one}/feed.rss", isKept: false);
            await SentAsync($"/p/{one}/feed.rss", isKept: true);
        }

        await elsewhere.PublishedAsync("Published elsewhere", tag);
        var published = await SentAsync($"/p/{key}/feed.rss", isKept: false);
        await SentAsync($"/p/{other}/feed.rss", isKept: false);
        await elsewhere.DoAsync("revokeFeedKey", new { id = keyId });
        var revoked = await StatusAsync(other);
        await SentAsync($"/p/{key}/feed.rss", isKept: true);
        await elsewhere.DoAsync("suspendPartner", new { id, reason = "Unpaid" });
        var suspended = await StatusAsync(key);
        await elsewhere.DoAsync("resumePartner", new { id });
        await SentAsync($"/p/{key}/feed.rss", isKept: true);
        await elsewhere.AgreeAsync(id, new { endsAt = _clock.GetUtcNow().AddHours(1) });
        await SentAsync($"/p/{key}/feed.rss", isKept: false);
        await SentAsync($"/p/{key}/feed.rss", isKept: true);
        _clock.Advance(TimeSpan.FromHours(1));
        var ended = await StatusAsync(key);
        await elsewhere.AgreeAsync(id, new { beginsAt = _clock.GetUtcNow().AddHours(1), endsAt = (string?)null });
        var early = await StatusAsync(key);
        _clock.Advance(TimeSpan.FromHours(1));
        await SentAsync($"/p/{key}/feed.rss", isKept: false);

        Assert.Contains("Published elsewhere", TextOf(published.Content), StringComparison.Ordinal);
        Assert.Equal(
            (HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden),
            (revoked, suspended, ended, early)
        );
    }

    [Fact]
    public async Task A_kept_file_counts_towards_the_limits_and_is_refused_when_they_are_reached()
    {
        var (key, id) = await PartnerAsync("Limited Post", new { requestsPerMinute = 3, monthlyQuota = 5 });
        await SentAsync($"/p/{key}/feed.rss", isKept: false);
        using var kept = await _server.Client.GetAsync($"/p/{key}/feed.rss");
        await SentAsync($"/p/{key}/feed.rss", isKept: true);
        using var tooFast = await _server.Client.GetAsync($"/p/{key}/feed.rss");
        _clock.Advance(TimeSpan.FromMinutes(1));
        await SentAsync($"/p/{key}/feed.rss", isKept: true);
        await SentAsync($"/p/{key}/feed.rss", isKept: true);
        using var tooMany = await _server.Client.GetAsync($"/p/{key}/feed.rss");

        Assert.EndsWith(
            "\"minute\";r=1;t=60, \"month\";r=3;t=136800",
            Header(kept, "RateLimit"),
            StringComparison.Ordinal
        );
        Assert.Equal(
            (HttpStatusCode.TooManyRequests, "60", HttpStatusCode.TooManyRequests),
            (tooFast.StatusCode, Header(tooFast, "Retry-After"), tooMany.StatusCode)
        );
        Assert.Contains("RATE_LIMITED", await tooFast.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("QUOTA_EXCEEDED", await tooMany.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var used = await new GraphQLClient(_server.Services).AskAsync(
            GraphQLClient.Ada,
            $"{{ desk {{ partner(id: \"{id}\") {{ usage(first: 100) {{ nodes {{ hits refused }} }} }} }} }}"
        );
        Assert.Equal(
            """[{"hits":5,"refused":2}]""",
            used["data"]!["desk"]!["partner"]!["usage"]!["nodes"]!.ToJsonString()
        );
    }

    private static ArticleContent Tagged(string headline, string tag) =>
        Newsroom.Story(headline) with
        {
            Tags = [EntityId.Parse<TagId>(tag)!.Value],
        };

    private async Task<(Article Article, Take Take)> WithTakeAsync(ArticleContent content, PersonaId persona)
    {
        var draft = await Newsroom.DraftAsync(content);
        return (draft, await Newsroom.ApprovedTakeAsync(draft.Id, persona));
    }

    private static string Path(string file, int limit = 200) =>
        file == "changes" ? $"changes?initial=true&limit={limit}" : $"{file}?limit={limit}";

    private async Task<Dictionary<string, (string Content, string Tag)>> ReadAllAsync(string key)
    {
        Dictionary<string, (string, string)> all = [];
        foreach (var file in Files)
        {
            var (content, tag) = await SentAsync($"/p/{key}/{Path(file)}");
            all[file] = (TextOf(content), tag);
        }

        return all;
    }

    private async Task<(byte[] Content, string Tag)> SentAsync(string path, bool? isKept = null)
    {
        using var answer = await _server.Client.GetAsync(path);
        Assert.Equal((path, HttpStatusCode.OK), (path, answer.StatusCode));
        if (isKept is { } kept)
        {
            Assert.Equal((path, kept), (path, Header(answer, "Cache-Status") == "site; hit"));
        }

        return (await answer.Content.ReadAsByteArrayAsync(), answer.Headers.ETag!.ToString());
    }

    private async Task<HttpStatusCode> StatusAsync(string key)
    {
        using var answer = await _server.Client.GetAsync($"/p/{key}/feed.rss");
        return answer.StatusCode;
    }

    private async Task<(string Key, string Id)> PartnerAsync(string name, object terms)
    {
        var id = await Steps.PartnerAsync(name);
        await Steps.AgreeAsync(id, terms);
        return ((await Steps.KeyAsync(id)).Key, id);
    }

    private Task<CmsDbContext> OpenAsync() =>
        _server.Services.GetRequiredService<IDbContextFactory<CmsDbContext>>().CreateDbContextAsync();

    // The addresses of a page of changes repeat the limit, and those of images under embargo end at another time.
    private static string TextOf(byte[] content) => Varying().Replace(System.Text.Encoding.UTF8.GetString(content), "");

    private static string Header(HttpResponseMessage answer, string name) =>
        string.Join(", ", answer.Headers.TryGetValues(name, out var values) ? values : []);

    [GeneratedRegex("limit=[0-9]+")]
    private static partial Regex Varying();
}
