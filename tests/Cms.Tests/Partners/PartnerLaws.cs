using System.Text.Json.Nodes;
using Cms.GraphQL;
using Cms.Panel;
using Cms.People;
using Cms.Taxonomy;
using Cms.Testing;
using Cms.Tools;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Cms.Tests.Partners;

/// <summary>
/// For any agreement, every way to read contains exactly what a small model says: the articles, their number, each tag's
/// list, and the takes.
/// </summary>
[Slow]
public sealed class PartnerLaws(SqliteTestDatabase database) : IClassFixture<SqliteTestDatabase>
{
    private const int Each = 3;

    private static readonly string[] Languages = ["en", "en-GB", "de", "eno"];

    private readonly GraphQLClient _client = new(database.Services);
    private readonly List<Item> _items = [];
    private List<string> _categories = [];
    private List<string> _tags = [];
    private List<string> _tools = [];
    private List<string> _personas = [];

    [Fact]
    public async Task For_any_agreement_every_way_to_read_contains_what_it_includes()
    {
        await FillAsync();
        var viewer = new Viewer
        {
            Kind = ViewerKind.Partner,
            Key = new(Guid.CreateVersion7(), Guid.CreateVersion7()),
            MaySyndicate = true,
        };
        var partner = (string)
            (
                await DoAsync(
                    "createPartner",
                    new { name = "Lawful Post", applications = new[] { viewer.Key.ToString() } },
                    "partner { id }"
                )
            )["partner"]!["id"]!;

        Prop.ForAll(Arb.From(Agreements()), (Func<Drawn, Task>)(terms => AgreeAsync(viewer, partner, terms)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    private async Task AgreeAsync(Viewer viewer, string partner, Drawn terms)
    {
        await DoAsync(
            "saveAgreement",
            new
            {
                partner,
                categories = Named(_categories, terms.Categories),
                tags = Named(_tags, terms.Tags.Except(terms.ExcludedTags)),
                excludedTags = Named(_tags, terms.ExcludedTags),
                tools = Named(_tools, terms.Tools),
                languages = terms.Languages,
                hasTakes = terms.HasTakes,
                personas = Named(_personas, terms.Personas),
            },
            "partner { id }"
        );
        var expected = _items.FindAll(item => Includes(terms, item));
        var takes = expected
            .SelectMany(item => item.Personas)
            .Where(persona => terms.HasTakes && (terms.Personas.Count == 0 || terms.Personas.Contains(persona)))
            .ToList();

        var answer = await _client.AskAsync(
            viewer,
            """
            {
              articles(first: 100) { totalCount nodes { id takes { persona { id } } } }
              search(query: "lawful") { totalCount }
              takes(first: 100) { totalCount nodes { persona { id } article { id } } }
              tags(first: 10) { nodes { id articles(first: 100) { totalCount nodes { id } } } }
              personas(first: 10) { nodes { id takes { totalCount } } }
            }
            """
        );

        Assert.True(answer["errors"] is null, answer.ToJsonString());
        var seen = answer["data"]!;
        Same(expected.Select(item => item.Id), Ids(seen["articles"]!));
        Assert.Equal(expected.Count, (int)seen["articles"]!["totalCount"]!);
        Assert.Equal(expected.Count, (int)seen["search"]!["totalCount"]!);
        Assert.Equal(takes.Count, (int)seen["takes"]!["totalCount"]!);
        Same(
            takes.Select(persona => _personas[persona]),
            seen["takes"]!["nodes"]!.AsArray().Select(take => (string?)take!["persona"]!["id"])
        );
        Same(
            takes.Select(persona => _personas[persona]),
            seen["articles"]!["nodes"]!
                .AsArray()
                .SelectMany(article => article!["takes"]!.AsArray())
                .Select(take => (string?)take!["persona"]!["id"])
        );
        foreach (var tag in seen["tags"]!["nodes"]!.AsArray())
        {
            var number = _tags.IndexOf((string)tag!["id"]!);
            var tagged = expected.FindAll(item => item.Tags.Contains(number));
            Same(tagged.Select(item => item.Id), Ids(tag["articles"]!));
            Assert.Equal(tagged.Count, (int)tag["articles"]!["totalCount"]!);
        }

        foreach (var persona in seen["personas"]!["nodes"]!.AsArray())
        {
            var number = _personas.IndexOf((string)persona!["id"]!);
            Assert.Equal(takes.Count(take => take == number), (int)persona["takes"]!["totalCount"]!);
        }
    }

    private static bool Includes(Drawn terms, Item item) =>
        (terms.Categories.Count == 0 || (item.Category is { } category && terms.Categories.Contains(category)))
        && (
            terms.Tags.Except(terms.ExcludedTags).ToList() is var tags
            && (tags.Count == 0 || tags.Intersect(item.Tags).Any())
        )
        && !terms.ExcludedTags.Intersect(item.Tags).Any()
        && (terms.Tools.Count == 0 || terms.Tools.Intersect(item.Tools).Any())
        && (
            terms.Languages.Count == 0
            || terms.Languages.Any(range =>
                item.Language == range || item.Language.StartsWith(range + "-", StringComparison.Ordinal)
            )
        );

    private async Task FillAsync()
    {
        Newsroom newsroom = new(database.Services);
        _categories = await TermsAsync("Category", "category");
        _tags = await TermsAsync("Tag", "tag");
        for (var i = 0; i < Each; i++)
        {
            _tools.Add((await newsroom.ToolAsync($"Tool {i}")).Id.ToString());
            _personas.Add((await newsroom.PersonaAsync($"Persona {i}", order: i)).Id.ToString());
        }

        // Every combination of a few kinds of articles.
        for (var i = 0; i < 24; i++)
        {
            Item item = new("")
            {
                Category = i % 4 == 3 ? null : i % 4,
                Tags = Bits(i),
                Tools = Bits(i / 3),
                Personas = Bits(i / 2),
                Language = Languages[i % Languages.Length],
            };
            var draft = await newsroom.DraftAsync(
                Newsroom.Story($"Lawful story {i}") with
                {
                    CategoryId = item.Category is { } category ? Id<CategoryId>(_categories[category]) : null,
                    Tags = [.. item.Tags.Select(tag => Id<TagId>(_tags[tag]))],
                    Tools = [.. item.Tools.Select(tool => Id<ToolId>(_tools[tool]))],
                    Language = item.Language,
                }
            );
            foreach (var persona in item.Personas)
            {
                await newsroom.ApprovedTakeAsync(draft.Id, Id<PersonaId>(_personas[persona]));
            }

            await newsroom.PublishAsync(draft.Id);
            _items.Add(item with { Id = draft.Id.ToString() });
        }
    }

    private async Task<List<string>> TermsAsync(string kind, string field)
    {
        List<string> ids = [];
        for (var i = 0; i < Each; i++)
        {
            var made = await DoAsync($"create{kind}", new { name = $"{kind} {i}" }, $"{field} {{ id }}");
            ids.Add((string)made[field]!["id"]!);
        }

        return ids;
    }

    private async Task<JsonNode> DoAsync(string mutation, object input, string shows)
    {
        var payload = await _client.DoAsync(GraphQLClient.Ada, mutation, input, shows);
        Assert.True(payload["errors"]!.AsArray().Count == 0, payload.ToJsonString());
        return payload;
    }

    private static Gen<Drawn> Agreements() =>
        from categories in Some()
        from tags in Some()
        from excluded in Some()
        from tools in Some()
        from personas in Some()
        from languages in Gen.SubListOf(Languages)
        from hasLanguages in Gen.Frequency((2, Gen.Constant(false)), (1, Gen.Constant(true)))
        from hasTakes in Gen.Elements(true, false)
        select new Drawn(categories, tags, excluded, tools, personas, hasLanguages ? [.. languages] : [], hasTakes);

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

    private static IEnumerable<string?> Ids(JsonNode list) =>
        list["nodes"]!.AsArray().Select(node => (string?)node!["id"]);

    private static void Same(IEnumerable<string?> expected, IEnumerable<string?> actual) =>
        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));

    private sealed record Item(string Id)
    {
        public int? Category { get; init; }

        public required IReadOnlyList<int> Tags { get; init; }

        public required IReadOnlyList<int> Tools { get; init; }

        public required IReadOnlyList<int> Personas { get; init; }

        public required string Language { get; init; }
    }

    private sealed record Drawn(
        IReadOnlyList<int> Categories,
        IReadOnlyList<int> Tags,
        IReadOnlyList<int> ExcludedTags,
        IReadOnlyList<int> Tools,
        IReadOnlyList<int> Personas,
        IReadOnlyList<string> Languages,
        bool HasTakes
    );
}
