using Cms.Articles;
using Cms.Articles.Drafting;
using Cms.Articles.Publishing;
using Cms.GraphQL;
using Cms.Panel;
using Cms.Panel.Drafting;
using Cms.Taxonomy;
using Cms.Testing;
using FsCheck.Xunit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Articles;

/// <summary>No sequence of newsroom operations breaks the invariants of the content.</summary>
[Slow]
public sealed class InvariantTests
{
    public enum Kind
    {
        Create,
        Save,
        Publish,
        Correct,
        Withdraw,
        Schedule,
        Unschedule,
        Embargo,
        Release,
        Wait,
        Restore,
        DraftTake,
        ApproveTake,
        RenamePersona,
    }

    /// <summary>One operation. The numbers choose its target and its values.</summary>
    public sealed record Step(Kind Kind, byte Target, byte Value);

    [Property(MaxTest = 20, StartSize = 10, EndSize = 50)]
    public async Task Any_sequence_of_operations_keeps_the_public_state_consistent(Step[] steps)
    {
        var database = new SqliteTestDatabase();
        try
        {
            await database.InitializeAsync();
            var desk = await Desk.OpenAsync(database);
            var before = await SqliteDump.PublicAsync(database.File);
            foreach (var step in steps)
            {
                database.Clock.Advance(TimeSpan.FromSeconds(1));

                var errors = await desk.DoAsync(step);

                var after = await SqliteDump.PublicAsync(database.File);
                if (errors.Count > 0 || IsPrivate(step.Kind))
                {
                    Assert.Equal(before, after);
                }

                before = after;
                await Invariants.AssertAsync(database.OpenAsync);
            }

            await Invariants.AssertIndexAsync(database.OpenAsync, "parser");
        }
        finally
        {
            await database.DisposeAsync();
        }
    }

    private static bool IsPrivate(Kind kind) =>
        kind is not (Kind.Publish or Kind.Correct or Kind.Withdraw or Kind.Wait or Kind.RenamePersona);

    private sealed class Desk(SqliteTestDatabase database, List<TagId> tags, CategoryId category)
    {
        private readonly List<Article> _articles = [];
        private readonly List<Persona> _personas = [];
        private readonly List<Take> _takes = [];

        public static async Task<Desk> OpenAsync(SqliteTestDatabase database)
        {
            List<TagId> tags = [TagId.New(), TagId.New()];
            var category = CategoryId.New();
            await using var db = await database.OpenAsync();
            db.AddRange(
                tags.Select(
                    (id, i) =>
                        new Tag
                        {
                            Id = id,
                            Slug = $"tag-{i}",
                            Name = $"Tag {i}",
                        }
                )
            );
            db.Add(
                new Category
                {
                    Id = category,
                    Slug = "launch",
                    Name = "Launch",
                }
            );
            await db.SaveChangesAsync();
            var newsroom = new Newsroom(database.Services);
            return new Desk(database, tags, category)
            {
                _articles = { await newsroom.DraftAsync(), await newsroom.PublishedAsync() },
                _personas =
                {
                    await newsroom.PersonaAsync(),
                    await newsroom.PersonaAsync("The Skeptic", "Reality Check"),
                },
            };
        }

        public async Task<IReadOnlyList<UserError>> DoAsync(Step step)
        {
            var article = _articles[step.Target % _articles.Count].Id;
            var persona = _personas[step.Value % _personas.Count];
            return step.Kind switch
            {
                Kind.Create => Added(
                    await database
                        .Get<CreateArticle>()
                        .Handle(new CreateArticleInput { Content = Story(step.Value) }, Newsroom.Erin, default),
                    _articles
                ),
                Kind.Save => (
                    await database
                        .Get<SaveArticle>()
                        .Handle(
                            new SaveArticleInput { Id = article, Edit = _ => Story(step.Value) },
                            Newsroom.Erin,
                            default
                        )
                ).Errors,
                Kind.Publish => (
                    await database
                        .Get<PublishArticle>()
                        .Handle(new PublishArticleInput { Id = article }, Newsroom.Erin, default)
                ).Errors,
                Kind.Correct => (
                    await database
                        .Get<CorrectArticle>()
                        .Handle(
                            new CorrectArticleInput
                            {
                                Id = article,
                                Note = step.Value % 4 == 0 ? "" : "It was Tuesday.",
                            },
                            Newsroom.Erin,
                            default
                        )
                ).Errors,
                Kind.Withdraw => (
                    await database
                        .Get<WithdrawArticle>()
                        .Handle(
                            new WithdrawArticleInput
                            {
                                Id = article,
                                Reason = "It was a hoax.",
                                Successor = step.Value % 3 == 0 ? _articles[step.Value % _articles.Count].Id : null,
                            },
                            Newsroom.Erin,
                            default
                        )
                ).Errors,
                Kind.Schedule => (
                    await database
                        .Get<ScheduleArticle>()
                        .Handle(
                            new ScheduleArticleInput { Id = article, At = Soon(step.Value) },
                            Newsroom.Erin,
                            default
                        )
                ).Errors,
                Kind.Unschedule => (
                    await database
                        .Get<UnscheduleArticle>()
                        .Handle(new UnscheduleArticleInput { Id = article }, Newsroom.Erin, default)
                ).Errors,
                Kind.Embargo => (
                    await database
                        .Get<SetEmbargo>()
                        .Handle(
                            new SetEmbargoInput { Id = article, Until = step.Value % 4 == 0 ? null : Soon(step.Value) },
                            Newsroom.Erin,
                            default
                        )
                ).Errors,
                Kind.Release => (
                    await database
                        .Get<ReleaseUnderEmbargo>()
                        .Handle(
                            new ReleaseUnderEmbargoInput { Id = article, Until = Soon(step.Value) },
                            Newsroom.Erin,
                            default
                        )
                ).Errors,
                Kind.Wait => await WaitAsync(TimeSpan.FromSeconds(step.Value % 6)),
                Kind.Restore => await RestoreAsync(article, step.Value),
                Kind.DraftTake => Added(
                    await database
                        .Get<DraftTake>()
                        .Handle(
                            new DraftTakeInput
                            {
                                Article = article,
                                Persona = persona.Id,
                                Content = new TakeContent { Text = "I would wait." },
                            },
                            Newsroom.Erin,
                            default
                        ),
                    _takes
                ),
                Kind.ApproveTake when _takes.Count > 0 => (
                    await database
                        .Get<ApproveTake>()
                        .Handle(
                            new ApproveTakeInput { Id = _takes[step.Value % _takes.Count].Id },
                            Newsroom.Erin,
                            default
                        )
                ).Errors,
                Kind.RenamePersona => (
                    await database
                        .Get<EditPersona>()
                        .Handle(
                            new EditPersonaInput
                            {
                                Id = persona.Id,
                                Edit = _ => new PersonaFields
                                {
                                    Profile = persona.Profile with { Name = $"Persona {step.Target % 3}" },
                                    IsActive = step.Target % 5 != 0,
                                },
                            },
                            Newsroom.Erin,
                            default
                        )
                ).Errors,
                _ => [],
            };
        }

        // Returns a time at most 8 seconds ahead, so some schedules and embargoes end within the sequence.
        private DateTimeOffset Soon(byte how) => database.Clock.GetUtcNow().AddSeconds(how % 9);

        // Advances the clock and publishes the due articles. Asserts that readers see the scheduled revision of each, that no
        // other article changes, and that a second run publishes nothing.
        private async Task<IReadOnlyList<UserError>> WaitAsync(TimeSpan time)
        {
            database.Clock.Advance(time);
            var now = database.Clock.GetUtcNow();
            var before = await ArticlesAsync();
            var done = await database.Get<PublishDueArticles>().Handle(new PublishDueArticlesInput(), default);
            var again = await database.Get<PublishDueArticles>().Handle(new PublishDueArticlesInput(), default);
            var after = await ArticlesAsync();

            Assert.Empty(done.Refused);
            Assert.Empty(done.Failed);
            Assert.Empty(again.Published);
            Assert.Equal(after.Values.Min(a => a.ScheduledAt), done.Next);
            var due = before.Values.Where(a => a.ScheduledAt <= now).ToList();
            await using var db = await database.OpenAsync();
            foreach (var article in due)
            {
                var live = await db.Editions.SingleAsync(e => e.Id == after[article.Id].LiveEditionId);
                Assert.Equal(article.ScheduledRevisionId, live.RevisionId);
                Assert.Null(after[article.Id].ScheduledAt);
                Assert.Equal(done.Published.Contains(article.Id), live.LiveFrom == now);
            }

            Assert.Empty(done.Published.Except(due.Select(article => article.Id)));
            Assert.All(before.Values.Except(due), article => Assert.Equal(article.Version, after[article.Id].Version));
            return [];
        }

        private async Task<Dictionary<ArticleId, Article>> ArticlesAsync()
        {
            await using var db = await database.OpenAsync();
            return await db.Articles.AsNoTracking().ToDictionaryAsync(article => article.Id);
        }

        private async Task<IReadOnlyList<UserError>> RestoreAsync(ArticleId article, byte how)
        {
            await using var db = await database.OpenAsync();
            var revisions = await db.Revisions.Where(r => r.ArticleId == article).Select(r => r.Id).ToListAsync();
            var restored = await database
                .Get<RestoreRevision>()
                .Handle(
                    new RestoreRevisionInput { Id = article, Revision = revisions[how % revisions.Count] },
                    Newsroom.Erin,
                    default
                );
            return restored.Errors;
        }

        private ArticleContent Story(byte how) =>
            Newsroom.Story($"Headline {how % 7}") with
            {
                Body = how % 6 == 0 ? null : Newsroom.Story().Body,
                CategoryId = how % 2 == 0 ? category : null,
                Tags = [.. tags.Take(how % 3)],
            };

        private static IReadOnlyList<UserError> Added<T>(Result<T> result, List<T> all)
        {
            if (result.Succeeded(out var made, out var errors))
            {
                all.Add(made);
            }

            return errors;
        }
    }
}
