using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.Data;
using Cms.GraphQL;
using Cms.References;
using Cms.Server.Tests.Access;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Server.Tests.Articles;

/// <summary>
/// Kills the server with <c>kill -9</c> while clients publish, update, correct and schedule articles, change their slugs
/// and merge tags. For more kills, set <c>CMS_TEST_DESK_KILLS</c>.
/// </summary>
[Needs("process")]
public sealed class KilledDeskTests : IAsyncLifetime
{
    private const string Variable = "CMS_TEST_DESK_KILLS";
    private const int AnswersBeforeKill = 60;

    private readonly IssuerForge _issuer = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-killed-desk-");
    private ServerDatabase _database = null!;
    private string _persona = "";

    private static int Kills =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : 3;

    public async Task InitializeAsync()
    {
        await _issuer.InitializeAsync();
        _database = await ServerDatabase.CreateAsync(_folder.FullName);
        await using var app = CmsHost.Build([.. _database.Arguments]);
        await _database.PrepareAsync(app.Services);
        _persona = (await new Newsroom(app.Services).PersonaAsync()).Id.ToString();
    }

    public async Task DisposeAsync()
    {
        await _issuer.DisposeAsync();
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_server_killed_during_operations_of_the_desk_has_all_or_nothing_of_each_after_the_restart()
    {
        Client[] clients =
        [
            new Publisher(),
            new Updater(),
            new Corrector(),
            new Scheduler(),
            new Mover(),
            new Merger(),
            new Panelist(_persona),
        ];
        var interrupted = 0;
        for (var kill = 1; kill <= Kills; kill++)
        {
            using var server = await StartAsync();

            // Each client first repeats the mutation that the last kill interrupted.
            await Task.WhenAll(clients.Select(client => client.StepAsync(server)));
            await AssertWholeAsync();
            await KillAsync(server, clients);
            interrupted += clients.Count(client => client.IsWaiting);
            await AssertWholeAsync();
        }

        Assert.True(interrupted > 0, "No kill interrupted a mutation.");
        using var last = await StartAsync();
        foreach (var client in clients)
        {
            await client.StepAsync(last);
            Assert.False(client.IsWaiting);
            await using var db = Open();
            await client.AssertAsync(last, db);
        }

        await AssertWholeAsync();
        await last.KillAsync();
    }

    // Kills the server a few milliseconds after it has given a number of answers.
    private static async Task KillAsync(ServingProcess server, Client[] clients)
    {
        var answers = 0;
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var working = clients
            .Select(client =>
                Task.Run(async () =>
                {
                    while (await client.StepAsync(server))
                    {
                        if (Interlocked.Increment(ref answers) >= AnswersBeforeKill)
                        {
                            enough.TrySetResult();
                        }
                    }
                })
            )
            .ToList();
        var first = await Task.WhenAny([enough.Task, .. working]);
        await Task.Delay(RandomNumberGenerator.GetInt32(20));
        await server.KillAsync();
        await Task.WhenAll(working);
        Assert.Same(enough.Task, first);
    }

    // A server that is running publishes what is due meanwhile, and the rows are read in several statements.
    private async Task AssertWholeAsync()
    {
        while (true)
        {
            var before = await NumberOfChangesAsync();
            try
            {
                await AssertRowsAsync();
                return;
            }
            catch (Exception)
            {
                if (await NumberOfChangesAsync() == before)
                {
                    throw;
                }
            }
        }
    }

    private async Task<long> NumberOfChangesAsync()
    {
        await using var db = Open();
        return (await db.ChangeCounters.SingleAsync()).Seq;
    }

    private async Task AssertRowsAsync()
    {
        await Invariants.AssertAsync(() => Task.FromResult(Open()));
        await using var db = Open();
        Assert.Equal(
            (await DeskRows.ExpectedAsync(db)).Order(StringComparer.Ordinal),
            (await DeskRows.StoredAsync(db)).Order(StringComparer.Ordinal)
        );

        // A working copy refers to its tags, or to what they were merged into.
        var tags = await db.Tags.AsNoTracking().ToDictionaryAsync(tag => tag.Id, tag => tag.MergedInto);
        var heads = await db
            .Articles.Join(db.Revisions, article => article.HeadId, head => head.Id, (article, head) => head)
            .AsNoTracking()
            .ToListAsync();
        Assert.Equal(
            heads
                .SelectMany(head => head.Content.Tags.Select(tag => (head.ArticleId.Value, (tags[tag] ?? tag).Value)))
                .ToHashSet(),
            (await db.References.AsNoTracking().Where(r => r.Kind == UsageKind.WorkingCopy).ToListAsync())
                .Select(r => (r.UserId.Value, r.TargetId.Value))
                .ToHashSet()
        );
        Assert.DoesNotContain(await db.EditionTags.Select(t => t.TagId).ToListAsync(), tag => tags[tag] is not null);
        if (_database.IsSqlServer)
        {
            return;
        }

        await using var connection = new SqliteConnection(
            $"Data Source={Path.Combine(_folder.FullName, "cms.db")};Pooling=False"
        );
        await connection.OpenAsync();
        await using var check = connection.CreateCommand();
        check.CommandText = "PRAGMA integrity_check";
        Assert.Equal("ok", await check.ExecuteScalarAsync());
    }

    private CmsDbContext Open() => _database.Open();

    private Task<ServingProcess> StartAsync() =>
        ServingProcess.StartPublishedAsync(
            _database.Environment,
            Forged.Person(_issuer, "Editor").Sign(),
            [.. _issuer.Settings, "--Cms:Limits:SignedInPerSecond=0"]
        );

    /// <summary>Sends one mutation after another. If there is no answer, it sends the same one again.</summary>
    private abstract class Client
    {
        private (string Mutation, object Input, string Shows, Action<JsonNode> Answered)? _pending;
        private int _sent;

        // On a slow machine, a write can wait for the others until its time limit. The answer asks to send it again.
        private const int MaxAttempts = 10;

        /// <summary>Whether a mutation has no answer yet.</summary>
        public bool IsWaiting => _pending is not null;

        /// <summary>Sends one mutation. Returns false if the server does not answer.</summary>
        public async Task<bool> StepAsync(ServingProcess server)
        {
            var (mutation, input, shows, answered) = _pending ??= Next($"{GetType().Name}-{++_sent}");
            var name = $"{char.ToUpperInvariant(mutation[0])}{mutation[1..]}";
            var query =
                $"mutation($input: {name}Input!) {{ {mutation}(input: $input) {{ {shows} errors {{ __typename }} }} }}";
            JsonNode? answer = null;
            for (var attempt = 1; answer is null || (IsBusy(answer) && attempt <= MaxAttempts); attempt++)
            {
                try
                {
                    using var response = await server.Client.PostAsJsonAsync(
                        "/graphql",
                        new { query, variables = new { input } }
                    );
                    answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
                }
                catch (Exception cut) when (cut is HttpRequestException or IOException)
                {
                    return false;
                }
            }

            var payload = answer["data"]?[mutation];
            if (IsTooLate(payload))
            {
                _pending = null;
                return true;
            }

            Assert.True(payload?["errors"] is JsonArray { Count: 0 }, answer.ToJsonString());
            answered(payload);
            _pending = null;
            return true;
        }

        private static bool IsBusy(JsonNode answer) =>
            (string?)answer["errors"]?[0]?["extensions"]?["code"] == ErrorCodes.DatabaseBusy;

        /// <summary>Whether a mutation that had no effect was sent again so late that a different one must follow.</summary>
        protected virtual bool IsTooLate(JsonNode? payload) => false;

        /// <summary>Asserts that everything that was answered happened exactly once.</summary>
        public abstract Task AssertAsync(ServingProcess server, CmsDbContext db);

        /// <param name="key">The clientMutationId.</param>
        protected abstract (string Mutation, object Input, string Shows, Action<JsonNode> Answered) Next(string key);

        protected static async Task<string> RouteAsync(ServingProcess server, string path)
        {
            var answer = await server.AskAsync(
                $$"""{ route(path: "{{path}}") { __typename ... on RedirectRoute { to } } }"""
            );
            var route = answer["data"]!["route"];
            return $"{route?["to"] ?? route?["__typename"]}";
        }

        protected static object Story(string key, string headline, params string[] tags) =>
            new
            {
                clientMutationId = key,
                headline,
                summary = "What happened.",
                body = new { markdown = "They began on Monday." },
                tags,
            };
    }

    /// <summary>Creates an article and publishes it, again and again.</summary>
    private sealed class Publisher : Client
    {
        private readonly List<string> _published = [];
        private string? _draft;

        protected override (string, object, string, Action<JsonNode>) Next(string key) =>
            _draft is not { } id
                ? (
                    "createArticle",
                    Story(key, $"Published {key}"),
                    "article { id }",
                    payload => _draft = (string)payload["article"]!["id"]!
                )
                : (
                    "publishArticle",
                    new { clientMutationId = key, id },
                    "article { id }",
                    _ =>
                    {
                        _published.Add(id);
                        _draft = null;
                    }
                );

        public override async Task AssertAsync(ServingProcess server, CmsDbContext db)
        {
            var articles = await db.Articles.AsNoTracking().ToListAsync();
            Assert.NotEmpty(_published);
            Assert.All(
                _published,
                id =>
                {
                    var article = Assert.Single(articles, a => a.Id.ToString() == id);
                    Assert.Equal((ArticleStatus.Published, 1), (article.Status, article.EditionCount));
                }
            );
        }
    }

    /// <summary>Saves and updates one article, again and again.</summary>
    private sealed class Updater : Client
    {
        private string? _id;
        private bool _isPublished;
        private bool _isSaved;
        private int _updates;

        protected override (string, object, string, Action<JsonNode>) Next(string key) =>
            _id is not { } id
                ? (
                    "createArticle",
                    Story(key, "Update 0"),
                    "article { id }",
                    payload => _id = (string)payload["article"]!["id"]!
                )
            : !_isPublished
                ? ("publishArticle", new { clientMutationId = key, id }, "article { id }", _ => _isPublished = true)
            : !_isSaved
                ? (
                    "saveArticle",
                    new
                    {
                        clientMutationId = key,
                        id,
                        headline = $"Update {_updates + 1}",
                    },
                    "article { id }",
                    _ => _isSaved = true
                )
            : (
                "updateArticle",
                new { clientMutationId = key, id },
                "article { id }",
                _ =>
                {
                    _updates++;
                    _isSaved = false;
                }
            );

        public override async Task AssertAsync(ServingProcess server, CmsDbContext db)
        {
            var article = (await db.Articles.AsNoTracking().ToListAsync()).Single(a => a.Id.ToString() == _id);
            Assert.Equal(1 + _updates, article.EditionCount);
            Assert.Equal(1 + _updates + (_isSaved ? 1 : 0), article.RevisionCount);
            var answer = await server.AskAsync($$"""{ article(id: "{{_id}}") { headline } }""");
            Assert.Equal($"Update {_updates}", (string?)answer["data"]!["article"]!["headline"]);
        }
    }

    /// <summary>Saves and corrects one article, again and again.</summary>
    private sealed class Corrector : Client
    {
        private string? _id;
        private bool _isPublished;
        private bool _isSaved;
        private int _corrections;

        protected override (string, object, string, Action<JsonNode>) Next(string key) =>
            _id is not { } id
                ? (
                    "createArticle",
                    Story(key, "Correction 0"),
                    "article { id }",
                    payload => _id = (string)payload["article"]!["id"]!
                )
            : !_isPublished
                ? ("publishArticle", new { clientMutationId = key, id }, "article { id }", _ => _isPublished = true)
            : !_isSaved
                ? (
                    "saveArticle",
                    new
                    {
                        clientMutationId = key,
                        id,
                        headline = $"Correction {_corrections + 1}",
                    },
                    "article { id }",
                    _ => _isSaved = true
                )
            : (
                "correctArticle",
                new
                {
                    clientMutationId = key,
                    id,
                    note = $"Note {_corrections + 1}",
                },
                "article { id }",
                _ =>
                {
                    _corrections++;
                    _isSaved = false;
                }
            );

        public override async Task AssertAsync(ServingProcess server, CmsDbContext db)
        {
            var article = (await db.Articles.AsNoTracking().ToListAsync()).Single(a => a.Id.ToString() == _id);
            Assert.Equal((1 + _corrections, _corrections), (article.EditionCount, article.CorrectionCount));
            Assert.Equal(1 + _corrections + (_isSaved ? 1 : 0), article.RevisionCount);
            var answer = await server.AskAsync($$"""{ article(id: "{{_id}}") { headline corrections { note } } }""");
            var shown = answer["data"]!["article"]!;
            Assert.Equal($"Correction {_corrections}", (string?)shown["headline"]);
            Assert.Equal(
                Enumerable.Range(1, _corrections).Select(number => $"Note {number}"),
                shown["corrections"]!.AsArray().Select(correction => (string)correction!["note"]!)
            );
        }
    }

    /// <summary>Creates an article and schedules it, again and again. The server publishes it.</summary>
    private sealed class Scheduler : Client
    {
        private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(1);
        private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

        private readonly Dictionary<string, DateTimeOffset> _scheduled = [];
        private string? _draft;

        protected override (string, object, string, Action<JsonNode>) Next(string key)
        {
            if (_draft is not { } id)
            {
                return (
                    "createArticle",
                    Story(key, $"Scheduled {key}"),
                    "article { id }",
                    payload => _draft = (string)payload["article"]!["id"]!
                );
            }

            var at = TimeProvider.System.GetUtcNow() + Ahead;
            return (
                "scheduleArticle",
                new
                {
                    clientMutationId = key,
                    id,
                    at,
                },
                "article { id }",
                _ =>
                {
                    _scheduled.Add(id, at);
                    _draft = null;
                }
            );
        }

        // The time passed while no server was running. If it had been scheduled, the answer would repeat the first one.
        protected override bool IsTooLate(JsonNode? payload) =>
            payload?["errors"] is JsonArray { Count: 1 } errors
            && (string?)errors[0]!["__typename"] == "TimeNotAheadError";

        public override async Task AssertAsync(ServingProcess server, CmsDbContext db)
        {
            Assert.NotEmpty(_scheduled);
            var deadline = TimeProvider.System.GetUtcNow() + Patience;
            while (await db.Articles.AnyAsync(a => a.ScheduledAt != null) && TimeProvider.System.GetUtcNow() < deadline)
            {
                await Task.Delay(100);
            }

            var articles = await db.Articles.AsNoTracking().ToListAsync();
            var editions = await db.Editions.AsNoTracking().ToListAsync();
            Assert.All(
                _scheduled,
                planned =>
                {
                    var article = Assert.Single(articles, a => a.Id.ToString() == planned.Key);
                    Assert.Equal(
                        (ArticleStatus.Published, 1, null),
                        (article.Status, article.EditionCount, article.ScheduledAt)
                    );
                    var edition = Assert.Single(editions, e => e.ArticleId == article.Id);
                    Assert.True(edition.LiveFrom >= planned.Value.AddMilliseconds(-1));
                }
            );
        }
    }

    /// <summary>Revises, approves and retracts the take on a published article, again and again.</summary>
    private sealed class Panelist(string persona) : Client
    {
        private string? _article;
        private bool _isPublished;
        private string? _take;
        private int _revisions;
        private int _shown;
        private int _editions;
        private bool _isDrafted;

        protected override (string, object, string, Action<JsonNode>) Next(string key) =>
            _article is not { } article
                ? (
                    "createArticle",
                    Story(key, "With a take"),
                    "article { id }",
                    payload => _article = (string)payload["article"]!["id"]!
                )
            : !_isPublished
                ? (
                    "publishArticle",
                    new { clientMutationId = key, id = article },
                    "article { id }",
                    _ => (_isPublished, _editions) = (true, 1)
                )
            : _isDrafted
                ? (
                    "approveTake",
                    new
                    {
                        clientMutationId = key,
                        id = _take,
                        publish = true,
                    },
                    "take { id }",
                    _ => (_isDrafted, _shown, _editions) = (false, _revisions, _editions + 1)
                )
            : _shown > 0 && _revisions % 3 == 0
                ? (
                    "retractTake",
                    new
                    {
                        clientMutationId = key,
                        id = _take,
                        reason = "It was wrong.",
                    },
                    "take { id }",
                    _ => (_shown, _editions) = (0, _editions + 1)
                )
            : (
                "draftTake",
                new
                {
                    clientMutationId = key,
                    article,
                    persona,
                    text = $"Opinion {_revisions + 1}",
                },
                "take { id }",
                payload =>
                {
                    _take = (string)payload["take"]!["id"]!;
                    (_isDrafted, _revisions) = (true, _revisions + 1);
                }
            );

        public override async Task AssertAsync(ServingProcess server, CmsDbContext db)
        {
            var take = Assert.Single(await db.Takes.AsNoTracking().ToListAsync());
            Assert.Equal((_take, _revisions), (take.Id.ToString(), take.RevisionCount));
            Assert.Equal(_revisions, await db.TakeRevisions.CountAsync());
            var article = (await db.Articles.AsNoTracking().ToListAsync()).Single(a => a.Id.ToString() == _article);
            Assert.Equal(_editions, article.EditionCount);
            var answer = await server.AskAsync($$"""{ article(id: "{{_article}}") { takes { text } } }""");
            Assert.Equal(
                _shown == 0 ? [] : [$"Opinion {_shown}"],
                answer["data"]!["article"]!["takes"]!.AsArray().Select(shown => (string?)shown!["text"])
            );
        }
    }

    /// <summary>Changes the slug of one article, again and again.</summary>
    private sealed class Mover : Client
    {
        private string? _id;
        private bool _isPublished;
        private int _moves;

        protected override (string, object, string, Action<JsonNode>) Next(string key) =>
            _id is not { } id
                ? (
                    "createArticle",
                    Story(key, "Place 0"),
                    "article { id }",
                    payload => _id = (string)payload["article"]!["id"]!
                )
            : !_isPublished
                ? ("publishArticle", new { clientMutationId = key, id }, "article { id }", _ => _isPublished = true)
            : (
                "changeSlug",
                new
                {
                    clientMutationId = key,
                    id,
                    slug = $"place-{_moves + 1}",
                },
                "article { id }",
                _ => _moves++
            );

        public override async Task AssertAsync(ServingProcess server, CmsDbContext db)
        {
            var article = (await db.Articles.AsNoTracking().ToListAsync()).Single(a => a.Id.ToString() == _id);
            Assert.Equal((1 + _moves, 1), (article.EditionCount, article.RevisionCount));
            var current = $"/articles/place-{_moves}";
            Assert.Equal("ContentRoute", await RouteAsync(server, current));
            for (var former = 0; former < _moves; former++)
            {
                Assert.Equal(current, await RouteAsync(server, $"/articles/place-{former}"));
            }
        }
    }

    /// <summary>Publishes an article with a new tag and merges the tag into one that stays, again and again.</summary>
    private sealed class Merger : Client
    {
        private string? _into;
        private string? _from;
        private string? _article;
        private bool _isPublished;
        private int _merges;

        protected override (string, object, string, Action<JsonNode>) Next(string key) =>
            _into is null ? Tag("tag-that-stays", id => _into = id)
            : _from is not { } from ? Tag($"tag-{_merges}", id => _from = id)
            : _article is not { } id
                ? (
                    "createArticle",
                    Story(key, $"Tagged {_merges}", from),
                    "article { id }",
                    payload => _article = (string)payload["article"]!["id"]!
                )
            : !_isPublished
                ? ("publishArticle", new { clientMutationId = key, id }, "article { id }", _ => _isPublished = true)
            : (
                "mergeTags",
                new
                {
                    clientMutationId = key,
                    from,
                    into = _into,
                },
                "tag { id }",
                _ =>
                {
                    _merges++;
                    (_from, _article, _isPublished) = (null, null, false);
                }
            );

        public override async Task AssertAsync(ServingProcess server, CmsDbContext db)
        {
            Assert.Equal(_merges, await db.Tags.CountAsync(tag => tag.MergedInto != null));
            for (var former = 0; former < _merges; former++)
            {
                Assert.Equal("/tags/tag-that-stays", await RouteAsync(server, $"/tags/tag-{former}"));
            }

            var answer = await server.AskAsync("""{ tag(slug: "tag-that-stays") { articles { totalCount } } }""");
            Assert.Equal(_merges, (int?)answer["data"]!["tag"]?["articles"]!["totalCount"] ?? 0);
        }

        private static (string, object, string, Action<JsonNode>) Tag(string name, Action<string> made) =>
            (
                "createTag",
                new { clientMutationId = name, name },
                "tag { id }",
                payload => made((string)payload["tag"]!["id"]!)
            );
    }
}
