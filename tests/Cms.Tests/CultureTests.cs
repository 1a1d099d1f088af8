using System.Globalization;
using System.Text.RegularExpressions;
using Cms.Foundation;
using Cms.Import;
using Cms.People;
using Cms.Testing;
using Xunit;

namespace Cms.Tests;

/// <summary>
/// Checks that the culture of the machine has no effect. In Turkish, the lower case of I is ı. German has a decimal
/// comma. Arabic (Saudi Arabia) has a different calendar and a different minus sign.
/// </summary>
[Slow]
public sealed partial class CultureTests : IDisposable
{
    private static readonly string[] Answered =
    [
        "{ articles { nodes { slug headline summary publishedAt category { slug } tags { slug name } source { name url } } } }",
        """{ articles(where: { tags: { some: { slug: { in: ["identity", "ionisation"] } } } }) { totalCount nodes { slug } } }""",
        """{ article(slug: "istanbul-igdir-title") { takes { text stance confidence } body { html markdown plainText json toc { anchor text } readingMinutes } heroImage { alt width height } } }""",
        """{ search(query: "INTRODUCTION") { nodes { article { slug } highlights { html } } facets { tags { count tag { slug } } } } }""",
        """{ search(query: "IGDIR inform*") { totalCount nodes { article { slug } } } }""",
        """{ route(path: "/ARTICLES/ISTANBUL-IGDIR-TITLE") { path __typename } }""",
        """{ articleSnapshots(asOf: "2026-06-01T00:00:00Z") { nodes { slug publishedAt } } }""",
        """{ desk { media(text: "INSIDE", expiringWithinDays: 400) { nodes { fileName focalPoint { x y } rights { expiresAt } } } } }""",
        "{ tags { nodes { slug } } categories { nodes { slug } } tools { nodes { slug } } personas { nodes { slug } } }",
    ];

    private static readonly string[] Refused =
    [
        """{ articleSnapshots(asOf: "2030-01-02T03:04:05Z") { totalCount } }""",
        "{ articles(first: -5) { totalCount } }",
        "{ changes(first: -5) { nodes { __typename } } }",
        """{ article(slug: "istanbul-igdir-title") { related(first: -5) { slug } } }""",
        "{ desk { media(expiringWithinDays: -5) { totalCount } } }",
    ];

    private static readonly Lazy<Task<string>> Expected = new(() => RunAsync(CultureInfo.InvariantCulture));

    private readonly CultureInfo _before = CultureInfo.CurrentCulture;

    public static TheoryData<string> Cultures => ["tr-TR", "de-DE", "ar-SA"];

    public void Dispose() => CultureInfo.CurrentCulture = _before;

    [Theory]
    [MemberData(nameof(Cultures))]
    public async Task Import_export_and_queries_have_the_same_results_in_every_culture(string culture) =>
        Assert.Equal(await Expected.Value, await RunAsync(CultureInfo.GetCultureInfo(culture)));

    [Theory]
    [MemberData(nameof(Cultures))]
    public void A_slug_is_the_same_in_every_culture(string culture)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);

        Assert.Equal("istanbul-iii-title-strasse", Slug.From("ISTANBUL İIı TITLE STRAẞE"));
        Assert.Equal("title-1000", Slug.Numbered("title", 1000));
    }

    // Because of these differences, code that depends on the culture fails the tests above.
    [Fact]
    public void The_cultures_differ_in_casing_decimals_signs_and_years()
    {
        var time = new DateTime(2026, 11, 26, 0, 0, 0, DateTimeKind.Utc);

        Assert.Equal("tıtle", "TITLE".ToLower(CultureInfo.GetCultureInfo("tr-TR")));
        Assert.Equal("0,5", 0.5.ToString(CultureInfo.GetCultureInfo("de-DE")));
        Assert.NotEqual("-5", (-5).ToString(CultureInfo.GetCultureInfo("ar-SA")));
        Assert.NotEqual("2026", time.ToString("yyyy", CultureInfo.GetCultureInfo("ar-SA")));
    }

    private static async Task<string> RunAsync(CultureInfo culture)
    {
        CultureInfo.CurrentCulture = culture;
        var folder = Directory.CreateTempSubdirectory("cms-culture-");
        var database = new SqliteTestDatabase();
        database.Clock.SetUtcNow(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));
        await database.InitializeAsync();
        try
        {
            var summary = await database
                .Get<ImportNewsroom>()
                .Handle(Write(folder), new ImportOptions(), progress: null, CancellationToken.None);
            Assert.Empty(summary.Refused);
            var export = Path.Combine(folder.FullName, "export");
            await database.Get<ExportNewsroom>().Handle(export, CancellationToken.None);
            List<string> seen = [];
            foreach (var file in Directory.EnumerateFiles(export, "*.md", SearchOption.AllDirectories))
            {
                seen.Add(Mask($"{Path.GetRelativePath(export, file)}\n{await File.ReadAllTextAsync(file)}"));
            }

            seen.Sort(StringComparer.Ordinal);
            foreach (var query in (string[])[.. Answered, .. Refused])
            {
                var viewer = query.Contains("desk", StringComparison.Ordinal) ? GraphQLClient.Erin : Viewer.Anonymous;
                var answer = await new GraphQLClient(database.Services).AskAsync(viewer, query);
                Assert.Equal(Refused.Contains(query, StringComparer.Ordinal), answer["errors"] is not null);
                seen.Add(Mask(answer.ToJsonString()));
            }

            return string.Join("\n\n", seen);
        }
        finally
        {
            await database.DisposeAsync();
            folder.Delete(recursive: true);
        }
    }

    private static string Write(DirectoryInfo folder)
    {
        var newsroom = folder.CreateSubdirectory("newsroom");
        Save("insider.md", "type: persona\nname: THE INSIDER\nlens: INSIDE INFORMATION\norder: 1", "");
        Save("idb.md", "type: tool\nname: IDB INDEX\nsummary: An INDEX.", "");
        Save(
            "istanbul.md",
            """
            headline: ISTANBUL IĞDIR TITLE
            summary: INFORMATION of 1,5 and 1.5.
            category: INTERNET IDENTITY
            source: { name: INSIGHT ILLUSTRATED, url: "https://insight.example/I" }
            date: 2026-01-02T03:04:05.006+03:00
            tags: [IDENTITY, Ionisation]
            tools: [idb-index]
            hero: { image: INSIDE.webp, alt: INSIDE. }
            takes:
              - { persona: the-insider, text: It is I., stance: SKEPTICAL, confidence: 80 }
            """,
            "## INTRODUCTION Iİ ıi\n\n1. one\n2. two\n\n| I | İ |\n|---|---|\n| 1 | 2 |\n\n::tool{slug=\"idb-index\"}"
        );
        Save(
            "plan.md",
            "headline: IT IS TIME\nsummary: I.\nstatus: draft\nscheduledAt: 2026-12-24T18:00:00.5+01:00",
            "INFORMATION."
        );
        File.Copy(Pictures.PathOf("the-disk-said-yes.webp"), Path.Combine(newsroom.FullName, "INSIDE.webp"));
        Save(
            "INSIDE.webp.md",
            "type: image\nalt: INSIDE.\nfocus: [0.25, 0.75]\ncredit: I\nuntil: 2027-06-01T00:00:00Z\nfolder: inside/i",
            ""
        );
        return newsroom.FullName;

        void Save(string file, string keys, string body) =>
            File.WriteAllText(Path.Combine(newsroom.FullName, file), $"---\n{keys}\n---\n{body}\n");
    }

    // Masks ids, and the block ids and hashes that derive from them, because they differ in each database.
    private static string Mask(string text) => BlockId.Replace(Id.Replace(text, "ID"), "$1BLOCK");

    [GeneratedRegex("[a-z]{3}_[0-9a-f]{32}|[0-9a-f]{32}")]
    private static partial Regex Id { get; }

    [GeneratedRegex("""(data-id=\\?(?:"|u0022)|(?:"|u0022)id\\?(?:"|u0022):\s?\\?(?:"|u0022))[a-z0-9]{6,12}""")]
    private static partial Regex BlockId { get; }
}
