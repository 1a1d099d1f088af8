using Cms.Articles;
using Cms.Articles.Drafting;
using Cms.Articles.Reading;
using Cms.Changes;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media.Rights;
using Cms.Reading;
using Cms.Taxonomy;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Articles;

public abstract class PublishingTests(TestDatabase database) : DatabaseSuite(database)
{
    [SkippableFact]
    public async Task Publishing_creates_an_edition_lists_the_article_and_logs_the_change()
    {
        var builder = await Newsroom.PersonaAsync();
        var draft = await Newsroom.DraftAsync();
        await Newsroom.ApprovedTakeAsync(draft.Id, builder.Id);

        var article = await Newsroom.PublishAsync(draft.Id);

        await using var db = await OpenAsync();
        var edition = await db.Editions.SingleAsync(e => e.ArticleId == draft.Id);
        var change = await db.Changes.OrderByDescending(c => c.Seq).FirstAsync();
        Assert.Equal((1, EditionKind.Published, article.LiveEditionId), (edition.Number, edition.Kind, edition.Id));
        Assert.Equal((ChangeKind.ArticlePublished, edition.Id), (change.Kind, change.EditionId));
        Assert.Equal(2, await db.ArticleListings.CountAsync(l => l.ArticleId == draft.Id));
        Assert.Equal("The Builder", (await db.EditionTakes.SingleAsync(t => t.EditionId == edition.Id)).PersonaName);
    }

    [SkippableFact]
    public async Task Saving_a_published_article_does_not_change_what_readers_see()
    {
        var article = await Newsroom.PublishedAsync();

        await Newsroom.SaveAsync(article.Id, Newsroom.Story("Another headline"));

        await using var db = await OpenAsync();
        var edition = await db.Editions.SingleAsync(e => e.ArticleId == article.Id);
        Assert.Equal("A compiler in a week", edition.Content!.Headline);
        Assert.Equal(2, await db.Revisions.CountAsync(r => r.ArticleId == article.Id));
    }

    [SkippableFact]
    public async Task Publishing_an_incomplete_draft_reports_the_missing_fields_and_publishes_nothing()
    {
        var draft = await Newsroom.DraftAsync(new ArticleContent { Headline = "Only a headline", Summary = " " });

        var refusal = Refusal<ArticleIncomplete>((await PublishAsync(draft.Id)).Errors);

        await using var db = await OpenAsync();
        Assert.Equal(["summary", "body"], refusal.MissingFields);
        Assert.Equal("Fill in summary, body before publishing.", refusal.Message);
        Assert.False(await db.Editions.AnyAsync(e => e.ArticleId == draft.Id));
        Assert.Equal(ArticleStatus.Draft, (await db.Articles.SingleAsync(a => a.Id == draft.Id)).Status);
    }

    [SkippableFact]
    public async Task Publishing_a_missing_article_or_a_stale_version_is_rejected()
    {
        var draft = await Newsroom.DraftAsync();
        await Newsroom.SaveAsync(draft.Id, Newsroom.Story("Newer"));

        var stale = await PublishAsync(draft.Id, expectedVersion: draft.Version);
        var unknown = await PublishAsync(ArticleId.New());

        Assert.Equal(2, Refusal<VersionConflict>(stale.Errors).CurrentVersion);
        Assert.Equal(["id"], Refusal<ArticleNotFound>(unknown.Errors).Path);
    }

    [SkippableFact]
    public async Task Publishing_an_unchanged_article_again_changes_nothing()
    {
        var builder = await Newsroom.PersonaAsync("The Repeater");
        var draft = await Newsroom.DraftAsync();
        await Newsroom.ApprovedTakeAsync(draft.Id, builder.Id);
        var first = await Newsroom.PublishAsync(draft.Id);
        Database.Clock.Advance(TimeSpan.FromMinutes(1));
        var changes = await LastChangeAsync();

        var again = await Newsroom.PublishAsync(draft.Id);

        Assert.Equal((first.LiveEditionId, first.Version), (again.LiveEditionId, again.Version));
        Assert.Equal(first.UpdatedAt, again.UpdatedAt);
        Assert.Equal(changes, await LastChangeAsync());
    }

    [SkippableFact]
    public async Task Publishing_a_new_revision_supersedes_the_edition_and_keeps_the_publication_date()
    {
        var first = await Newsroom.PublishedAsync();
        Database.Clock.Advance(TimeSpan.FromHours(2));
        await Newsroom.SaveAsync(first.Id, Newsroom.Story("Newer words"));

        var second = await Newsroom.PublishAsync(first.Id);

        await using var db = await OpenAsync();
        var editions = await EditionsAsync(first.Id);
        var now = Database.Clock.GetUtcNow();
        Assert.Equal([EditionKind.Published, EditionKind.Updated], editions.Select(e => e.Kind));
        Assert.Equal([1, 2], editions.Select(e => e.Number));
        Assert.Equal((now.AddHours(-2), now), (editions[0].LiveFrom, editions[0].SupersededAt));
        Assert.Equal((now, null), (editions[1].LiveFrom, editions[1].SupersededAt));
        Assert.All(editions, e => Assert.Equal(now.AddHours(-2), e.PublishedAt));
        Assert.All(editions, e => Assert.Equal(now.AddHours(-2), e.FirstPublishedAt));
        Assert.Equal(["A compiler in a week", "Newer words"], editions.Select(e => e.Content!.Headline));
        var listing = await db.ArticleListings.SingleAsync(l => l.ArticleId == first.Id);
        Assert.Equal(
            (editions[1].Id, now.AddHours(-2), now),
            (listing.EditionId, listing.PublishedAt, listing.UpdatedAt)
        );
        Assert.Equal(editions[1].Id, second.LiveEditionId);
        Assert.Equal("Newer words", (await db.SearchDocuments.SingleAsync(d => d.ArticleId == first.Id)).Headline);
    }

    [SkippableFact]
    public async Task A_take_approved_later_creates_an_update_and_the_earlier_take_keeps_its_date()
    {
        var builder = await Newsroom.PersonaAsync("The Early Bird");
        var skeptic = await Newsroom.PersonaAsync("The Latecomer", "Reality Check", order: 2);
        var draft = await Newsroom.DraftAsync();
        var early = await Newsroom.ApprovedTakeAsync(draft.Id, builder.Id);
        await Newsroom.PublishAsync(draft.Id);
        var publishedAt = Database.Clock.GetUtcNow();
        Database.Clock.Advance(TimeSpan.FromHours(1));
        var late = await Newsroom.ApprovedTakeAsync(draft.Id, skeptic.Id, "Wait for the benchmarks.");

        var updated = await Newsroom.PublishAsync(draft.Id);

        await using var db = await OpenAsync();
        var takes = await db
            .EditionTakes.Where(t => t.EditionId == updated.LiveEditionId)
            .OrderBy(t => t.Ordinal)
            .ToListAsync();
        Assert.Equal(EditionKind.Updated, (await EditionsAsync(draft.Id))[^1].Kind);
        Assert.Equal(
            [(early.Id, publishedAt), (late.Id, publishedAt.AddHours(1))],
            takes.Select(t => (t.TakeId, t.PublishedAt))
        );
        Assert.Equal(
            takes.Select(t => (t.TakeId, t.EditionId, t.PersonaId, t.PublishedAt)),
            (await db.TakeListings.Where(l => l.TakeId == early.Id || l.TakeId == late.Id).ToListAsync())
                .OrderBy(l => l.PublishedAt)
                .Select(l => (l.TakeId, l.EditionId, l.PersonaId, l.PublishedAt))
        );
    }

    [SkippableFact]
    public async Task Publishing_after_a_withdrawal_sets_a_new_date_and_keeps_the_first_publication_date()
    {
        var builder = await Newsroom.PersonaAsync("The Returner");
        var draft = await Newsroom.DraftAsync();
        var take = await Newsroom.ApprovedTakeAsync(draft.Id, builder.Id);
        await Newsroom.PublishAsync(draft.Id);
        var first = Database.Clock.GetUtcNow();
        Database.Clock.Advance(TimeSpan.FromDays(1));
        Newsroom.Value(await WithdrawAsync(draft.Id));
        Database.Clock.Advance(TimeSpan.FromDays(1));

        var article = await Newsroom.PublishAsync(draft.Id);

        await using var db = await OpenAsync();
        var edition = (await EditionsAsync(draft.Id))[^1];
        Assert.Equal((3, EditionKind.Published, article.LiveEditionId), (edition.Number, edition.Kind, edition.Id));
        Assert.Equal((first, first.AddDays(2)), (edition.FirstPublishedAt, edition.PublishedAt));
        Assert.Equal((first, first.AddDays(2)), (article.FirstPublishedAt, article.PublishedAt));
        Assert.Equal(first.AddDays(2), (await db.TakeListings.SingleAsync(l => l.TakeId == take.Id)).PublishedAt);
    }

    [SkippableFact]
    public async Task An_edition_keeps_its_tags_and_tools_in_order_and_is_listed_once_under_each_facet()
    {
        var (category, source) = (CategoryId.New(), SourceId.New());
        var (security, ai) = (TagId.New(), TagId.New());
        await AddAsync(
            new Category
            {
                Id = category,
                Slug = "launch",
                Name = "Launch",
            },
            new Source
            {
                Id = source,
                Slug = "venturebeat",
                Name = "VentureBeat",
            },
            new Tag
            {
                Id = security,
                Slug = "security",
                Name = "Security",
            },
            new Tag
            {
                Id = ai,
                Slug = "ai",
                Name = "AI",
            }
        );
        var (lantern, forge) = (await Newsroom.ToolAsync("LanternDB"), await Newsroom.ToolAsync("Forge"));
        var builder = await Newsroom.PersonaAsync("The Facetted");
        var draft = await Newsroom.DraftAsync(
            Newsroom.Story() with
            {
                CategoryId = category,
                SourceId = source,
                Tags = [security, ai, security],
                Tools = [forge.Id, lantern.Id],
            }
        );
        await Newsroom.ApprovedTakeAsync(draft.Id, builder.Id);

        var live = (await Newsroom.PublishAsync(draft.Id)).LiveEditionId;

        await using var db = await OpenAsync();
        var tags = db.EditionTags.Where(t => t.EditionId == live).OrderBy(t => t.Ordinal).Select(t => t.TagId);
        var tools = db.EditionTools.Where(t => t.EditionId == live).OrderBy(t => t.Ordinal).Select(t => t.ToolId);
        var facets = await db.ArticleListings.Where(l => l.ArticleId == draft.Id).Select(l => l.FacetId).ToListAsync();
        IEntityId[] expected = [category, source, security, ai, lantern.Id, forge.Id, builder.Id];
        Assert.Equal([security, ai], await tags.ToListAsync());
        Assert.Equal([forge.Id, lantern.Id], await tools.ToListAsync());
        Assert.Equal(
            expected.Select(FacetId.Of).Append(FacetId.All).OrderBy(f => f.Value),
            facets.OrderBy(f => f.Value)
        );
    }

    [SkippableFact]
    public async Task The_disclosure_names_the_model_that_drafted_the_article_and_the_editor_who_reviewed_it()
    {
        var builder = await Newsroom.PersonaAsync("The Disclosed");
        var draft = Newsroom.Value(
            await Database
                .Get<CreateArticle>()
                .Handle(new CreateArticleInput { Content = Newsroom.Story() }, Newsroom.Model("Quill", "4.1"), default)
        );
        await Newsroom.ApprovedTakeAsync(draft.Id, builder.Id);
        await Newsroom.ApproveAsync(draft.Id);

        var article = await Newsroom.PublishAsync(draft.Id);

        await using var db = await OpenAsync();
        var edition = await db.Editions.SingleAsync(e => e.Id == article.LiveEditionId);
        Assert.Equal("Written by Quill, reviewed by Erin.", edition.Disclosure);
        Assert.Equal(DigitalSourceType.TrainedAlgorithmicMedia, edition.DigitalSourceType);
        Assert.Null((await db.EditionTakes.SingleAsync(t => t.EditionId == edition.Id)).Disclosure);
    }

    private async Task<List<Edition>> EditionsAsync(ArticleId article)
    {
        await using var db = await OpenAsync();
        return await db.Editions.AsNoTracking().Where(e => e.ArticleId == article).OrderBy(e => e.Number).ToListAsync();
    }

    private async Task<long> LastChangeAsync()
    {
        await using var db = await OpenAsync();
        return await db.Changes.MaxAsync(c => c.Seq);
    }
}

public sealed class PublishingTests_Sqlite(SqliteTestDatabase database)
    : PublishingTests(database),
        IClassFixture<SqliteTestDatabase>;

public sealed class PublishingTests_SqlServer(SqlServerTestDatabase database)
    : PublishingTests(database),
        IClassFixture<SqlServerTestDatabase>;
