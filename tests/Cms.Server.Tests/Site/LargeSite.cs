using System.Globalization;
using Cms.Articles;
using Cms.Articles.Publishing;
using Cms.Body;
using Cms.Changes;
using Cms.Data;
using Cms.GraphQL;
using Cms.Panel;
using Cms.People;
using Cms.Server.Tests.Support;
using Cms.Taxonomy;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Site;

/// <summary>
/// The server with the site and many articles. They are written through the entities in a few transactions, because the
/// transactions of 2,000 imports take more than a minute.
/// </summary>
public sealed class LargeSite : IAsyncLifetime
{
    /// <summary>The number of articles that search engines may list, without those of the sample newsroom.</summary>
    public const int Articles = 2_000;

    private const int PerTransaction = 500;

    // Enough for every list that shows what the panel thinks.
    private const int WithTakes = 60;
    private const string Elsewhere = "https://quay.example/first-printed-here";
    private static readonly TimeSpan Between = TimeSpan.FromHours(11);
    private static readonly DateTimeOffset Begin = new(2024, 2, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly Contributor Editor = Contributor.Person("Erin", "tenant/erin");
    private static readonly string[] Things = ["cranes", "ledgers", "pilots", "tides", "sensors", "clerks", "ropes"];

    // The articles that are not listed are older, each the only one of its month.
    private static readonly Story[] Others =
    [
        new("a-page-for-few", new(2023, 3, 4, 5, 6, 7, TimeSpan.Zero), new Seo { NoIndex = true }),
        new("a-page-for-others", new(2023, 5, 6, 7, 8, 9, TimeSpan.Zero), new Seo { CanonicalUrl = Elsewhere }),
    ];

    private readonly List<TagId> _tags = [];
    private List<CategoryId> _categories = [];
    private List<Persona> _panel = [];
    private SourceId _source;

    public NewsroomServer Server { get; } = new() { Settings = ["--Cms:Site:Enabled=true"] };

    /// <summary>The slugs of articles that search engines must not list.</summary>
    public static IEnumerable<string> Unlisted => [SlugOf(0), .. Others.Select(story => story.Slug)];

    public async Task InitializeAsync()
    {
        await Server.InitializeAsync();
        await WriteAsync(AddTermsAsync);
        List<Story> stories =
        [
            .. Others,
            .. Enumerable.Range(0, Articles + 1).Select(i => new Story(SlugOf(i), Begin + (i * Between), new Seo())),
        ];
        foreach (var chunk in stories.Index().Chunk(PerTransaction))
        {
            await WriteAsync(async db =>
            {
                foreach (var (i, story) in chunk)
                {
                    await AddAsync(db, story, i, i >= stories.Count - WithTakes);
                }
            });
        }

        await using var db = await Server
            .Services.GetRequiredService<IDbContextFactory<CmsDbContext>>()
            .CreateDbContextAsync();
        var slug = SlugOf(0);
        var withdrawn = new WithdrawArticleInput
        {
            Id = (await db.Articles.SingleAsync(article => article.Slug == slug)).Id,
            Reason = "The harbour does not exist.",
        };
        Newsroom.Value(
            await Server.Services.GetRequiredService<WithdrawArticle>().Handle(withdrawn, Newsroom.Erin, default)
        );

        // The part for news has something to list.
        await new Newsroom(Server.Services).PublishedAsync(Newsroom.Story("A page for all"));
    }

    public Task DisposeAsync() => Server.DisposeAsync();

    private static string SlugOf(int number) => FormattableString.Invariant($"harbour-{number:0000}");

    private async Task WriteAsync(Func<CmsDbContext, Task> add)
    {
        var written = await Server
            .Services.GetRequiredService<CmsDatabase>()
            .WriteAsync<DateTimeOffset>(
                Actor.Server,
                async (db, _) =>
                {
                    await add(db);
                    return Begin;
                },
                CancellationToken.None
            );
        Assert.False(written.IsRefused);
    }

    private async Task AddTermsAsync(CmsDbContext db)
    {
        _categories = await db.Categories.OrderBy(category => category.Slug).Select(c => c.Id).ToListAsync();
        _panel = await db.Personas.OrderBy(persona => persona.Order).ToListAsync();
        _source = SourceId.New();
        db.Add(
            new Source
            {
                Id = _source,
                Slug = "quay-notes",
                Name = "Quay Notes",
            }
        );
        foreach (var name in Things.Prepend("harbours"))
        {
            _tags.Add(TagId.New());
            db.Add(
                new Tag
                {
                    Id = _tags[^1],
                    Slug = name,
                    Name = name,
                }
            );
        }
    }

    private async Task AddAsync(CmsDbContext db, Story story, int number, bool hasTakes)
    {
        var at = story.At;
        var thing = Things[number % Things.Length];
        var words =
            $"The office counted its {thing} again. It found {number} of them, and the harbour had room for more.";
        var content = new ArticleContent
        {
            Headline = $"A harbour and its {thing}, part {number.ToString(CultureInfo.InvariantCulture)}",
            Summary =
                $"What the harbour office wrote down about {thing} in week {number}, and what the crews say about that.",
            CategoryId = _categories[number % _categories.Count],
            SourceId = _source,
            SourceUrl = $"https://quay.example/{number}",
            Tags = [_tags[0], _tags[1 + (number % Things.Length)]],
            Seo = story.Seo,
        }.WithBody(Newsroom.Value(RichText.Parse(Newsroom.BodyOf(words))));
        var article = new Article
        {
            Id = ArticleId.New(),
            Slug = story.Slug,
            CreatedAt = at,
        };
        var head = article.Save(content, Editor, at);
        var panel = hasTakes ? _panel.ConvertAll(persona => TakeOf(db, article, persona, number, at)) : [];
        var edition = Newsroom.Value(article.Publish(head, Editor, at)).Issue();
        db.Add(article);
        db.Add(head);
        await db.WriteEditionAsync(edition, panel, CancellationToken.None);
        db.Announce(ChangeKind.ArticlePublished, article.Id, edition.Id);
    }

    private static PanelTake TakeOf(CmsDbContext db, Article article, Persona persona, int number, DateTimeOffset at)
    {
        var take = new Take
        {
            Id = TakeId.New(),
            ArticleId = article.Id,
            PersonaId = persona.Id,
            CreatedAt = at,
        };
        var content = new TakeContent
        {
            Text = "A harbour that counts is a harbour that can plan. I would ask who counts the clerks.",
            Stance = (Stance)((number + persona.Order) % Enum.GetValues<Stance>().Length),
            Confidence = 40 + (number % 50),
            Verdict = "Count again next week, and write down who counted and what the crews said.",
        };
        var words = take.Save(new TakeDraft(content), persona.ProfileNumber, editedBy: null, Editor with { }, at);
        words.Approve(Editor with { }, at);
        take.Approve(Editor with { }, at);
        db.Add(take);
        db.Add(words);
        return PanelTake.Of(take, words, persona.Profile, persona.Order, persona.IsAi);
    }

    private sealed record Story(string Slug, DateTimeOffset At, Seo Seo);
}
