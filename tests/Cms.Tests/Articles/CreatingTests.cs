using Cms.Articles;
using Cms.Articles.Drafting;
using Cms.GraphQL;
using Cms.Taxonomy;
using Cms.Testing;
using Cms.Tools;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Articles;

public abstract class CreatingTests(TestDatabase database) : DatabaseSuite(database)
{
    [SkippableFact]
    public async Task A_new_article_is_a_draft_with_one_revision_by_its_author()
    {
        var article = await Newsroom.DraftAsync(Newsroom.Story("Begun today"));

        await using var db = await OpenAsync();
        var revision = await db.Revisions.SingleAsync(r => r.ArticleId == article.Id);
        Assert.Equal((ArticleStatus.Draft, 1, 1), (article.Status, article.RevisionCount, article.Version));
        Assert.Equal((article.HeadId, 1, Newsroom.Erin.Contributor), (revision.Id, revision.Number, revision.Drafter));
        Assert.Equal((Database.Clock.GetUtcNow(), "Erin"), (article.UpdatedAt, article.UpdatedBy));
        Assert.False(await db.ArticleListings.AnyAsync(l => l.ArticleId == article.Id));
    }

    [SkippableFact]
    public async Task Control_characters_in_the_headline_summary_and_byline_become_spaces()
    {
        var article = await Newsroom.DraftAsync(
            Newsroom.Story("A\u0000\u0007 headline\r\npasted") with
            {
                Summary = "\tTwo\nlines.",
                Byline = "By Erin\u0085",
            }
        );

        await using var db = await OpenAsync();
        var content = (await db.Revisions.SingleAsync(r => r.ArticleId == article.Id)).Content;
        Assert.Equal(
            ("A headline pasted", "Two lines.", "By Erin"),
            (content.Headline, content.Summary, content.Byline)
        );
    }

    [SkippableFact]
    public async Task The_slug_comes_from_the_headline_and_gets_a_number_if_it_is_taken()
    {
        var story = Newsroom.Story("Café society: what’s next?");

        var slugs = new[]
        {
            (await Newsroom.DraftAsync(story)).Slug,
            (await Newsroom.DraftAsync(story)).Slug,
            (await Newsroom.DraftAsync(story)).Slug,
        };

        Assert.Equal(["cafe-society-whats-next", "cafe-society-whats-next-2", "cafe-society-whats-next-3"], slugs);
    }

    [SkippableFact]
    public async Task A_numbered_slug_that_is_already_taken_is_skipped()
    {
        await Newsroom.DraftAsync(slug: "launch-day-2");
        await Newsroom.DraftAsync(Newsroom.Story("Launch day"));

        Assert.Equal("launch-day-3", (await Newsroom.DraftAsync(Newsroom.Story("Launch day"))).Slug);
    }

    [SkippableFact]
    public async Task When_fifty_numbered_slugs_are_taken_the_slug_gets_a_random_number()
    {
        var taken = Enumerable.Range(1, 51).Select(n => n == 1 ? "weekly-notes" : $"weekly-notes-{n}");
        await AddAsync([.. taken.Select(ArticleWithSlug)]);

        var created = Newsroom.Value(await CreateAsync(Newsroom.Story("Weekly notes")));

        Assert.Matches("^weekly-notes-[0-9]{6}$", created.Slug);
    }

    [SkippableFact]
    public async Task A_requested_slug_is_used_and_cannot_be_requested_again()
    {
        var article = await Newsroom.DraftAsync(slug: "asked-for");
        var second = await CreateAsync(Newsroom.Story(), "asked-for");

        Assert.Equal("asked-for", article.Slug);
        Assert.Equal(["slug"], Refusal<SlugTaken>(second.Errors).Path);
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("Capital")]
    [InlineData("two--hyphens")]
    [InlineData("-before")]
    [InlineData("after-")]
    [InlineData("with space")]
    [InlineData("straße")]
    public async Task A_malformed_slug_is_rejected(string slug)
    {
        var refusal = Refusal<SlugMalformed>((await CreateAsync(Newsroom.Story(), slug)).Errors);

        Assert.Equal(slug, refusal.Slug);
        Assert.Equal(["slug"], refusal.Path);
    }

    [SkippableFact]
    public async Task A_headline_that_yields_no_slug_requires_an_explicit_slug()
    {
        Assert.Equal(["slug"], Refusal<SlugMalformed>((await CreateAsync(Newsroom.Story("東京 → ?"))).Errors).Path);
        Assert.Equal("tokyo", (await Newsroom.DraftAsync(Newsroom.Story("東京 → ?"), "tokyo")).Slug);
    }

    [SkippableFact]
    public async Task All_references_to_missing_items_are_reported_together()
    {
        var story = Newsroom.Story() with
        {
            CategoryId = CategoryId.New(),
            SourceId = SourceId.New(),
            Tags = [TagId.New(), TagId.New()],
            Tools = [ToolId.New()],
        };

        var created = await CreateAsync(story);

        Assert.Equal(
            [
                "CategoryNotFound at category",
                "SourceNotFound at source",
                "TagNotFound at tags",
                "TagNotFound at tags",
                "ToolNotFound at about",
            ],
            Named(created.Errors)
        );
        Assert.Equal(story.Tags, created.Errors.OfType<TagNotFound>().Select(e => e.TagId));
    }

    [SkippableFact]
    public async Task All_invalid_fields_are_reported_together()
    {
        var created = await CreateAsync(
            new ArticleContent
            {
                Headline = new string('h', 301),
                Summary = new string('s', 2001),
                Byline = new string('b', 301),
                SourceUrl = "venturebeat.example",
                Language = "english, mostly",
                Seo = new Seo
                {
                    Title = new string('t', 301),
                    Description = new string('d', 2001),
                    CanonicalUrl = "ftp://files.example/",
                },
            }
        );

        Assert.Equal(
            [
                "TextTooLong at headline",
                "TextTooLong at summary",
                "TextTooLong at byline",
                "TextTooLong at seo.title",
                "TextTooLong at seo.description",
                "UrlMalformed at sourceUrl",
                "UrlMalformed at seo.canonicalUrl",
                "LanguageMalformed at language",
            ],
            Named(created.Errors)
        );
    }

    [SkippableFact]
    public async Task An_article_has_at_most_fifty_tags_and_fifty_tools()
    {
        var created = await CreateAsync(
            Newsroom.Story() with
            {
                Tags = [.. Enumerable.Repeat(0, 51).Select(_ => TagId.New())],
                Tools = [.. Enumerable.Repeat(0, 51).Select(_ => ToolId.New())],
            }
        );

        Assert.Equal(["TooMany at tags", "TooMany at about"], Named(created.Errors).Take(2));
    }

    [SkippableFact]
    public async Task Texts_of_the_maximum_length_are_saved_in_full()
    {
        var story = Newsroom.Story(new string('h', 300)) with
        {
            Summary = new string('s', 2000),
            Byline = new string('b', 300),
            SourceUrl = "https://a.example/" + new string('p', 1982),
            Language = "de-Latn-DE-1996",
        };

        var article = await Newsroom.DraftAsync(story);

        await using var db = await OpenAsync();
        var saved = (await db.Revisions.SingleAsync(r => r.Id == article.HeadId)).Content;
        Assert.Equal((story.Headline, story.Summary, story.Byline), (saved.Headline, saved.Summary, saved.Byline));
        Assert.Equal((story.SourceUrl, story.Language), (saved.SourceUrl, saved.Language));
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData(" \t ")]
    public async Task An_article_without_a_headline_is_rejected_and_nothing_is_saved(string headline)
    {
        await using var db = await OpenAsync();
        var before = await db.Articles.CountAsync();

        var created = await CreateAsync(Newsroom.Story(headline), "no-headline");

        Assert.Equal(["headline"], Refusal<HeadlineRequired>(created.Errors).Path);
        Assert.Equal(before, await db.Articles.CountAsync());
    }

    private Task<Result<Article>> CreateAsync(ArticleContent content, string? slug = null) =>
        Database
            .Get<CreateArticle>()
            .Handle(new CreateArticleInput { Content = content, Slug = slug }, Newsroom.Erin, default);

    private Article ArticleWithSlug(string slug) =>
        new()
        {
            Id = ArticleId.New(),
            Slug = slug,
            CreatedAt = Database.Clock.GetUtcNow(),
        };
}

public sealed class CreatingTests_Sqlite(SqliteTestDatabase database)
    : CreatingTests(database),
        IClassFixture<SqliteTestDatabase>;

public sealed class CreatingTests_SqlServer(SqlServerTestDatabase database)
    : CreatingTests(database),
        IClassFixture<SqlServerTestDatabase>;
