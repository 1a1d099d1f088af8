using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cms.Server.Tests.Access;
using Cms.Server.Tests.Media;
using Cms.Server.Tests.Support;
using Cms.Sqlite;
using Cms.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Cms.Server.Tests.Commands.OperatorNewsroom;

namespace Cms.Server.Tests.Commands;

/// <summary>Backups of a newsroom, taken while its server runs, and restored elsewhere.</summary>
[Needs("process")]
public sealed partial class BackupTests : IAsyncLifetime
{
    private const string Epoch = """SELECT hex("Epoch") FROM "ChangeCounters" """;
    private const string Image = """{ article(slug: "the-disk-said-yes") { heroImage { url(width: 640) } } }""";

    private const string Latest = "{ changes(first: 1) { latest } }";

    private readonly OperatorNewsroom _newsroom = new();
    private readonly IssuerForge _issuer = new();

    public Task InitializeAsync() => _issuer.InitializeAsync();

    public async Task DisposeAsync()
    {
        await _issuer.DisposeAsync();
        _newsroom.Dispose();
    }

    [SkippableFact]
    public async Task Backups_of_a_busy_server_have_every_change_made_before_them_and_are_restored_whole()
    {
        var (live, backup, first, second) = (
            await _newsroom.FilledAsync("live"),
            _newsroom.PathOf("backup"),
            _newsroom.PathOf("first"),
            _newsroom.PathOf("second")
        );
        string cursor;
        string? image;
        List<string> before;
        using (var server = await ServeAsync(live))
        {
            cursor = (string)(await server.AskAsync(Latest))["data"]!["changes"]!["latest"]!;
            image = (string?)(await server.AskAsync(Image))["data"]!["article"]!["heroImage"]!["url"];
            await using Writers writers = new(server);
            await writers.DoneAsync(5);
            before = writers.Articles;

            var taken = await SucceedAsync(live, "backup", backup);
            var others = writers.Articles.Count;
            await writers.DoneAsync(others + 2);

            Assert.True((int)taken["media"]!["copied"]! > 5);
            Assert.Equal(0, (int)taken["media"]!["kept"]!);
            await SucceedAsync(first, "restore", backup);

            // The same folder again: only new images are copied.
            await writers.StopAsync();
            var again = await SucceedAsync(live, "backup", backup);
            Assert.Equal((int)taken["media"]!["count"]!, (int)again["media"]!["kept"]!);
            Assert.NotEqual(0, (int)again["media"]!["copied"]!);
            await SucceedAsync(second, "restore", backup);
            await server.KillAsync();
        }

        await AssertSoundAsync(first);
        var restored = await ArticlesAsync(first);
        Assert.All(before, article => Assert.Contains(article, restored));

        // Nothing was written since the second backup, so that everything is the same.
        await AssertSoundAsync(second);
        await AssertSameAsync(live, second);
        await AssertResyncAsync(second, cursor, image);
    }

    [SkippableFact]
    public async Task A_restore_never_overwrites_a_newsroom_with_content_or_one_that_a_server_uses()
    {
        var (live, backup, empty) = (
            await _newsroom.FilledAsync("live"),
            _newsroom.PathOf("backup"),
            await _newsroom.EmptyAsync("empty")
        );
        await SucceedAsync(live, "backup", backup);
        var content = await SqliteDump.AllAsync(Path.Combine(live, "cms.db"));

        var onContent = await RunAsync(live, "restore", backup);

        Assert.Equal(
            (3, true),
            (onContent.ExitCode, onContent.Complaints.Contains("never overwrites", StringComparison.Ordinal))
        );
        Assert.Contains("set Cms__DataDirectory", onContent.Complaints, StringComparison.Ordinal);
        Assert.Equal(content, await SqliteDump.AllAsync(Path.Combine(live, "cms.db")));

        using (var server = await ServeAsync(empty))
        {
            var inUse = await RunAsync(empty, "restore", backup);

            Assert.Equal(3, inUse.ExitCode);
            Assert.Contains("Another program uses the database", inUse.Complaints, StringComparison.Ordinal);
            Assert.Equal(0L, await AskAsync(empty, """SELECT COUNT(*) FROM "Articles" """));
            await server.KillAsync();
        }

        // The server has recorded its settings, and created its own signing key. Neither is content.
        await SucceedAsync(empty, "restore", backup);
        await AssertSameAsync(live, empty);
    }

    [SkippableFact]
    public async Task A_damaged_or_incomplete_backup_is_refused_before_anything_is_touched()
    {
        var (live, backup, target) = (
            await _newsroom.FilledAsync("live"),
            _newsroom.PathOf("backup"),
            _newsroom.PathOf("target")
        );
        var taken = await SucceedAsync(live, "backup", backup);
        var database = Path.Combine(backup, (string)taken["database"]!["file"]!);
        var images = Directory.GetFiles(Path.Combine(backup, "media", "o"), "*", SearchOption.AllDirectories);
        var manifest = Path.Combine(backup, "manifest.json");

        using (new Altered(database, Flip(1_000_000)))
        {
            await AssertRefusedAsync(1, $"The file {Path.GetFileName(database)} is damaged.");
        }

        using (new Altered(images[0], Flip(100)))
        using (new Altered(images[1], bytes => null))
        {
            await AssertRefusedAsync(
                1,
                $"The media file {Path.GetFileName(images[0])} is damaged.",
                $"The media file {Path.GetFileName(images[1])} is missing."
            );
        }

        using (new Altered(manifest, bytes => bytes[..(bytes.Length / 2)]))
        {
            await AssertRefusedAsync(1);
        }

        using (new Altered(manifest, bytes => Without(bytes, Path.GetFileName(images[2]))))
        {
            await AssertRefusedAsync(
                1,
                $"The media file {Path.GetFileName(images[2])} is not in the list of the backup."
            );
        }

        using (new Altered(manifest, bytes => null))
        {
            await AssertRefusedAsync(2);
        }

        async Task AssertRefusedAsync(int code, params string[] faults)
        {
            var end = await RunAsync(target, "restore", backup, "--json");

            Assert.Equal((code, ""), (end.ExitCode, end.Complaints));
            Assert.EndsWith(".", (string)end.Document["error"]!, StringComparison.Ordinal);
            var found = end.Document["faults"]?.AsArray().Select(fault => (string)fault!) ?? [];
            Assert.Equal(faults.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
            Assert.False(Directory.Exists(target));
        }
    }

    [SkippableFact]
    public async Task A_restore_killed_at_any_step_leaves_no_newsroom_and_can_be_repeated()
    {
        var (live, backup, target) = (
            await _newsroom.FilledAsync("live"),
            _newsroom.PathOf("backup"),
            await _newsroom.EmptyAsync("target")
        );
        await SucceedAsync(live, "backup", backup);
        var epoch = await AskAsync(target, Epoch);
        for (var lines = 1; lines <= 2; lines++)
        {
            using var restore = await CmsProcess.StartPublishedAsync(Settings(target), "restore", backup);
            for (var line = 0; line < lines; line++)
            {
                Assert.NotNull(await restore.ReadLineAsync());
            }

            await restore.KillAsync();

            Assert.Equal(epoch, await AskAsync(target, Epoch));
            Assert.Equal(0L, await AskAsync(target, """SELECT COUNT(*) FROM "Articles" """));
        }

        await SucceedAsync(target, "restore", backup);
        await AssertSameAsync(live, target);
    }

    [SkippableFact]
    public async Task A_killed_backup_leaves_the_one_before_it_whole_and_a_lost_image_is_reported()
    {
        var (live, backup, target) = (
            await _newsroom.FilledAsync("live"),
            _newsroom.PathOf("backup"),
            _newsroom.PathOf("target")
        );
        var earlier = (string)(await SucceedAsync(live, "backup", backup))["database"]!["file"]!;
        using (var killed = await CmsProcess.StartPublishedAsync(Settings(live), "backup", backup))
        {
            var ended = killed.EndAsync();
            while (Directory.GetFiles(backup, "cms-*.db").Length == 1 && !ended.IsCompleted)
            {
                await Task.Yield();
            }

            await killed.KillAsync();
            await ended;
        }

        await SucceedAsync(target, "restore", backup);
        await AssertSameAsync(live, target);

        var image = Directory.GetFiles(Path.Combine(live, "media", "o"), "*", SearchOption.AllDirectories)[0];
        File.Delete(image);
        Directory.Delete(Path.Combine(backup, "media"), recursive: true);
        var end = await RunAsync(live, "backup", backup);

        Assert.Equal(1, end.ExitCode);
        Assert.StartsWith(
            $"The media file {Path.GetFileName(image)} is missing",
            end.Complaints,
            StringComparison.Ordinal
        );
        Assert.NotEqual(earlier, Path.GetFileName(Assert.Single(Directory.GetFiles(backup, "cms-*.db"))));
    }

    [SkippableFact]
    public async Task Folders_with_other_things_are_refused_and_SQL_Server_says_what_to_run()
    {
        var (live, other, folder) = (
            await _newsroom.FilledAsync("live"),
            await _newsroom.FilledAsync("other"),
            Directory.CreateDirectory(_newsroom.PathOf("notes")).FullName
        );
        await File.WriteAllTextAsync(Path.Combine(folder, "notes.txt"), "Not a backup.");
        await RunAsync(other, "restore", "--new-epoch");
        await AskAsync(other, """UPDATE "AuditEntries" SET "Hash" = 'another newsroom' WHERE "Seq" = 1""");
        var backup = _newsroom.PathOf("backup");
        await SucceedAsync(live, "backup", backup);

        await AssertRefusedAsync(Settings(live), folder, "choose an empty folder");
        await AssertRefusedAsync(Settings(live), live, "choose another folder");
        await AssertRefusedAsync(Settings(other), backup, "a backup of another newsroom");
        await AssertRefusedAsync(Settings(_newsroom.PathOf("nothing")), backup, "There is no database");
        var onSqlServer = Settings(live);
        onSqlServer["Cms__Database__Provider"] = "SqlServer";
        onSqlServer["ConnectionStrings__Cms"] = "Server=127.0.0.1,9;Database=Cms;User Id=cms;Password=secret";
        await AssertRefusedAsync(onSqlServer, _newsroom.PathOf("new"), "BACKUP DATABASE");
        await SucceedAsync(_newsroom.PathOf("target"), "restore", backup);

        static async Task AssertRefusedAsync(Dictionary<string, string> settings, string folder, string reason)
        {
            var end = await RunAsync(settings, "backup", folder);
            Assert.Equal((3, ""), (end.ExitCode, end.Output));
            Assert.Contains(reason, end.Complaints, StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public async Task A_database_restored_in_another_way_gets_a_new_epoch_and_an_entry_in_the_audit_log()
    {
        var live = await _newsroom.FilledAsync("live");
        var epoch = await AskAsync(live, Epoch);

        var begun = await SucceedAsync(live, "restore", "--new-epoch");

        Assert.NotEqual(epoch, await AskAsync(live, Epoch));
        Assert.Equal(
            new Guid(Convert.FromHexString((string)(await AskAsync(live, Epoch))!), bigEndian: true),
            (Guid)begun["epoch"]!
        );
        Assert.Equal("restoreDatabase", await AskAsync(live, LastAction));
        Assert.Equal(0, (await RunAsync(live, "audit", "verify")).ExitCode);
        Assert.Equal(1, (await RunAsync(live, "restore")).ExitCode);
    }

    private const string LastAction = """SELECT "Action" FROM "AuditEntries" ORDER BY "Seq" DESC LIMIT 1""";

    private Task<ServingProcess> ServeAsync(string folder)
    {
        var settings = Settings(folder);
        settings["Cms__Limits__SignedInPerSecond"] = "0";
        return ServingProcess.StartPublishedAsync(settings, Forged.Person(_issuer, "Editor").Sign(), _issuer.Settings);
    }

    private static async Task AssertSoundAsync(string folder)
    {
        await Invariants.AssertAsync(() =>
        {
            var options = new DbContextOptionsBuilder<Data.CmsDbContext>();
            options.UseCmsSqlite(Path.Combine(folder, "cms.db"));
            return Task.FromResult(new Data.CmsDbContext(options.Options));
        });
        SqliteConnection.ClearAllPools();
        Assert.Equal("ok", await AskAsync(folder, "PRAGMA integrity_check"));
        var media = await RunAsync(folder, "media", "verify");
        Assert.True(media.ExitCode == 0, media.Output);
    }

    // A restored newsroom differs in the epoch, and has one more entry in its audit log.
    private static async Task AssertSameAsync(string live, string restored)
    {
        Assert.NotEqual(await AskAsync(live, Epoch), await AskAsync(restored, Epoch));
        Assert.Equal("restoreDatabase", await AskAsync(restored, LastAction));
        Assert.Equal(await RowsAsync(live), await RowsAsync(restored));
        Assert.Equal(Originals(live), Originals(restored));
        Assert.Equal(
            await File.ReadAllBytesAsync(Path.Combine(live, "media", "signing.key")),
            await File.ReadAllBytesAsync(Path.Combine(restored, "media", "signing.key"))
        );
        Assert.False(Directory.Exists(Path.Combine(restored, "restoring")));
    }

    private static async Task<IEnumerable<string>> RowsAsync(string folder)
    {
        var epoch = (string)(await AskAsync(folder, Epoch))!;
        var rows = (await SqliteDump.AllAsync(Path.Combine(folder, "cms.db"))).Split('\n');
        var last = Array.FindLastIndex(rows, row => row.Contains("restoreDatabase", StringComparison.Ordinal));
        var head = (long)(await AskAsync(folder, """SELECT "Seq" FROM "AuditCounters" """))!;
        Assert.True(head > 0);
        return rows.Where((_, i) => i != last)
            .Select(row => row.Replace(epoch, "epoch", StringComparison.Ordinal))
            .Where(row => !IsHeadOfAudit(row))
            .Select(row => row.Trim());

        // The counter of the audit log has the number and the hash of the last entry.
        static bool IsHeadOfAudit(string row) => AuditHead.IsMatch(row);
    }

    [GeneratedRegex(@"^1\|(\d+\|[0-9a-f]{64}|[0-9a-f]{64}\|\d+)\s*$")]
    private static partial Regex AuditHead { get; }

    private static SortedDictionary<string, string> Originals(string folder)
    {
        var root = Path.Combine(folder, "media", "o");
        return new SortedDictionary<string, string>(
            Directory
                .EnumerateFiles(root, "*", SearchOption.AllDirectories)
                .ToDictionary(
                    file => Path.GetRelativePath(root, file),
                    file => Convert.ToHexString(File.ReadAllBytes(file)),
                    StringComparer.Ordinal
                ),
            StringComparer.Ordinal
        );
    }

    private static async Task<List<string>> ArticlesAsync(string folder)
    {
        List<string> ids = [];
        await using var connection = new SqliteConnection(
            $"Data Source={Path.Combine(folder, "cms.db")};Pooling=False"
        );
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = """SELECT lower(hex("Id")) FROM "Articles" """;
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            ids.Add($"art_{rows.GetString(0)}");
        }

        return ids;
    }

    // The cursor of a client is refused. After it has read everything again, it can follow the restored newsroom.
    private async Task AssertResyncAsync(string restored, string cursor, string? image)
    {
        using var server = await ServeAsync(restored);
        var old = await server.AskAsync($$"""{ changes(after: "{{cursor}}") { nodes { cursor } } }""");
        Assert.Equal("CHANGES_RESYNC", (string?)old["errors"]![0]!["extensions"]!["code"]);
        var latest = (string)(await server.AskAsync(Latest))["data"]!["changes"]!["latest"]!;
        var next = await server.AskAsync($$"""{ changes(after: "{{latest}}") { nodes { cursor } } }""");
        Assert.Empty(next["data"]!["changes"]!["nodes"]!.AsArray());

        // An address from before the backup is still valid.
        using var shown = await server.Client.GetAsync(image);
        Assert.Equal("image/webp", shown.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        await server.KillAsync();
    }

    private static Func<byte[], byte[]?> Flip(int at) =>
        bytes =>
        {
            bytes[at % bytes.Length] ^= 1;
            return bytes;
        };

    private static byte[] Without(byte[] manifest, string sha256)
    {
        var json = JsonNode.Parse(manifest)!;
        var media = json["media"]!.AsArray();
        media.Remove(media.Single(original => (string?)original!["sha256"] == sha256));
        return System.Text.Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    /// <summary>A file that is different, or gone, until this is disposed of.</summary>
    private sealed class Altered : IDisposable
    {
        private readonly string _file;
        private readonly byte[] _whole;

        public Altered(string file, Func<byte[], byte[]?> alter)
        {
            (_file, _whole) = (file, File.ReadAllBytes(file));
            File.Delete(file);
            if (alter([.. _whole]) is { } altered)
            {
                File.WriteAllBytes(file, altered);
            }
        }

        public void Dispose() => File.WriteAllBytes(_file, _whole);
    }

    /// <summary>Clients that create and publish articles, bookmark them and upload images, as fast as they can.</summary>
    private sealed class Writers : IAsyncDisposable
    {
        private readonly ServingProcess _server;
        private readonly Lock _gate = new();
        private readonly List<string> _articles = [];
        private readonly Task[] _working;
        private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile bool _isOver;

        public Writers(ServingProcess server)
        {
            _server = server;
            _working = [WorkAsync("A", 1_000), WorkAsync("B", 2_000)];
        }

        /// <summary>The articles that the server has acknowledged.</summary>
        public List<string> Articles
        {
            get
            {
                lock (_gate)
                {
                    return [.. _articles];
                }
            }
        }

        /// <summary>Waits until this number of articles is acknowledged.</summary>
        public async Task DoneAsync(int count)
        {
            while (true)
            {
                Task more;
                lock (_gate)
                {
                    if (_articles.Count >= count)
                    {
                        return;
                    }

                    more = _more.Task;
                }

                await await Task.WhenAny([more, .. _working]);
            }
        }

        public async Task StopAsync()
        {
            _isOver = true;
            await Task.WhenAll(_working);
        }

        public async ValueTask DisposeAsync()
        {
            _isOver = true;
            await Task.WhenAll(_working).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        private async Task WorkAsync(string name, int seed)
        {
            for (var i = 0; !_isOver; i++)
            {
                using var image = await _server.PostAsync(Files.Small(seed + i), "small.png", "image/png");
                Assert.Equal(HttpStatusCode.Created, image.StatusCode);
                var created = await AskAsync(
                    $$"""createArticle(input: { headline: "Story {{name}} {{i}}", summary: "S", body: { markdown: "Words." } }) { article { id } errors { __typename } }"""
                );
                var id = (string)created["createArticle"]!["article"]!["id"]!;
                await AskAsync(
                    $$"""publishArticle(input: { id: "{{id}}" }) { article { id } errors { __typename } }"""
                );
                await AskAsync($$"""addBookmark(input: { targetId: "{{id}}" }) { bookmark { savedAt } }""");
                lock (_gate)
                {
                    _articles.Add(id);
                    _more.SetResult();
                    _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                }
            }
        }

        private async Task<JsonNode> AskAsync(string mutation)
        {
            var answer = await _server.AskAsync($"mutation {{ {mutation} }}");
            return answer["data"] ?? throw new InvalidOperationException(answer.ToJsonString());
        }
    }
}
