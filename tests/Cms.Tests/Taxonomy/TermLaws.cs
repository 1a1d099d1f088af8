using Cms.Articles;
using Cms.Articles.Publishing;
using Cms.Taxonomy;
using Cms.Testing;
using Cms.Tests.Support;
using FsCheck.Xunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.Taxonomy;

/// <summary>No sequence of operations on terms and articles makes lists, slugs and editions disagree.</summary>
[Slow]
public sealed class TermLaws
{
    public enum Kind
    {
        Create,
        Rename,
        Merge,
        Delete,
        CreateArticle,
        Save,
        Publish,
        Withdraw,
        RestoreFirstRevision,
    }

    /// <summary>One operation. The numbers choose its targets.</summary>
    public sealed record Step(Kind Kind, byte Target, byte Value);

    [Property(MaxTest = 15, StartSize = 10, EndSize = 40)]
    public async Task After_any_sequence_lists_agree_with_editions_and_every_old_slug_leads_to_at_most_one_term(
        Step[] steps
    )
    {
        var database = new SqliteTestDatabase();
        try
        {
            await database.InitializeAsync();
            var desk = new Desk(database);
            foreach (var step in steps)
            {
                database.Clock.Advance(TimeSpan.FromSeconds(1));
                await desk.DoAsync(step);
            }

            await Invariants.AssertAsync(database.OpenAsync);
            await AssertTermsAsync(database);
        }
        finally
        {
            await database.DisposeAsync();
        }
    }

    private static async Task AssertTermsAsync(SqliteTestDatabase database)
    {
        await using var db = await database.OpenAsync();
        var terms = new Terms(database.Services);
        var tags = await db.Tags.AsNoTracking().ToListAsync();
        var slugs = await db.TermSlugs.AsNoTracking().ToListAsync();
        var live = await db.EditionTags.Where(t => db.Articles.Any(a => a.LiveEditionId == t.EditionId)).ToListAsync();

        // Aliases are flat, hidden and used by nothing that readers see.
        Assert.All(
            tags.Where(tag => tag.MergedInto is not null),
            alias =>
            {
                Assert.Null(alias.FirstPublishedAt);
                Assert.Null(tags.Single(tag => tag.Id == alias.MergedInto).MergedInto);
                Assert.DoesNotContain(live, t => t.TagId == alias.Id);
            }
        );
        Assert.All(
            tags.Where(tag => tag.DeletedAt is not null),
            deleted => Assert.DoesNotContain(live, t => t.TagId == deleted.Id)
        );
        foreach (var slug in slugs.Select(s => s.Slug).Concat(tags.Select(tag => tag.Slug)).Distinct())
        {
            var found = await terms.ReadAsync("tag", slug);
            var term =
                tags.Find(tag => tag.Slug == slug && tag.FirstPublishedAt is not null)
                ?? (
                    slugs.Find(s => s.Slug == slug && s.WasPublic) is { } former
                    && tags.Find(tag => tag.Id.Value == former.TermId.Value) is { } owner
                        ? tags.Find(tag => tag.Id == (owner.MergedInto ?? owner.Id) && tag.FirstPublishedAt is not null)
                        : null
                );
            Assert.Equal(term is null ? "none" : $"{term.Slug} with {live.Count(t => t.TagId == term.Id)}", found);
            Assert.Equal(
                term is null ? "none"
                    : term.Slug == slug ? "Tag"
                    : $"/tags/{term.Slug}",
                await terms.RouteAsync($"/tags/{slug}")
            );
        }
    }

    private sealed class Desk(SqliteTestDatabase database)
    {
        private readonly List<TagId> _tags = [];
        private readonly List<Article> _articles = [];
        private readonly Newsroom _newsroom = new(database.Services);

        public async Task DoAsync(Step step)
        {
            switch (step.Kind)
            {
                case Kind.Create:
                    var made = await Get<CreateTerm<Tag, TagId>>()
                        .Handle(
                            new CreateTermInput { Fields = new TermFields { Name = Slug(step.Value) } },
                            Newsroom.Erin,
                            default
                        );
                    if (made.Succeeded(out var tag, out _))
                    {
                        _tags.Add(tag.Id);
                    }

                    break;
                case Kind.Rename when _tags.Count > 0:
                    await Get<RenameTerm<Tag, TagId>>()
                        .Handle(
                            new RenameTermInput<TagId> { Id = TagOf(step.Target), Slug = Slug(step.Value) },
                            Newsroom.Erin,
                            default
                        );
                    break;
                case Kind.Merge when _tags.Count > 0:
                    await Get<MergeTerms<Tag, TagId>>()
                        .Handle(
                            new MergeTermsInput<TagId> { From = TagOf(step.Target), Into = TagOf(step.Value) },
                            Newsroom.Erin,
                            default
                        );
                    break;
                case Kind.Delete when _tags.Count > 0:
                    await Get<DeleteTerm<Tag, TagId>>()
                        .Handle(new DeleteTermInput<TagId> { Id = TagOf(step.Target) }, Newsroom.Erin, default);
                    break;
                case Kind.CreateArticle:
                    _articles.Add(await _newsroom.DraftAsync());
                    break;
                case Kind.Save when _articles.Count > 0:
                    await Get<Cms.Articles.Drafting.SaveArticle>()
                        .Handle(
                            new() { Id = ArticleOf(step.Target).Id, Edit = _ => Story(step.Value) },
                            Newsroom.Erin,
                            default
                        );
                    break;
                case Kind.Publish when _articles.Count > 0:
                    await Get<PublishArticle>()
                        .Handle(new PublishArticleInput { Id = ArticleOf(step.Target).Id }, Newsroom.Erin, default);
                    break;
                case Kind.Withdraw when _articles.Count > 0:
                    await Get<WithdrawArticle>()
                        .Handle(
                            new WithdrawArticleInput { Id = ArticleOf(step.Target).Id, Reason = "It was wrong." },
                            Newsroom.Erin,
                            default
                        );
                    break;
                case Kind.RestoreFirstRevision when _articles.Count > 0:
                    var article = ArticleOf(step.Target).Id;
                    await using (var db = await database.OpenAsync())
                    {
                        var revisions = await db
                            .Revisions.Where(r => r.ArticleId == article)
                            .Select(r => r.Id)
                            .ToListAsync();
                        await Get<Cms.Articles.Drafting.RestoreRevision>()
                            .Handle(
                                new() { Id = article, Revision = revisions[step.Value % revisions.Count] },
                                Newsroom.Erin,
                                default
                            );
                    }

                    break;
                default:
                    break;
            }
        }

        private T Get<T>()
            where T : notnull => database.Services.GetRequiredService<T>();

        private ArticleContent Story(byte value) =>
            Newsroom.Story() with
            {
                Tags = _tags.Count == 0 ? [] : [TagOf(value), TagOf((byte)(value / 2)), TagOf((byte)(value / 3))],
            };

        private TagId TagOf(byte value) => _tags[value % _tags.Count];

        private Article ArticleOf(byte value) => _articles[value % _articles.Count];

        private static string Slug(byte value) => $"tag-{value % 6}";
    }
}
