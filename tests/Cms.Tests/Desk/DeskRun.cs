using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cms.Articles;
using Cms.Articles.Gate;
using Cms.Articles.Publishing;
using Cms.GraphQL;
using Cms.Panel;
using Cms.People;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Desk;

/// <summary>Runs operations on a database and on the model, and compares the two.</summary>
internal sealed partial class DeskRun
{
    // All rows are compared after this number of operations, and at the end.
    private const int Thorough = 5;

    // Every sequence begins with these, so that most of its operations have something to act on.
    private static readonly Step[] First =
    [
        .. new[] { 5, 9, 17 }.Select(tag => new Step(Act.CreateTerm, Who.Erin, 0, tag)),
        .. new[] { 4, 8 }.Select(category => new Step(Act.CreateTerm, Who.Erin, 0, category)),
        .. new[] { 7, 11 }.Select(author => new Step(Act.CreateTerm, Who.Erin, 0, author)),
        new(Act.CreateTerm, Who.Erin, 0, 6),
        new(Act.Create, Who.Arlo, 0, 3),
        new(Act.Create, Who.Erin, 1, 7),
        new(Act.Publish, Who.Erin, 1, 1),
        new(Act.SaveFront, Who.Erin, 0, 6),
    ];

    private static readonly Dictionary<Who, Viewer> People = new()
    {
        [Who.Rae] = GraphQLClient.Viewers["reader"],
        [Who.Arlo] = GraphQLClient.Arlo,
        [Who.Bo] = GraphQLClient.Person("Bo", Role.Author),
        [Who.Erin] = GraphQLClient.Erin,
        [Who.Ada] = GraphQLClient.Ada,
    };

    private readonly TestDatabase _database;
    private readonly GraphQLClient _client;
    private readonly DeskModel _model = new();
    private readonly Dictionary<Who, string> _staff = [];
    private readonly StringBuilder _log = new();
    private DeskMoves _moves = null!;
    private long _seen;
    private int _sent;
    private int _done;

    private DeskRun(TestDatabase database) => (_database, _client) = (database, new GraphQLClient(database.Services));

    /// <summary>The number of operations that were rejected so far.</summary>
    public int Rejected { get; private set; }

    /// <summary>What was sent and answered so far, one operation on a line.</summary>
    public string Log => _log.ToString();

    public static async Task<DeskRun> OpenAsync(TestDatabase database)
    {
        var run = new DeskRun(database);
        var newsroom = new Newsroom(database.Services);
        foreach (var who in Enum.GetValues<Who>().Where(who => who is not Who.Rae))
        {
            run._staff[who] = (await newsroom.StaffAsync(People[who])).Id.ToString();
        }

        foreach (var name in new[] { "Persona 0", "Persona 1" })
        {
            run._model.Personas.Add(new Voice((await newsroom.PersonaAsync(name)).Id.ToString(), name));
        }

        run._moves = new DeskMoves(run._model, run._staff);
        await using var db = await database.OpenAsync();
        run._seen = await db.Changes.CountAsync();
        foreach (var first in First)
        {
            await run.DoAsync(first);
        }

        return run;
    }

    public async Task DoAsync(Step step)
    {
        _database.Clock.Advance(TimeSpan.FromSeconds(1));
        _model.Now = _database.Clock.GetUtcNow();
        _model.Changes.Clear();
        _model.HasFolded = false;
        if (step.Act is Act.Wait)
        {
            await WaitAsync(TimeSpan.FromMinutes(step.Value % 15));
        }
        else if (_moves.Of(step) is { } move)
        {
            await SendAsync(step, move);
        }
        else
        {
            return;
        }

        await LearnAsync();
        await AssertChangesAsync();
        await AssertListAsync();
        await AssertReviewedAsync();
        if (++_done % Thorough == 0)
        {
            await AssertRowsAsync();
        }
    }

    /// <summary>Compares everything with the model.</summary>
    public async Task EndAsync()
    {
        await AssertRowsAsync();
        await AssertReadsAsync();
        if (_database is SqliteTestDatabase)
        {
            await Invariants.AssertIndexAsync(_database.OpenAsync, "story");
            await AssertImportsAsync();
            await using var db = await _database.OpenAsync();
            await db.Database.ExecuteSqlAsync(
                $"INSERT INTO DeskSearch(DeskSearch, rank) VALUES ('integrity-check', 1)"
            );
        }
    }

    private async Task WaitAsync(TimeSpan time)
    {
        _database.Clock.Advance(time);
        _model.Now = _database.Clock.GetUtcNow();
        _log.AppendLine(CultureInfo.InvariantCulture, $"{time} pass, and what is due is carried out");
        var refused = _model.CarryOutDue();
        var published = await _database.Get<PublishDueArticles>().Handle(new PublishDueArticlesInput(), default);
        var withdrawn = await _database.Get<WithdrawDueArticles>().Handle(new WithdrawDueArticlesInput(), default);
        Equal(
            "the schedules that a check ended",
            refused.Select(story => story.Id),
            published.Refused.Select(x => x.Id.ToString())
        );
        Assert.Empty(published.Failed);
        Assert.Empty(withdrawn.Failed);

        // A second server finds nothing to do.
        Assert.Empty(
            (await _database.Get<PublishDueArticles>().Handle(new PublishDueArticlesInput(), default)).Published
        );
        Assert.Empty(
            (await _database.Get<WithdrawDueArticles>().Handle(new WithdrawDueArticlesInput(), default)).Withdrawn
        );
    }

    private async Task SendAsync(Step step, Move move)
    {
        if (step.Twice)
        {
            move.Input["clientMutationId"] = $"send-{++_sent}";
        }

        var expected = People[step.Who].Role < move.Least ? [ErrorCodes.NotAuthorized] : move.Apply();
        var file =
            expected.Count > 0 && move.Mutation != "bulkArticles" ? (_database as SqliteTestDatabase)?.File : null;
        var before = file is null ? null : await SqliteDump.AllAsync(file);
        var content = await ContentAsync();
        var entries = await EntriesAsync();
        var (errors, payload) = await AskAsync(step.Who, move);
        _log.AppendLine(
            CultureInfo.InvariantCulture,
            $"{step.Who}: {move.Mutation} {JsonSerializer.Serialize(move.Input)} → {(errors.Count == 0 ? "done" : string.Join(", ", errors))}"
        );
        Equal($"the errors of {move.Mutation}", expected, errors);
        Rejected += errors.Count == 0 ? 0 : 1;
        if (errors.Count == 0)
        {
            move.Made(payload!);
        }
        else if (file is not null)
        {
            Assert.True(before == await SqliteDump.AllAsync(file), "A rejected mutation changed a row.");
        }

        await AssertEntriesAsync(step.Who, move, errors.Count > 0, content, entries);
        if (step.Twice)
        {
            // The model does not change again.
            var (again, second) = await AskAsync(step.Who, move);
            Equal($"the errors of {move.Mutation}, repeated", expected, again);
            Assert.Equal(payload?.ToJsonString(), second?.ToJsonString());
        }
    }

    // An operation that changed something has one entry, or one for each article. No other has an entry.
    private async Task AssertEntriesAsync(Who who, Move move, bool isRejected, string? before, int entries)
    {
        await using var db = await _database.OpenAsync();
        var written = await db.AuditEntries.AsNoTracking().Where(e => e.Seq > entries).ToListAsync();
        var isBulk = move.Mutation == "bulkArticles";
        Assert.All(written, e => Assert.Equal((move.Mutation, People[who].Key), (e.Action, e.ActorKey)));
        Assert.Equal(written.Count, written.Select(e => e.Subject).Distinct(StringComparer.Ordinal).Count());
        Assert.True(isBulk || written.Count <= 1, $"{move.Mutation} wrote {written.Count} entries.");
        Assert.True(isBulk || !isRejected || written.Count == 0, $"The rejected {move.Mutation} wrote an entry.");

        // A lease that expired is removed with the next one, and a renewal has no entry.
        if (before is not null && !_model.HasFolded && !move.Mutation.EndsWith("Lease", StringComparison.Ordinal))
        {
            Assert.True(
                before != await ContentAsync() == written.Count > 0,
                $"{move.Mutation} wrote {written.Count} entries, which does not agree with what it changed."
            );
        }
    }

    private async Task<int> EntriesAsync()
    {
        await using var db = await _database.OpenAsync();
        return await db.AuditEntries.CountAsync();
    }

    private async Task<string?> ContentAsync() =>
        _database is SqliteTestDatabase { File: var file } ? await SqliteDump.ContentAsync(file) : null;

    // Returns the kinds of the errors without Error, or the code if the whole request was rejected.
    private async Task<(List<string> Errors, JsonNode? Payload)> AskAsync(Who who, Move move)
    {
        var name = $"{char.ToUpperInvariant(move.Mutation[0])}{move.Mutation[1..]}";
        var answer = await _client.AskAsync(
            People[who],
            $"mutation($input: {name}Input!) {{ {move.Mutation}(input: $input) {{ {move.Shows} errors {{ __typename }} }} }}",
            new { input = move.Input }
        );
        if (answer["data"]?[move.Mutation] is not { } payload)
        {
            return ([GraphQLClient.Code(answer) ?? answer.ToJsonString()], null);
        }

        Assert.True(answer["errors"] is null, answer.ToJsonString());
        var items = payload["bulk"]?["items"]?.AsArray() ?? [];
        return (
            [
                .. payload["errors"]!.AsArray().Select(error => Kind(error!)).Distinct(StringComparer.Ordinal),
                .. items.SelectMany(item =>
                    item!["errors"]!.AsArray().Select(error => $"{item["articleId"]} {Kind(error!)}")
                ),
            ],
            payload
        );

        static string Kind(JsonNode error) => ((string)error["__typename"]!)[..^"Error".Length];
    }

    // Reads the ids of the revisions and comments that were made.
    private async Task LearnAsync()
    {
        await using var db = await _database.OpenAsync();
        foreach (var story in _model.Present.Where(story => story.Head.Id.Length == 0))
        {
            var id = EntityId.Parse<ArticleId>(story.Id)!.Value;
            story.Head.Id = (await db.Articles.Where(a => a.Id == id).Select(a => a.HeadId).SingleAsync()).ToString();
        }

        if (_model.Comments.Find(comment => comment.Id.Length == 0) is { } made)
        {
            var known = _model.Comments.Select(comment => comment.Id).ToHashSet(StringComparer.Ordinal);
            var ids = await db.Comments.Select(comment => comment.Id).ToListAsync();
            made.Id = Assert.Single(ids.Select(id => id.ToString()), id => !known.Contains(id));
        }
    }

    private async Task AssertChangesAsync()
    {
        await using var db = await _database.OpenAsync();
        var changes = await db.Changes.Where(change => change.Seq > _seen).ToListAsync();
        _seen += changes.Count;
        Equal(
            "the change log",
            _model.Changes.Select(change => $"{change.Kind} {Guid(change.Subject())}"),
            changes.Select(change => $"{change.Kind} {change.SubjectId.Value:n}")
        );
    }

    // An id is a prefix and a Guid, in whatever form.
    private static string Guid(string id) =>
        (
            EntityId.Parse<ArticleId>(id)?.Value
            ?? TermOrFront(id)
            ?? EntityId.Parse<PersonaId>(id)?.Value
            ?? EntityId.Parse<Cms.Routes.Redirects.RedirectId>(id)!.Value.Value
        ).ToString("n");

    private async Task AssertRowsAsync()
    {
        await Invariants.AssertAsync(_database.OpenAsync);
        await using var db = await _database.OpenAsync();
        Equal("the rows of the desk's lists", await DeskRows.ExpectedAsync(db), await DeskRows.StoredAsync(db));
        var articles = await db.Articles.AsNoTracking().ToListAsync();
        var revisions = await db.Revisions.AsNoTracking().ToListAsync();
        var editions = await db.Editions.AsNoTracking().OrderBy(e => e.Number).ToListAsync();
        var shown = await db.EditionTakes.AsNoTracking().ToListAsync();
        var terms = await TermsOfEditionsAsync(db);
        var words = await db.TakeRevisions.AsNoTracking().ToDictionaryAsync(r => r.Id);
        var staff = await db.Staff.AsNoTracking().ToDictionaryAsync(member => member.Key, member => member.Name);
        Equal(
            "the articles",
            _model.Present.Select(story =>
                Text(
                    $"{story.Id} {story.Slug} {story.Status} {story.Review} version {story.Version}, newest {story.Head.Id} of {story.Revisions.Count}, {story.Editions.Count} editions, scheduled {story.ScheduledAt:O} {story.Scheduled?.Id}, embargo {story.Embargo:O}, withdrawal {story.WithdrawAt:O} {story.PlannedSuccessor?.Id}, assigned {story.Assignee} {story.DueAt:O} {story.IsAssigned}, reviewer {story.Reviewer}, approved {story.Approved?.Id}, trashed {story.IsTrashed}, schedule refused {story.IsScheduleRefused}, published {story.PublishedAt:O}"
                )
            ),
            articles.Select(a =>
                Text(
                    $"{a.Id} {a.Slug} {a.Status} {a.Review} version {a.Version}, newest {a.HeadId} of {a.RevisionCount}, {a.EditionCount} editions, scheduled {a.ScheduledAt:O} {a.ScheduledRevisionId}, embargo {a.EmbargoUntil:O}, withdrawal {a.WithdrawAt:O} {a.PlannedWithdrawal?.SuccessorId}, assigned {Name(a.AssigneeKey)} {a.DueAt:O} {a.AssignedAt is not null}, reviewer {Name(a.ReviewerKey)}, approved {a.ApprovedRevisionId}, trashed {a.TrashedAt is not null}, schedule refused {a.ScheduleRefusal is not null}, published {a.PublishedAt:O}"
                )
            )
        );
        Equal(
            "the revisions",
            _model.Present.SelectMany(story =>
                story.Revisions.Select(r =>
                    $"{story.Id} {r.Number} {r.Id} {r.Headline} {r.Summary} {r.Body} {r.Drafter} {r.IsAutosave} {r.Label} {r.RestoredFrom?.Id} {r.Terms} {r.Model} {r.EditedBy} {r.IsReviewed}"
                )
            ),
            revisions.Select(r =>
                $"{r.ArticleId} {r.Number} {r.Id} {r.Content.Headline} {r.Content.Summary} {BodyWord.Match(r.Content.Body ?? "").Value} {r.Drafter.Name} {r.IsAutosave} {r.Label} {r.RestoredFrom} {Terms(r.Content)} {ModelOf(r.DraftedWith)} {r.EditedBy} {r.IsApproved}"
            )
        );
        Equal(
            "the editions",
            _model.Present.SelectMany(story =>
                story.Editions.Select(
                    (e, i) =>
                        $"{story.Id} {i + 1} {e.Kind} {e.Slug} {e.Words?.Id} {e.Successor?.Id} {Of(e.Takes.Select(take => take.Take.Id))} {e.HasWarning} {e.Terms.Shown()}"
                )
            ),
            editions.Select(e =>
                $"{e.ArticleId} {e.Number} {e.Kind} {e.Slug} {e.RevisionId} {e.SuccessorId} {Of(shown.Where(t => t.EditionId == e.Id).Select(t => t.TakeId.ToString()))} {e.Acknowledged is [CheckRule.Category]} {terms(e)}"
            )
        );
        await AssertTermRowsAsync(db);
        await AssertFrontRowsAsync(db);
        Equal(
            "the redirects",
            _model.Redirects.Select(r => $"{r.Id} {r.From} {r.To}"),
            (await db.Redirects.AsNoTracking().ToListAsync()).Select(r => $"{r.Id} {r.From} {r.To}")
        );
        Equal(
            "the comments",
            _model.Comments.Select(c =>
                $"{c.Id} {c.Story.Id} {c.Words.Id} {c.Author} {c.Thread?.Id} {c.IsResolved} {c.IsDeleted}"
            ),
            (await db.Comments.AsNoTracking().ToListAsync()).Select(c =>
                $"{c.Id} {c.ArticleId} {c.RevisionId} {c.Author.Name} {c.ThreadId} {c.ResolvedAt is not null} {c.DeletedAt is not null}"
            )
        );
        Equal(
            "the takes",
            _model.Takes.Select(t =>
                $"{t.Id} {t.Story.Id} {t.Persona.Id} {t.Status} {t.Revisions} {t.Approved} {t.IsStale} {t.Assignee} {t.Model}"
            ),
            (await db.Takes.AsNoTracking().ToListAsync()).Select(t =>
                $"{t.Id} {t.ArticleId} {t.PersonaId} {t.Status} {t.RevisionCount} {words.GetValueOrDefault(t.ApprovedRevisionId ?? default)?.Number ?? 0} {t.StaleAt is not null} {Name(t.AssigneeKey)} {ModelOf(words.GetValueOrDefault(t.HeadId ?? default)?.DraftedWith)}"
            )
        );

        string? Name(PersonKey? key) => key is { } known ? staff[known] : null;
        static string Of(IEnumerable<string> ids) => string.Join(',', ids.Order(StringComparer.Ordinal));
    }

    private async Task AssertListAsync()
    {
        var articles = (
            await ReadAsync(
                Viewer.Anonymous,
                "{ articles(first: 100) { totalCount nodes { id slug headline category { id } source { publication { id } } tags { id } authors { id } } } }"
            )
        )["articles"]!;
        var live = _model.Present.Where(story => story.Live is not null).ToList();
        Equal(
            "the public list",
            live.Select(story =>
                $"{story.Id} {story.Live!.Slug} {story.Live.Words!.Headline} {story.Live.Terms.Live()}"
            ),
            articles["nodes"]!.AsArray().Select(a => $"{a!["id"]} {a["slug"]} {a["headline"]} {Terms(a)}")
        );
        Assert.Equal(live.Count, (int)articles["totalCount"]!);
        var times = articles["nodes"]!
            .AsArray()
            .Select(a => live.Single(story => story.Id == (string)a!["id"]!).PublishedAt);
        Assert.Equal(times.OrderDescending(), times);
    }

    private async Task<JsonNode> ReadAsync(Viewer viewer, string document)
    {
        var answer = await _client.AskAsync(viewer, document);
        Assert.True(answer["errors"] is null, answer.ToJsonString());
        return answer["data"]!;
    }

    private static void Equal(string what, IEnumerable<string> expected, IEnumerable<string> actual)
    {
        var model = expected.Order(StringComparer.Ordinal).ToList();
        var product = actual.Order(StringComparer.Ordinal).ToList();
        if (model.SequenceEqual(product, StringComparer.Ordinal))
        {
            return;
        }

        // What both have is left out, unless one of them has it more than once.
        var (onlyModel, onlyProduct) = (model.ToList(), product.ToList());
        product.ForEach(line => onlyModel.Remove(line));
        model.ForEach(line => onlyProduct.Remove(line));
        Assert.Fail(
            $"In {what}, the model has\n  {string.Join("\n  ", onlyModel)}\nbut the product has\n  {string.Join("\n  ", onlyProduct)}"
        );
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\bb\d+\b")]
    private static partial Regex BodyWord { get; }
}
