using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cms.Articles;
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
        new(Act.CreateTag, Who.Erin, 0, 0),
        new(Act.CreateTag, Who.Erin, 0, 1),
        new(Act.CreateTag, Who.Erin, 0, 2),
        new(Act.Create, Who.Arlo, 0, 3),
        new(Act.Create, Who.Erin, 1, 7),
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
        _model.CarryOutDue();
        var published = await _database.Get<PublishDueArticles>().Handle(new PublishDueArticlesInput(), default);
        var withdrawn = await _database.Get<WithdrawDueArticles>().Handle(new WithdrawDueArticlesInput(), default);
        Assert.Empty(published.Refused);
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
        var (errors, payload) = await AskAsync(step.Who, move);
        _log.AppendLine(
            CultureInfo.InvariantCulture,
            $"{step.Who}: {move.Mutation} {JsonSerializer.Serialize(move.Input)} → {(errors.Count == 0 ? "done" : string.Join(", ", errors))}"
        );
        Equal($"the errors of {move.Mutation}", expected, errors);
        if (errors.Count == 0)
        {
            move.Made(payload!);
        }
        else if (file is not null)
        {
            Assert.True(before == await SqliteDump.AllAsync(file), "A rejected mutation changed a row.");
        }

        if (step.Twice)
        {
            // The model does not change again.
            var (again, second) = await AskAsync(step.Who, move);
            Equal($"the errors of {move.Mutation}, repeated", expected, again);
            Assert.Equal(payload?.ToJsonString(), second?.ToJsonString());
        }
    }

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
            ?? EntityId.Parse<Cms.Taxonomy.TagId>(id)?.Value
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
        var words = await db.TakeRevisions.AsNoTracking().ToDictionaryAsync(r => r.Id, r => r.Number);
        var staff = await db.Staff.AsNoTracking().ToDictionaryAsync(member => member.Key, member => member.Name);
        Equal(
            "the articles",
            _model.Present.Select(story =>
                Text(
                    $"{story.Id} {story.Slug} {story.Status} {story.Review} version {story.Version}, newest {story.Head.Id} of {story.Revisions.Count}, {story.Editions.Count} editions, scheduled {story.ScheduledAt:O} {story.Scheduled?.Id}, embargo {story.Embargo:O}, withdrawal {story.WithdrawAt:O} {story.PlannedSuccessor?.Id}, assigned {story.Assignee} {story.DueAt:O} {story.IsAssigned}, reviewer {story.Reviewer}, approved {story.Approved?.Id}, trashed {story.IsTrashed}, published {story.PublishedAt:O}"
                )
            ),
            articles.Select(a =>
                Text(
                    $"{a.Id} {a.Slug} {a.Status} {a.Review} version {a.Version}, newest {a.HeadId} of {a.RevisionCount}, {a.EditionCount} editions, scheduled {a.ScheduledAt:O} {a.ScheduledRevisionId}, embargo {a.EmbargoUntil:O}, withdrawal {a.WithdrawAt:O} {a.PlannedWithdrawal?.SuccessorId}, assigned {Name(a.AssigneeKey)} {a.DueAt:O} {a.AssignedAt is not null}, reviewer {Name(a.ReviewerKey)}, approved {a.ApprovedRevisionId}, trashed {a.TrashedAt is not null}, published {a.PublishedAt:O}"
                )
            )
        );
        Equal(
            "the revisions",
            _model.Present.SelectMany(story =>
                story.Revisions.Select(r =>
                    $"{story.Id} {r.Number} {r.Id} {r.Headline} {r.Summary} {r.Body} {r.Drafter} {r.IsAutosave} {r.Label} {r.RestoredFrom?.Id} {string.Join(',', r.Tags.Select(tag => tag.Id))}"
                )
            ),
            revisions.Select(r =>
                $"{r.ArticleId} {r.Number} {r.Id} {r.Content.Headline} {r.Content.Summary} {BodyWord.Match(r.Content.Body ?? "").Value} {r.Drafter.Name} {r.IsAutosave} {r.Label} {r.RestoredFrom} {string.Join(',', r.Content.Tags)}"
            )
        );
        Equal(
            "the editions",
            _model.Present.SelectMany(story =>
                story.Editions.Select(
                    (e, i) =>
                        $"{story.Id} {i + 1} {e.Kind} {e.Slug} {e.Words?.Id} {e.Successor?.Id} {Of(e.Takes.Select(take => take.Take.Id))}"
                )
            ),
            editions.Select(e =>
                $"{e.ArticleId} {e.Number} {e.Kind} {e.Slug} {e.RevisionId} {e.SuccessorId} {Of(shown.Where(t => t.EditionId == e.Id).Select(t => t.TakeId.ToString()))}"
            )
        );
        Equal(
            "the tags",
            _model
                .Tags.Where(tag => !tag.IsGone)
                .Select(tag => $"{tag.Id} {tag.Slug} {tag.MergedInto?.Id} {tag.IsDeleted} {tag.IsPublic}"),
            (await db.Tags.AsNoTracking().ToListAsync()).Select(tag =>
                $"{tag.Id} {tag.Slug} {tag.MergedInto} {tag.DeletedAt is not null} {tag.FirstPublishedAt is not null}"
            )
        );
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
                $"{t.Id} {t.Story.Id} {t.Persona.Id} {t.Status} {t.Revisions} {t.Approved} {t.IsStale}"
            ),
            (await db.Takes.AsNoTracking().ToListAsync()).Select(t =>
                $"{t.Id} {t.ArticleId} {t.PersonaId} {t.Status} {t.RevisionCount} {words.GetValueOrDefault(t.ApprovedRevisionId ?? default)} {t.StaleAt is not null}"
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
                "{ articles(first: 100) { totalCount nodes { id slug headline tags { slug } } } }"
            )
        )["articles"]!;
        var live = _model.Present.Where(story => story.Live is not null).ToList();
        Equal(
            "the public list",
            live.Select(story => $"{story.Id} {story.Live!.Slug} {story.Live.Words!.Headline} {Slugs(story.Live)}"),
            articles["nodes"]!
                .AsArray()
                .Select(a =>
                    $"{a!["id"]} {a["slug"]} {a["headline"]} {string.Join(',', a["tags"]!.AsArray().Select(tag => tag!["slug"]))}"
                )
        );
        Assert.Equal(live.Count, (int)articles["totalCount"]!);
        var times = articles["nodes"]!
            .AsArray()
            .Select(a => live.Single(story => story.Id == (string)a!["id"]!).PublishedAt);
        Assert.Equal(times.OrderDescending(), times);

        static string Slugs(Issued edition) => string.Join(',', DeskModel.Live(edition.Tags).Select(tag => tag.Slug));
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
