using System.Globalization;
using Cms.Articles;
using Cms.Articles.Publishing;
using Cms.Body;
using Cms.Changes;
using Cms.Data;
using Cms.GraphQL;
using Cms.Import;
using Cms.Panel;
using Cms.People;
using Cms.Sqlite;
using Cms.Taxonomy;
using Cms.Tools;
using Microsoft.EntityFrameworkCore;

namespace Cms.Benchmarks;

/// <summary>A generated newsroom for the benchmarks. A given number of articles always has the same texts.</summary>
internal sealed class Corpus
{
    /// <summary>The number of tags that have enough articles for ten pages of twenty.</summary>
    public const int CommonTags = 8;

    private const int Tags = 300;
    private const int Chunk = 500;
    private const int ArticlesPerWord = 20;

    private static readonly DateTimeOffset Begin = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Contributor Editor = Contributor.Person("Erin", "tenant/erin");
    private static readonly string[] Words =
        "the team shipped a smaller model that runs on device and reads code in one pass while costs fall by half each year because compilers memory networks and caches are tuned for latency instead of peak throughput".Split(
            ' '
        );

    private readonly Random _random = new(4711);
    private readonly List<TagId> _tags = [];
    private readonly List<ToolId> _tools = [];
    private readonly List<CategoryId> _categories = [];
    private readonly List<SourceId> _sources = [];
    private readonly List<Persona> _personas = [];

    public static string SlugOf(int article) => $"story-{article.ToString(CultureInfo.InvariantCulture)}";

    public static string TagOf(int tag) => $"topic-{tag.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Returns a word that about twenty articles contain.</summary>
    public static string WordOf(int article, int articles) =>
        $"case{(article % (articles / ArticlesPerWord)).ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Returns the database file with this many articles, and creates it if it does not exist.</summary>
    public static async Task<string> PrepareAsync(int articles)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "cms-benchmarks"));
        var file = Path.Combine(folder.FullName, $"{articles.ToString(CultureInfo.InvariantCulture)}.db");
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddCms()
            .AddImport()
            .AddCmsSqlite(file)
            .BuildServiceProvider();
        await services.GetRequiredService<IDatabaseProvider>().PrepareAsync(CancellationToken.None);
        var databases = services.GetRequiredService<IDbContextFactory<CmsDbContext>>();
        await using var db = await databases.CreateDbContextAsync();
        var stored = await db.Articles.CountAsync();
        if (stored != articles)
        {
            if (stored > 0)
            {
                throw new InvalidOperationException($"{file} contains {stored} of {articles} articles. Delete it.");
            }

            await new Corpus().SeedAsync(services.GetRequiredService<CmsDatabase>(), articles);
        }

        await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA optimize;");
        return file;
    }

    private async Task SeedAsync(CmsDatabase database, int articles)
    {
        await WriteAsync(database, Begin, AddPanelAndTaxonomy);
        for (var first = 0; first < articles; first += Chunk)
        {
            var (from, to) = (first, Math.Min(first + Chunk, articles));
            await WriteAsync(
                database,
                Begin,
                async db =>
                {
                    for (var i = from; i < to; i++)
                    {
                        await AddArticleAsync(db, i, articles);
                    }
                }
            );
        }
    }

    private static async Task WriteAsync(CmsDatabase database, DateTimeOffset at, Func<CmsDbContext, Task> add)
    {
        var written = await database.WriteAsync<DateTimeOffset>(
            Actor.Server,
            async (db, _) =>
            {
                await add(db);
                return at;
            },
            CancellationToken.None
        );
        if (written.IsRefused)
        {
            throw new InvalidOperationException("The corpus was rejected.");
        }
    }

    private Task AddPanelAndTaxonomy(CmsDbContext db)
    {
        for (var i = 0; i < Tags; i++)
        {
            _tags.Add(TagId.New());
            db.Add(
                new Tag
                {
                    Id = _tags[i],
                    Slug = TagOf(i),
                    Name = $"Topic {i}",
                }
            );
        }

        for (var i = 0; i < 6; i++)
        {
            _categories.Add(CategoryId.New());
            db.Add(
                new Category
                {
                    Id = _categories[i],
                    Slug = $"desk-{i}",
                    Name = $"Desk {i}",
                }
            );
        }

        for (var i = 0; i < 8; i++)
        {
            _sources.Add(SourceId.New());
            db.Add(
                new Source
                {
                    Id = _sources[i],
                    Slug = $"paper-{i}",
                    Name = $"Paper {i}",
                    Homepage = $"https://paper-{i}.example/",
                }
            );
        }

        for (var i = 0; i < 12; i++)
        {
            var tool = Value(Tool.Create(ToolId.New(), new ToolFields { Name = $"Tool {i}" }, Editor, Begin));
            _tools.Add(tool.Id);
            db.Add(tool);
        }

        foreach (var (name, lens) in new[] { ("Builder", "Developer"), ("Skeptic", "Risk"), ("Futurist", "Long") })
        {
            var persona = Value(
                Persona.Create(
                    PersonaId.New(),
                    new PersonaFields
                    {
                        Profile = new PersonaProfile { Name = $"The {name}", Lens = $"{lens} Perspective" },
                        Order = _personas.Count,
                    },
                    Editor,
                    Begin
                )
            );
            _personas.Add(persona);
            db.Add(persona);
            db.Add(persona.Versioned());
        }

        return Task.CompletedTask;
    }

    private async Task AddArticleAsync(CmsDbContext db, int number, int articles)
    {
        var at = Begin.AddMinutes(number);
        var content = new ArticleContent
        {
            Headline = $"Story {number}: {Text(50)}",
            Summary = Text(220),
            CategoryId = _categories[number % _categories.Count],
            SourceId = _sources[number % _sources.Count],
            Tools = [_tools[number % _tools.Count]],
            Tags = [_tags[number % CommonTags], .. RareTags()],
        }.WithBody(Value(RichText.Parse(Body(WordOf(number, articles)))));
        var article = new Article
        {
            Id = ArticleId.New(),
            Slug = SlugOf(number),
            CreatedAt = at,
        };
        var head = article.Save(content, Editor, at);
        List<PanelTake> panel = [];
        foreach (var persona in _personas)
        {
            var take = new Take
            {
                Id = TakeId.New(),
                ArticleId = article.Id,
                PersonaId = persona.Id,
                CreatedAt = at,
            };
            var words = take.Save(
                new TakeDraft(new TakeContent { Text = Text(400) }),
                persona.ProfileNumber,
                editedBy: null,
                Editor with
                { },
                at
            );
            words.Approve(Editor with { }, at);
            take.Approve(Editor with { }, at);
            panel.Add(PanelTake.Of(take, words, persona.Profile, persona.Order, persona.IsAi));
        }

        var edition = Value(article.Publish(head, Editor, at)).Issue();
        db.Add(article);
        db.Add(head);
        db.AddRange(panel.Select(take => take.Take));
        db.AddRange(panel.Select(take => take.Words));
        await db.WriteEditionAsync(edition, panel, CancellationToken.None);
        db.Announce(ChangeKind.ArticlePublished, article.Id, edition.Id);
    }

    private HashSet<TagId> RareTags()
    {
        HashSet<TagId> picked = [];
        while (picked.Count < 3)
        {
            picked.Add(_tags[_random.Next(CommonTags, Tags)]);
        }

        return picked;
    }

    // The body has six paragraphs, about 3,000 bytes in total.
    private string Body(string word)
    {
        var paragraphs = Enumerable
            .Range(1, 6)
            .Select(i =>
                $$"""{"type":"paragraph","attrs":{"id":"b{{i}}"},"content":[{"type":"text","text":"{{(i == 1 ? word + " " : "")}}{{Text(410)}}"}]}"""
            );
        return $$"""{"type":"doc","attrs":{"schemaVersion":1},"content":[{{string.Join(',', paragraphs)}}]}""";
    }

    private string Text(int length)
    {
        var text = new System.Text.StringBuilder(length + 16);
        while (text.Length < length)
        {
            text.Append(Words[_random.Next(Words.Length)]).Append(' ');
        }

        return text.ToString().TrimEnd();
    }

    private static T Value<T>(Result<T> result) =>
        result.Succeeded(out var value, out var errors)
            ? value
            : throw new InvalidOperationException(errors[0].ToString());
}
