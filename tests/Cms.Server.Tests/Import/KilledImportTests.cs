using System.Globalization;
using Cms.Data;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Server.Tests.Import;

/// <summary>Kills imports with <c>kill -9</c> while they publish new articles and new editions.</summary>
[Needs("process")]
public sealed class KilledImportTests : IAsyncLifetime
{
    private const int Articles = 150;
    private const int KillsOfEach = 10;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-killed-");

    private readonly Dictionary<string, ServerDatabase> _databases = new(StringComparer.Ordinal);

    public async Task InitializeAsync()
    {
        foreach (var data in new[] { "undisturbed", "killed" })
        {
            var folder = _folder.CreateSubdirectory(data).FullName;
            _databases[data] = await ServerDatabase.CreateAsync(folder, second: _databases.Count > 0);
            if (_databases[data].IsSqlServer)
            {
                await EndAsync(data, "migrate");
            }
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var database in _databases.Values)
        {
            await database.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    [SkippableFact]
    public async Task An_import_killed_twenty_times_leaves_no_partial_edition_and_ends_with_the_same_result()
    {
        // The second import dates its editions. Otherwise, the exports would contain the times of the imports.
        var (first, second) = (
            Write("first", ""),
            Write("second", " Now with a second opinion.", "{ at: 2026-01-03, kind: update }")
        );
        await EndAsync("undisturbed", "import", first);
        await EndAsync("undisturbed", "import", second);

        var previous = 0;
        foreach (var newsroom in new[] { first, second })
        {
            for (var kill = 1; kill <= KillsOfEach; kill++)
            {
                await KillAfterLineAsync(kill, newsroom);
                await AssertSoundAsync();
            }

            var editions = await EditionsAsync();
            Assert.InRange(editions, previous + 1, previous + Articles);
            await EndAsync("killed", "import", newsroom);
            previous = await EditionsAsync();
        }

        await AssertSoundAsync();
        Assert.Equal(2 * Articles, previous);
        Assert.Equal(await ExportAsync("undisturbed"), await ExportAsync("killed"));
    }

    // The import prints a line after each tenth of its work. It is killed while it writes the next article.
    private async Task KillAfterLineAsync(int line, string newsroom)
    {
        using var import = await CmsProcess.StartPublishedAsync(Settings("killed"), "import", newsroom);
        for (var read = 0; read < line; read++)
        {
            Assert.NotNull(await import.ReadLineAsync());
        }

        await import.KillAsync();
    }

    private async Task EndAsync(string data, params string[] arguments)
    {
        using var process = await CmsProcess.StartPublishedAsync(Settings(data), arguments);
        var (code, output, complaints) = await process.EndAsync();
        Assert.True(code == 0, $"{output}\n{complaints}");
    }

    private async Task AssertSoundAsync()
    {
        await Invariants.AssertAsync(OpenAsync);
        if (_databases["killed"].IsSqlServer)
        {
            return;
        }

        // Use a new connection. One that read the full-text index before another process changed it reports errors.
        await using var connection = new SqliteConnection($"Data Source={SqliteFile};Pooling=False");
        await connection.OpenAsync();
        await using var check = connection.CreateCommand();
        check.CommandText = "PRAGMA integrity_check";
        Assert.Equal("ok", await check.ExecuteScalarAsync());
    }

    private async Task<int> EditionsAsync()
    {
        await using var db = await OpenAsync();
        return await db.Editions.CountAsync();
    }

    private async Task<SortedDictionary<string, string>> ExportAsync(string data)
    {
        var folder = Path.Combine(_folder.FullName, data + "-export");
        await EndAsync(data, "export", folder);
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            files.Add(Path.GetRelativePath(folder, file), await File.ReadAllTextAsync(file));
        }

        return files;
    }

    private string SqliteFile => Path.Combine(_folder.FullName, "killed", "cms.db");

    private Task<CmsDbContext> OpenAsync() => Task.FromResult(_databases["killed"].Open());

    private Dictionary<string, string> Settings(string data) => _databases[data].Environment;

    private string Write(string name, string more, string correction = "")
    {
        var folder = _folder.CreateSubdirectory(name).FullName;
        foreach (var persona in new[] { "Builder", "Skeptic" })
        {
            File.WriteAllText(
                Path.Combine(folder, $"a-{persona}.md"),
                $"---\ntype: persona\nname: The {persona}\nlens: {persona}'s Perspective\n---\n"
            );
        }

        for (var i = 0; i < Articles; i++)
        {
            var number = i.ToString("000", CultureInfo.InvariantCulture);
            File.WriteAllText(
                Path.Combine(folder, $"story-{number}.md"),
                $$"""
                ---
                headline: Story {{number}} of a long night
                summary: What happened at minute {{number}}.{{more}}
                category: Desk {{i % 3}}
                source: { name: The Night Paper, url: "https://night.example/{{number}}" }
                date: 2026-01-02T03:04:05Z
                corrections: [{{correction}}]
                tags: [Topic {{i % 7}}, Topic {{i % 5 + 7}}]
                takes:
                  - { persona: The Builder, text: "I would keep story {{number}}.{{more}}" }
                  - { persona: The Skeptic, text: "I would check story {{number}}." }
                ---

                It was minute {{number}} and the lights stayed on.{{more}}

                Nobody in the room had expected that.

                """
            );
        }

        return folder;
    }
}
