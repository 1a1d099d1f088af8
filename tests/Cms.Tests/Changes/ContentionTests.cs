using System.Collections.Concurrent;
using Cms.Articles;
using Cms.Articles.Drafting;
using Cms.Articles.Publishing;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Panel;
using Cms.Panel.Drafting;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.Changes;

/// <summary>Each of 64 concurrent writers succeeds, gets a typed error, or gets a busy error.</summary>
[Slow]
public abstract class ContentionTests(TestDatabase database) : DatabaseSuite(database)
{
    private const int Writers = 64;

    public static TheoryData<string, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, bool>();
            foreach (var operation in (string[])["create", "save", "draft a take", "publish", "correct"])
            {
                cases.Add(operation, false);
                cases.Add(operation, true);
            }

            return cases;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public async Task Each_of_64_writers_succeeds_or_fails_because_of_another_writer(string operation, bool collides)
    {
        var persona = await Newsroom.PersonaAsync($"Persona {operation} {collides}");
        var article = operation is "correct"
            ? await Newsroom.PublishedAsync(slug: Slug(operation, collides))
            : await Newsroom.DraftAsync(slug: Slug(operation, collides));
        await using var server = await Database.BuildAsync(services =>
        {
            if (collides)
            {
                services.AddInterceptor(new Collisions());
            }
        });
        var headline = $"One headline for all who {operation} {collides}";
        var outcomes = new ConcurrentBag<string>();

        await Task.WhenAll(
            Enumerable
                .Range(0, Writers)
                .Select(i =>
                    Task.Run(async () =>
                        outcomes.Add(await RunAsync(server, operation, article.Id, persona.Id, headline, i))
                    )
                )
        );

        Assert.Equal(Writers, outcomes.Count);
        Assert.Subset(
            (HashSet<string>)["saved", nameof(SlugTaken), nameof(VersionConflict), nameof(DatabaseBusyException)],
            outcomes.ToHashSet(StringComparer.Ordinal)
        );
        Assert.Contains("saved", outcomes);
        await Invariants.AssertAsync(Database.OpenAsync);
        if (operation is "draft a take")
        {
            await using var db = await OpenAsync();
            var take = await db.Takes.SingleAsync(take => take.ArticleId == article.Id);
            Assert.Equal(outcomes.Count(outcome => outcome == "saved"), take.RevisionCount);
            Assert.Equal(take.RevisionCount, await db.TakeRevisions.CountAsync(r => r.TakeId == take.Id));
        }
    }

    private static string Slug(string operation, bool collides) =>
        $"contended-{operation.Replace(' ', '-')}-{(collides ? "with" : "without")}-collisions";

    private static async Task<string> RunAsync(
        ServiceProvider server,
        string operation,
        ArticleId article,
        PersonaId persona,
        string headline,
        int writer
    )
    {
        try
        {
            return operation switch
            {
                "create" => Name(
                    await server
                        .GetRequiredService<CreateArticle>()
                        .Handle(new CreateArticleInput { Content = Newsroom.Story(headline) }, Newsroom.Erin, default)
                ),
                "save" => Name(
                    await server
                        .GetRequiredService<SaveArticle>()
                        .Handle(
                            new SaveArticleInput { Id = article, Edit = _ => Newsroom.Story($"{headline} {writer}") },
                            Newsroom.Erin,
                            default
                        )
                ),
                "draft a take" => Name(
                    await server
                        .GetRequiredService<DraftTake>()
                        .Handle(
                            new DraftTakeInput
                            {
                                Article = article,
                                Persona = persona,
                                Content = new TakeContent { Text = $"Take {writer}." },
                            },
                            Newsroom.Erin,
                            default
                        )
                ),
                "publish" => Name(
                    await server
                        .GetRequiredService<PublishArticle>()
                        .Handle(new PublishArticleInput { Id = article }, Newsroom.Erin, default)
                ),
                _ => Name(
                    await server
                        .GetRequiredService<CorrectArticle>()
                        .Handle(
                            new CorrectArticleInput { Id = article, Note = $"Correction {writer}." },
                            Newsroom.Erin,
                            default
                        )
                ),
            };
        }
        catch (DatabaseBusyException)
        {
            return nameof(DatabaseBusyException);
        }
    }

    private static string Name<T>(Result<T> result) => result.IsRefused ? result.Errors[0].GetType().Name : "saved";

    /// <summary>
    /// Fails every fifth save with a simulated conflict, because SQLite's single writer causes none. A
    /// write consists of at most three saves, so some writes succeed.
    /// </summary>
    private sealed class Collisions : SaveChangesInterceptor
    {
        private int _saves;

        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData,
            InterceptionResult<int> result,
            CancellationToken cancellationToken = default
        ) =>
            Interlocked.Increment(ref _saves) % 5 == 0
                ? throw new DbUpdateConcurrencyException("Lost.")
                : ValueTask.FromResult(result);
    }
}

public sealed class ContentionTests_Sqlite(SqliteTestDatabase database)
    : ContentionTests(database),
        IClassFixture<SqliteTestDatabase>;

public sealed class ContentionTests_SqlServer(SqlServerTestDatabase database)
    : ContentionTests(database),
        IClassFixture<SqlServerTestDatabase>;
