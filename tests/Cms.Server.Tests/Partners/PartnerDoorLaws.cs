using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cms.Body;
using Cms.GraphQL;
using Cms.Media;
using Cms.Media.Rights;
using Cms.Panel;
using Cms.Server.Tests.Webhooks;
using Cms.Taxonomy;
using Cms.Testing;
using Cms.Webhooks;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Partners;

/// <summary>
/// For any agreement, feeds in each format, changes, GraphQL and webhooks show the same articles and the same parts of
/// them. Each part of each article contains a word that is nowhere else, so that nothing can be overlooked. For longer
/// runs, set <c>CMS_TEST_AGREEMENTS</c>.
/// </summary>
[Slow]
[Needs("server")]
public sealed partial class PartnerDoorLaws : WebhookSuite
{
    private const string Variable = "CMS_TEST_AGREEMENTS";
    private const int Each = 3;
    private const int Articles = 12;

    // They come after the others and are released under embargo.
    private const int Embargoed = 2;

    private const string Query =
        "query { articles(first: 100) { totalCount nodes { id headline summary heroImage { alt } body { plainText } takes { text } } } }";

    private const string Document =
        "query($id: ID!) { article(id: $id) { headline summary heroImage { alt } body { plainText } takes { text } } }";

    private static readonly string[] Languages = ["en", "de", "pt"];

    private enum Picture
    {
        None,
        Cleared,
        OnlyInGermany,
        NotCleared,
        Ended,
    }

    private readonly List<Item> _items = [];
    private readonly List<string> _tags = [];
    private readonly List<string> _personas = [];
    private readonly Dictionary<Picture, MediaId> _images = [];
    private readonly Dictionary<string, string> _copies = new(StringComparer.Ordinal);
    private Receiver _receiver = null!;
    private string _category = "";
    private string _partner = "";
    private string _key = "";
    private int _received;

    private static int Agreed =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : 6;

    private PartnerSteps Steps => new(Server.Services);

    private protected override IReadOnlyList<string> Settings => ["--Cms:Site:Enabled=true"];

    [Fact]
    public async Task For_any_agreement_every_way_to_receive_articles_shows_the_same_parts_of_the_same_articles()
    {
        await using var receiver = _receiver = await Receiver.StartAsync();
        await FillAsync();

        Prop.ForAll(Arb.From(Agreements()), (Func<Drawn, Task>)CompareAsync)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Agreed));
    }

    private async Task CompareAsync(Drawn terms)
    {
        await Steps.AgreeAsync(
            _partner,
            new
            {
                categories = new[] { _category },
                tags = Named(_tags, terms.Tags.Except(terms.ExcludedTags)),
                excludedTags = Named(_tags, terms.ExcludedTags),
                languages = terms.Languages,
                text = terms.HasFullText ? "FULL" : "SUMMARY",
                summaryWords = terms.HasShortSummary ? 2 : (int?)null,
                hasTakes = terms.HasTakes,
                personas = Named(_personas, terms.Personas),
                images = terms.Images,
                territories = terms.Territories,
                embargoLead = terms.HasLead ? 240 : 0,
            }
        );

        var expected = _items.SelectMany(item => PartsOf(terms, item)).Order(StringComparer.Ordinal).ToList();

        Dictionary<string, string> seen = new(StringComparer.Ordinal)
        {
            ["rss"] = await ReadAsync("feed.rss?limit=100"),
            ["atom"] = await ReadAsync("feed.atom?limit=100"),
            ["json"] = await ReadAsync("feed.json?limit=100"),
            ["ninjs"] = await ReadAsync("feed.ninjs?limit=100"),
            // The server has kept most of these.
            ["rss again"] = await ReadAsync("feed.rss?limit=100"),
            ["ninjs again"] = await ReadAsync("feed.ninjs?limit=100"),
            ["changes"] = await ReadChangesAsync(),
            ["changes again"] = await ReadChangesAsync(),
            ["graphql"] = await AskAsync(),
            ["webhook"] = await CopiesAsync(),
        };

        foreach (var (door, text) in seen)
        {
            Assert.Equal(
                (door, string.Join(' ', expected)),
                (
                    door,
                    string.Join(' ', Part().Matches(text).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal))
                )
            );
        }

        Assert.Equal(
            _items.Count(item => Includes(terms, item)),
            (int)JsonNode.Parse(seen["graphql"])!["data"]!["articles"]!["totalCount"]!
        );
    }

    private IEnumerable<string> PartsOf(Drawn terms, Item item)
    {
        if (!Includes(terms, item))
        {
            yield break;
        }

        yield return $"qhead{item.Number}q";
        yield return $"qsum{item.Number}q";
        if (terms.HasFullText)
        {
            yield return $"qbody{item.Number}q";
        }

        if (!terms.HasShortSummary)
        {
            yield return $"qtail{item.Number}q";
        }

        if (Shows(terms, item.Picture))
        {
            yield return $"qimg{item.Number}q";
        }

        foreach (var persona in terms.HasTakes ? item.Personas : [])
        {
            if (terms.Personas.Count == 0 || terms.Personas.Contains(persona))
            {
                yield return $"qtake{item.Number}p{persona}q";
            }
        }
    }

    private static bool Shows(Drawn terms, Picture picture) =>
        (terms.Images, picture) switch
        {
            ("NONE", _) or (_, Picture.None or Picture.Ended) => false,
            ("CREDITED", _) or (_, Picture.Cleared) => true,
            // A partner that publishes everywhere needs an image without limits.
            (_, Picture.OnlyInGermany) => terms.Territories is ["DE"],
            _ => false,
        };

    private static bool Includes(Drawn terms, Item item) =>
        !item.IsWithdrawn
        && (!item.IsEmbargoed || terms.HasLead)
        && (
            terms.Tags.Except(terms.ExcludedTags).ToList() is var tags
            && (tags.Count == 0 || tags.Intersect(item.Tags).Any())
        )
        && !terms.ExcludedTags.Intersect(item.Tags).Any()
        && (terms.Languages.Count == 0 || terms.Languages.Contains(item.Language, StringComparer.Ordinal));

    private async Task FillAsync()
    {
        for (var i = 0; i < Each; i++)
        {
            _tags.Add(await Steps.TagAsync($"Tag {i}"));
            _personas.Add((await Newsroom.PersonaAsync($"Persona {i}", order: i)).Id.ToString());
        }

        // The sample newsroom has articles too.
        _category = (string)
            (await Steps.DoAsync("createCategory", new { name = "Law" }, "category { id }"))["category"]!["id"]!;
        _partner = await Steps.PartnerAsync("Lawful Post");
        (_key, _) = await Steps.KeyAsync(_partner);
        await DoAsync(
            "createWebhook",
            new
            {
                partner = _partner,
                url = _receiver.Url,
                document = Document,
            }
        );
        await Steps.AgreeAsync(_partner, new { tags = new[] { await Steps.TagAsync("Nothing has this") } });
        foreach (var picture in Enum.GetValues<Picture>().Except([Picture.None]))
        {
            await AddImageAsync(picture);
        }

        for (var i = 0; i < Articles + Embargoed; i++)
        {
            var isEmbargoed = i >= Articles;
            Item item = new(
                i,
                Bits(i),
                Bits(i / 2),
                Languages[i % Languages.Length],
                IsWithdrawn: !isEmbargoed && i % 6 == 5,
                isEmbargoed,
                (Picture)(i % 5)
            );
            var content = Newsroom.Story($"qhead{i}q") with
            {
                Summary = $"qsum{i}q two three four qtail{i}q",
                Tags = [.. item.Tags.Select(tag => Id<TagId>(_tags[tag]))],
                Language = item.Language,
                CategoryId = Id<CategoryId>(_category),
                HeroImageId = item.Picture is Picture.None ? null : _images[item.Picture],
                HeroAlt = item.Picture is Picture.None ? null : $"qimg{i}q",
            };
            var draft = await Newsroom.DraftAsync(
                content.WithBody(Newsroom.Value(RichText.Parse(Newsroom.BodyOf($"qbody{i}q"))))
            );
            foreach (var persona in item.Personas)
            {
                await Newsroom.ApprovedTakeAsync(
                    draft.Id,
                    Id<PersonaId>(_personas[persona]),
                    text: $"qtake{i}p{persona}q"
                );
            }

            if (isEmbargoed)
            {
                var until = TimeProvider.System.GetUtcNow().AddHours(2);
                await Steps.DoAsync("releaseUnderEmbargo", new { id = draft.Id.ToString(), until });
            }
            else
            {
                await Newsroom.PublishAsync(draft.Id);
            }

            if (item.IsWithdrawn)
            {
                await Steps.KillAsync(draft);
            }

            _items.Add(item);
        }

        var expiresAt = TimeProvider.System.GetUtcNow();
        await Steps.DoAsync("saveMediaRights", new { id = _images[Picture.Ended].ToString(), expiresAt });
        await Server.Services.GetRequiredService<ExpireMedia>().Handle(new ExpireMediaInput(), default);
    }

    private async Task AddImageAsync(Picture picture)
    {
        var id = (await Newsroom.ImageAsync()).Id;
        _images.Add(picture, id);
        await Steps.DoAsync(
            "saveMediaRights",
            new
            {
                id = id.ToString(),
                allowSyndication = picture is not Picture.NotCleared,
                territories = picture is Picture.OnlyInGermany ? new[] { "DE" } : [],
            }
        );
    }

    private async Task<string> ReadAsync(string path)
    {
        using var answer = await Server.Client.GetAsync($"/p/{_key}/{path}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotMatch(Part(), answer.Headers.ToString());
        return await answer.Content.ReadAsStringAsync();
    }

    // Small pages, so that the addresses of the next ones are followed.
    private async Task<string> ReadChangesAsync()
    {
        var all = "";
        for (var path = "changes?initial=true&limit=5"; ; )
        {
            var page = JsonNode.Parse(await ReadAsync(path))!;
            all += page["changes"]!.ToJsonString();
            if ((string?)page["nextPageUrl"] is not { } next)
            {
                return all;
            }

            path = next[(next.IndexOf(_key, StringComparison.Ordinal) + _key.Length + 1)..];
        }
    }

    private async Task<string> AskAsync()
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/graphql")
        {
            Content = JsonContent.Create(new { query = Query }),
        };
        request.Headers.Authorization = new("Bearer", _key);
        using var answer = await Server.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    // What a receiver has that stores what is sent and deletes what is withdrawn.
    private async Task<string> CopiesAsync()
    {
        await SettleAsync();
        for (; _received < _receiver.Received.Count; _received++)
        {
            var message = _receiver.Received[_received];
            if (message.Type == WebhookEvents.Withdraw)
            {
                _copies.Remove(message.Subject!);
            }
            else
            {
                _copies[message.Subject ?? (string)message.Json["data"]!["id"]!] = message.Body;
            }
        }

        return string.Concat(_copies.Values);
    }

    private async Task SettleAsync()
    {
        var plan = Server.Services.GetRequiredService<PlanDeliveries>();
        for (var (i, last) = (0, -1); i < 2_000; i++)
        {
            await plan.Handle(default);
            await using var db = await OpenAsync();
            var isPending = await db.WebhookDeliveries.AnyAsync(d => d.State == DeliveryState.Pending);
            var count = await db.WebhookDeliveries.CountAsync();
            if (!isPending && count == last)
            {
                return;
            }

            last = isPending ? -1 : count;
            await Task.Delay(5);
        }

        Assert.Fail("Deliveries are still pending.");
    }

    private static Gen<Drawn> Agreements() =>
        from tags in Some()
        from excluded in Some()
        from personas in Some()
        from languages in Gen.SubListOf(Languages)
        from hasFullText in Gen.Elements(true, false)
        from hasShortSummary in Gen.Elements(true, false)
        from hasTakes in Gen.Elements(true, false)
        from images in Gen.Elements("NONE", "CLEARED", "CREDITED")
        from territories in Gen.Elements<string[]>([], ["DE"], ["DE", "FR"])
        from hasLead in Gen.Elements(true, false)
        select new Drawn(tags, excluded, personas, [.. languages], hasFullText, hasShortSummary, hasTakes)
        {
            Images = images,
            Territories = territories,
            HasLead = hasLead,
        };

    // Most lists are empty, so that agreements include something.
    private static Gen<IReadOnlyList<int>> Some() =>
        Gen.Frequency(
            (2, Gen.Constant<IReadOnlyList<int>>([])),
            (1, Gen.SubListOf(Enumerable.Range(0, Each)).Select(IReadOnlyList<int> (list) => [.. list]))
        );

    private static List<int> Bits(int number) => [.. Enumerable.Range(0, Each).Where(bit => (number >> bit & 1) == 1)];

    private static TId Id<TId>(string id)
        where TId : struct, IEntityId<TId> => EntityId.Parse<TId>(id)!.Value;

    private static string[] Named(List<string> ids, IEnumerable<int> numbers) =>
        [.. numbers.Select(number => ids[number])];

    [GeneratedRegex("q(?:head|sum|tail|body|img)[0-9]+q|qtake[0-9]+p[0-9]+q")]
    private static partial Regex Part();

    private sealed record Item(
        int Number,
        IReadOnlyList<int> Tags,
        IReadOnlyList<int> Personas,
        string Language,
        bool IsWithdrawn,
        bool IsEmbargoed,
        Picture Picture
    );

    private sealed record Drawn(
        IReadOnlyList<int> Tags,
        IReadOnlyList<int> ExcludedTags,
        IReadOnlyList<int> Personas,
        IReadOnlyList<string> Languages,
        bool HasFullText,
        bool HasShortSummary,
        bool HasTakes
    )
    {
        public required string Images { get; init; }

        public required IReadOnlyList<string> Territories { get; init; }

        public required bool HasLead { get; init; }
    }
}
