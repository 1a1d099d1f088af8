using System.Text.Encodings.Web;
using System.Text.Json;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Published;

/// <summary>Runs the published program with other language settings of the machine.</summary>
[Needs("process")]
public sealed class PublishedCultureTests : IDisposable
{
    private static readonly string[] Queries =
    [
        "{ articles { nodes { slug headline publishedAt category { slug } tags { slug name } takes { text stance confidence } body { html markdown } } } }",
        """{ search(query: "INFORMATION inside*") { nodes { article { slug } highlights { html } } facets { tags { count tag { slug } } } } }""",
        """{ articleSnapshots(asOf: "2999-01-02T03:04:05Z", first: 1) { totalCount } }""",
        "{ articles(first: -5) { totalCount } }",
        """{ route(path: "/ARTICLES/ISTANBUL-IGDIR-TITLE") { path __typename } }""",
    ];

    private static readonly Lazy<Task<string>> Expected = new(async () =>
    {
        using var machine = new PublishedCultureTests();
        return await machine.RunAllAsync("C.UTF-8");
    });

    // Masks expects this format.
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-culture-");

    public void Dispose() => _folder.Delete(recursive: true);

    [SkippableTheory]
    [InlineData("tr_TR.UTF-8")]
    [InlineData("de_DE.UTF-8")]
    [InlineData("ar_SA.UTF-8")]
    public async Task The_language_of_the_machine_does_not_change_imports_answers_and_exports(string language)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows takes the language from the account, not from LC_ALL.");

        Assert.Equal(await Expected.Value, await RunAllAsync(language));
    }

    private async Task<string> RunAllAsync(string language)
    {
        await using var database = await ServerDatabase.CreateAsync(Folder("data"));
        var settings = database.Environment;
        settings["LC_ALL"] = language;
        List<string> seen = [];
        if (database.IsSqlServer)
        {
            await RunAsync("migrate");
        }

        seen.Add(await RunAsync("import", Newsroom()));
        await database.IndexAsync();
        using (var server = await ServingProcess.StartPublishedAsync(settings))
        {
            foreach (var query in Queries)
            {
                seen.Add(Masks.Hide((await server.AskAsync(query)).ToJsonString(Indented)));
            }

            Assert.Equal((0, ""), await server.StopAsync());
        }

        // This answer ends with the current time, which differs in each run.
        seen[3] = seen[3][..seen[3].IndexOf("Give a time up to", StringComparison.Ordinal)];
        var export = Folder("export");
        seen.Add((await RunAsync("export", export)).Replace(export, "export", StringComparison.Ordinal));
        foreach (
            var file in Directory.EnumerateFiles(export, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        )
        {
            seen.Add($"{Path.GetRelativePath(export, file)}\n{await File.ReadAllTextAsync(file)}");
        }

        return string.Join('\n', seen);

        async Task<string> RunAsync(params string[] arguments)
        {
            using var process = await CmsProcess.StartPublishedAsync(settings, arguments);
            var (code, output, complaints) = await process.EndAsync();
            Assert.True(code == 0, $"{output}\n{complaints}");
            return output;
        }

        string Folder(string name) => _folder.CreateSubdirectory($"{language}-{name}").FullName;
    }

    private string Newsroom()
    {
        var newsroom = _folder.CreateSubdirectory("newsroom").FullName;
        Save("insider.md", "type: persona\nname: THE INSIDER\nlens: INSIDE INFORMATION", "");
        Save("idb.md", "type: tool\nname: IDB INDEX", "");
        Save(
            "istanbul.md",
            """
            headline: ISTANBUL IĞDIR TITLE
            summary: INFORMATION of 1,5 and 1.5 INSIDERS.
            category: INTERNET IDENTITY
            source: { name: INSIGHT ILLUSTRATED, url: "https://insight.example/I" }
            date: 2026-01-02T03:04:05.006+03:00
            tags: [IDENTITY, Ionisation]
            tools: [idb-index]
            takes:
              - { persona: the-insider, text: It is I., stance: SKEPTICAL, confidence: 80 }
            """,
            "## INTRODUCTION Iİ ıi\n\n1. one\n2. two\n\n::tool{slug=\"idb-index\"}"
        );
        return newsroom;

        void Save(string file, string keys, string body) =>
            File.WriteAllText(Path.Combine(newsroom, file), $"---\n{keys}\n---\n{body}\n");
    }
}
