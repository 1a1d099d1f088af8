using System.Diagnostics;
using System.Globalization;
using Cms.Articles;
using Cms.Articles.Publishing;
using Cms.Body;
using Cms.Data;
using Cms.GraphQL;
using Cms.GraphQL.Execution;
using Cms.Panel;
using Cms.People;
using Cms.Sqlite;
using Cms.Taxonomy;
using Microsoft.EntityFrameworkCore;

namespace Cms.Benchmarks;

/// <summary>Measures the lists, the counts and the search of the desk, with three revisions of each article.</summary>
internal static class DeskCost
{
    private const int Chunk = 200;
    private const int Runs = 11;
    private const int People = 20;
    private const int Revisions = 3;
    private const int Personas = 8;

    private static readonly DateTimeOffset Begin = TimeProvider.System.GetUtcNow().AddDays(-60);
    private static readonly string[] Words =
        "the team shipped a smaller model that runs on device and reads code in one pass while costs fall by half".Split(
            ' '
        );

    private static readonly Viewer[] Staff =
    [
        .. Enumerable.Range(0, People).Select(i => Person(i, i == 0 ? Role.Editor : Role.Author)),
    ];

    private static readonly (string Title, Viewer Viewer)[] Readers =
    [
        ("Editor", Staff[0]),
        ("Author of many articles", Staff[1]),
        ("Editor without articles", Person(People + 1, Role.Editor)),
        ("Author without articles", Person(People + 2, Role.Author)),
    ];

    private static readonly (string Name, string Field)[] Reads =
    [
        ("no filter", List("")),
        ("one filter: drafts", List("where: { status: { eq: DRAFT } }")),
        ("one filter: published", List("where: { status: { eq: PUBLISHED } }")),
        ("one filter: in review", List("where: { review: { eq: IN_REVIEW } }")),
        ("one filter: category", List("where: { category: { slug: { eq: \"desk-1\" } } }")),
        ("one filter: common tag", List("where: { tags: { some: { slug: { eq: \"topic-1\" } } } }")),
        ("one filter: rare tag", List("where: { tags: { some: { slug: { eq: \"topic-250\" } } } }")),
        ("one filter: author", List("where: { author: { isMe: true } }")),
        ("one filter: assignee", List("where: { assignee: { isMe: true } }")),
        ("one filter: overdue", List("where: { due: OVERDUE }")),
        ("one filter: missing take", List("where: { missingTakeOf: { slug: { eq: \"the-skeptic\" } } }")),
        ("one filter: open comments", List("where: { hasOpenComments: true }")),
        ("one filter: order by due date", List("order: [{ dueAt: ASC }]")),
        (
            "three filters: drafts in review in a category",
            List("where: { status: { eq: DRAFT }, review: { eq: IN_REVIEW }, category: { slug: { eq: \"desk-1\" } } }")
        ),
        (
            "three filters: drafts of mine with a rare tag",
            List(
                "where: { status: { eq: DRAFT }, author: { isMe: true }, tags: { some: { slug: { eq: \"topic-250\" } } } }"
            )
        ),
        (
            "three filters: overdue, missing take, common tag",
            List(
                "where: { due: OVERDUE, missingTakeOf: { slug: { eq: \"the-skeptic\" } }, tags: { some: { slug: { eq: \"topic-1\" } } } }"
            )
        ),
        (
            "three filters that nothing meets",
            List("where: { status: { eq: WITHDRAWN }, review: { eq: APPROVED }, assignee: { isMe: true } }")
        ),
        ("panel: no filter", Panel("")),
        ("panel: in review", Panel("where: { take: { status: { eq: IN_REVIEW } } }")),
        ("panel: approved", Panel("where: { take: { status: { eq: APPROVED } } }")),
        ("panel: overdue", Panel("where: { take: { due: OVERDUE } }")),
        ("panel: stale, which nothing is", Panel("where: { take: { isStale: true } }")),
        ("panel: mine", Panel("where: { take: { assignee: { isMe: true } } }")),
        (
            "panel: requested of a persona and mine",
            Panel(
                "where: { take: { persona: { slug: { eq: \"the-skeptic\" } }, status: { eq: REQUESTED }, assignee: { isMe: true } } }"
            )
        ),
        ("text: a rare word", List("text: \"case7\"")),
        ("text: a word of every article", List("text: \"model\"")),
        (
            "counts of the lists",
            "counts { writtenByMe waitingForMyReview drafts inReview changesRequested approved scheduled published withdrawn overdue takesInReview staleTakes trashed }"
        ),
        ("counts of the panel", "counts { takesAssignedToMe takesInReview takesOverdue staleTakes }"),
        (
            "calendar",
            string.Create(
                CultureInfo.InvariantCulture,
                $"calendar(from: \"{Begin.AddDays(20):O}\", to: \"{Begin.AddDays(50):O}\", first: 100) {{ nodes {{ kind at article {{ id headline }} }} }}"
            )
        ),
        ("activity", "activity(first: 20) { nodes { kind at by article { id headline } } }"),
        ("inbox", "inbox(first: 20) { nodes { kind at article { id headline } } }"),
        ("unread items of the inbox", "inbox(first: 1) { unreadCount }"),
    ];

    public static async Task<int> RunAsync(Settings settings)
    {
        await using var services = Services(await PrepareAsync(settings.Articles));
        await using var db = await services
            .GetRequiredService<IDbContextFactory<CmsDbContext>>()
            .CreateDbContextAsync();
        LoadTest.Say(
            $"{await db.Articles.CountAsync()} articles, {await db.Revisions.CountAsync()} revisions, {new FileInfo(FileOf(settings.Articles)).Length / 1e6:0} MB, load {await LoadTest.LoadAverageAsync()}; the median of {Runs} runs:"
        );
        foreach (var (title, viewer) in Readers)
        {
            LoadTest.Say($"{title}:");
            foreach (var (name, field) in Reads.Where(read => settings.Includes(read.Name)))
            {
                await ReadAsync(services, viewer, field);
                List<double> costs = [];
                for (var i = 0; i < Runs; i++)
                {
                    costs.Add(await MillisecondsAsync(() => ReadAsync(services, viewer, field)));
                }

                LoadTest.Say($"  {name}: {costs.Order().ElementAt(Runs / 2):0.0} ms CPU.");
            }
        }

        return 0;
    }

    /// <summary>Returns the database file with that many articles. It is written once and kept for the next run.</summary>
    public static async Task<string> PrepareAsync(int articles)
    {
        var file = FileOf(articles);
        await using var services = Services(file);
        await services.GetRequiredService<IDatabaseProvider>().PrepareAsync(CancellationToken.None);
        await using var db = await services
            .GetRequiredService<IDbContextFactory<CmsDbContext>>()
            .CreateDbContextAsync();
        if (!await db.Articles.AnyAsync())
        {
            var write = await MillisecondsAsync(() => SeedAsync(services.GetRequiredService<CmsDatabase>(), articles));
            LoadTest.Say($"Writing the content: {write / articles:0.00} ms CPU for each article.");
        }

        await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA optimize;");
        return file;
    }

    private static string FileOf(int articles) =>
        Path.Combine(
            Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "cms-benchmarks")).FullName,
            string.Create(CultureInfo.InvariantCulture, $"desk-{articles}.db")
        );

    private static ServiceProvider Services(string file) =>
        new ServiceCollection().AddLogging().AddCms().AddCmsSqlite(file).BuildServiceProvider();

    private static Viewer Person(int number, Role role) =>
        new()
        {
            Kind = ViewerKind.Person,
            Key = new PersonKey(new Guid(number + 1, 0, 0, new byte[8]), new Guid(number + 1, 1, 1, new byte[8])),
            Name = $"Person {number}",
            Role = role,
        };

    private static string List(string arguments) =>
        $"articles({(arguments.Length == 0 ? "" : arguments + ", ")}first: 20) {{ nodes {{ id headline status review updatedAt }} }}";

    private static string Panel(string arguments) =>
        $"panel({(arguments.Length == 0 ? "" : arguments + ", ")}first: 20) {{ nodes {{ id headline panel {{ persona {{ name }} take {{ id status dueAt isOverdue isStale assignee {{ name }} }} }} }} }}";

    private static async Task ReadAsync(ServiceProvider services, Viewer viewer, string field)
    {
        await using var scope = services.CreateAsyncScope();
        var result = await scope
            .ServiceProvider.GetRequiredService<GraphQLEngine>()
            .ExecuteAsync(new GraphQLRequest($"{{ desk {{ {field} }} }}"), scope.ServiceProvider, viewer);
        if (result.Errors is [var error, ..])
        {
            throw new InvalidOperationException("The list was rejected.", error);
        }
    }

    private static async Task<double> MillisecondsAsync(Func<Task> work)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        await work();
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMilliseconds;
    }

    private static async Task SeedAsync(CmsDatabase database, int articles)
    {
        var random = new Random(4711);
        List<TagId> tags = [];
        List<CategoryId> categories = [];
        List<Persona> personas = [];
        await WriteAsync(
            database,
            db =>
            {
                for (var i = 0; i < 300; i++)
                {
                    tags.Add(TagId.New());
                    db.Add(
                        new Tag
                        {
                            Id = tags[i],
                            Slug = $"topic-{i}",
                            Name = $"Topic {i}",
                        }
                    );
                }

                for (var i = 0; i < 6; i++)
                {
                    categories.Add(CategoryId.New());
                    db.Add(
                        new Category
                        {
                            Id = categories[i],
                            Slug = $"desk-{i}",
                            Name = $"Desk {i}",
                        }
                    );
                }

                for (var i = 0; i < Personas; i++)
                {
                    var name = i switch
                    {
                        0 => "The Builder",
                        1 => "The Skeptic",
                        _ => $"Persona {i}",
                    };
                    var persona = Value(
                        Persona.Create(
                            PersonaId.New(),
                            new PersonaFields
                            {
                                Profile = new PersonaProfile { Name = name, Lens = "Perspective" },
                            },
                            Contributor.Server,
                            Begin
                        )
                    );
                    personas.Add(persona);
                    db.Add(persona);
                    db.Add(persona.Versioned());
                }

                return Task.CompletedTask;
            }
        );
        for (var first = 0; first < articles; first += Chunk)
        {
            var (from, to) = (first, Math.Min(first + Chunk, articles));
            await WriteAsync(
                database,
                async db =>
                {
                    for (var i = from; i < to; i++)
                    {
                        await AddArticleAsync(db, i, random, tags, categories, personas);
                    }
                }
            );
        }
    }

    private static async Task AddArticleAsync(
        CmsDbContext db,
        int number,
        Random random,
        List<TagId> tags,
        List<CategoryId> categories,
        List<Persona> personas
    )
    {
        var at = Begin.AddSeconds(number * 50L);
        var author = Staff[random.Next(People)].ToActor();
        var article = new Article
        {
            Id = ArticleId.New(),
            Slug = $"story-{number}",
            CreatedAt = at,
        };
        db.Add(article);
        Revision? head = null;
        for (var i = 0; i < Revisions; i++)
        {
            var content = new ArticleContent
            {
                Headline = $"Story {number}: {Text(random, 40)}",
                Summary = Text(random, 150),
                CategoryId = categories[number % categories.Count],
                Tags = [tags[number % 8], tags[8 + random.Next(292)]],
            }.WithBody(Value(RichText.Parse(Body($"case{number % 5000} {Text(random, 600)}"))));
            head = article.Save(content, author.Contributor with { }, at.AddSeconds(i));
            db.Add(head);
        }

        for (var i = 0; i < personas.Count; i++)
        {
            AddTake(db, article, personas[i], (number * Personas) + i, random, at);
        }

        // Six of ten articles are published, and every tenth of the others is in each state of the review.
        if (number % 3 == 0)
        {
            article.Assign(Staff[random.Next(People)].Key, at.AddDays(number % 90), author.Contributor, at);
        }

        if (number % 10 < 6)
        {
            var edition = Value(article.Publish(head!, author.Contributor, at)).Issue();
            await db.WriteEditionAsync(edition, [], CancellationToken.None);
        }
        else if (number % 10 < 9)
        {
            article.SubmitForReview(Staff[random.Next(People)].Key, author.Contributor, at);
            _ = (number % 10) switch
            {
                7 => article.RequestChanges(author.Contributor, at),
                8 => article.Approve(author.Contributor, at),
                _ => default,
            };
        }
    }

    // Of 20 takes, one is missing, five are in another state and the others are approved.
    private static void AddTake(
        CmsDbContext db,
        Article article,
        Persona persona,
        int number,
        Random random,
        DateTimeOffset at
    )
    {
        if (number % 20 == 0)
        {
            return;
        }

        var by = Staff[0].ToActor().Contributor;
        var take = new Take
        {
            Id = TakeId.New(),
            ArticleId = article.Id,
            PersonaId = persona.Id,
            CreatedAt = at,
        };
        take.Request(Staff[random.Next(People)].Key, at.AddDays(number % 90), "What does it cost?", by with { }, at);
        db.Add(take);
        if (number % 20 == 1)
        {
            return;
        }

        var words = take.Save(
            new TakeDraft(new TakeContent { Text = Text(random, 200) }),
            persona.ProfileNumber,
            editedBy: null,
            by with
            { },
            at
        );
        db.Add(words);
        if (number % 20 is 3 or 4)
        {
            take.Submit(by, at);
        }

        if (number % 20 == 4)
        {
            take.RequestChanges(by, at);
        }

        if (number % 20 == 5)
        {
            take.Retract("It was wrong.", by, at);
        }

        if (number % 20 > 5)
        {
            words.Approve(by with { }, at);
            take.Approve(by, at);
        }
    }

    private static string Body(string text) =>
        $$"""{"type":"doc","attrs":{"schemaVersion":1},"content":[{"type":"paragraph","attrs":{"id":"b1"},"content":[{"type":"text","text":"{{text}}"}]}]}""";

    private static string Text(Random random, int length)
    {
        var text = new System.Text.StringBuilder(length + 16);
        while (text.Length < length)
        {
            text.Append(Words[random.Next(Words.Length)]).Append(' ');
        }

        return text.ToString().TrimEnd();
    }

    private static async Task WriteAsync(CmsDatabase database, Func<CmsDbContext, Task> add)
    {
        var written = await database.WriteAsync<bool>(
            Actor.Server,
            async (db, _) =>
            {
                await add(db);
                return true;
            },
            CancellationToken.None
        );
        if (written.IsRefused)
        {
            throw new InvalidOperationException("The content was rejected.");
        }
    }

    private static T Value<T>(Result<T> result) =>
        result.Succeeded(out var value, out var errors)
            ? value
            : throw new InvalidOperationException(errors[0].ToString());
}
