using Cms.Articles;
using Cms.Articles.Drafting;
using Cms.Articles.Workflow;
using Cms.GraphQL;
using Cms.Import;
using Cms.Panel;
using Cms.Panel.Drafting;
using Cms.People;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Import;

/// <summary>Files carry which model drafted a text and who reviewed it. No import publishes unreviewed text.</summary>
[Slow]
public sealed class ImportedAiTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DraftedWith Quill = new() { Model = "Quill", Version = "4.1" };

    private readonly AnyTestDatabase _database = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-ai-");

    private Newsroom Newsroom => field ??= new Newsroom(_database.Services);

    private string Out => Path.Combine(_folder.FullName, "out");

    public Task InitializeAsync()
    {
        _database.Clock.SetUtcNow(Now);
        return _database.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_draft_of_a_model_is_still_a_models_draft_after_export_and_import()
    {
        await DraftAsync();

        await ExportAsync();
        await using var copy = new SqliteCopy(Now);
        var imported = await copy.ImportAsync(Out);

        await using var db = await copy.OpenAsync();
        Assert.Empty(imported.Refused);
        Assert.Equal(Quill, (await db.Revisions.SingleAsync()).DraftedWith);
    }

    [Fact]
    public async Task An_import_rejects_a_published_text_of_a_model_without_a_review()
    {
        await PublishedAsync();
        await ExportAsync();

        await using var copy = new SqliteCopy(Now);
        var imported = await copy.ImportAsync(Out);

        await using var db = await copy.OpenAsync();
        Assert.Contains("--trust-reviews", Assert.Single(imported.Refused).Reason, StringComparison.Ordinal);
        Assert.Equal(0, await db.Articles.CountAsync());
    }

    [Fact]
    public async Task An_import_puts_a_take_of_a_model_in_review_and_publishes_the_article_without_it()
    {
        var (article, persona) = (await Newsroom.DraftAsync(slug: "story"), await Newsroom.PersonaAsync());
        await TakeAsync(article.Id, persona.Id, "By a model.", Quill);
        await Newsroom.PublishAsync(article.Id);
        await ExportAsync();

        await using var copy = new SqliteCopy(Now);
        var imported = await copy.ImportAsync(Out);

        await using var db = await copy.OpenAsync();
        var take = await db.Takes.SingleAsync();
        Assert.Empty(imported.Refused);
        Assert.Equal((TakeStatus.InReview, null), (take.Status, take.ApprovedRevisionId));
        Assert.Equal(Quill, (await db.TakeRevisions.SingleAsync()).DraftedWith);
        Assert.Equal((1, 0), (await db.Editions.CountAsync(), await db.EditionTakes.CountAsync()));
        Assert.Contains("The Builder", Assert.Single(imported.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_that_trusts_reviews_publishes_what_readers_saw_with_the_same_disclosures()
    {
        var persona = await Newsroom.PersonaAsync();
        var article = await DraftAsync();
        await Newsroom.SaveAsync(article.Id, Newsroom.Story("Edited by a person"));
        await Newsroom.ApproveAsync(article.Id);
        await TakeAsync(article.Id, persona.Id, "By a model.", Quill);
        await Newsroom.PublishAsync(article.Id);
        await ExportAsync();

        await using var copy = new SqliteCopy(Now);
        var imported = await copy.ImportAsync(Out, trustReviews: true);
        var again = await copy.ImportAsync(Out, trustReviews: true);

        await using var here = await _database.OpenAsync();
        await using var there = await copy.OpenAsync();
        Assert.Empty(imported.Refused);
        Assert.Empty(imported.Warnings);
        Assert.Equal(imported.Imported, again.Unchanged);
        var (before, after) = (await here.Editions.SingleAsync(), await there.Editions.SingleAsync());
        Assert.Equal("Drafted with Quill, edited and reviewed by Erin.", after.Disclosure);
        Assert.Equal(before.DigitalSourceType, after.DigitalSourceType);
        var take = await there.EditionTakes.SingleAsync();
        Assert.Equal("Written by Quill, reviewed by Erin.", take.Disclosure);
        var entry = await there.AuditEntries.SingleAsync(e => e.Action == "import" && e.ArticleId != null);
        Assert.Contains("\"approvedBy\":\"Erin\"", entry.After, StringComparison.Ordinal);
        Assert.Contains("\"reviewer\":\"Erin\"", entry.After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_published_text_whose_approval_was_withdrawn_is_exported_with_who_approved_what_readers_see()
    {
        var article = await PublishedAsync();
        Newsroom.Value(
            await _database
                .Get<SubmitForReview>()
                .Handle(new SubmitForReviewInput { Id = article.Id }, Newsroom.Erin, default)
        );
        Newsroom.Value(
            await _database
                .Get<RequestChanges>()
                .Handle(
                    new RequestChangesInput { Id = article.Id, Comment = "Shorten it." },
                    Newsroom.Person("Olu", Role.Editor),
                    default
                )
        );
        await ExportAsync();

        await using var copy = new SqliteCopy(Now);
        var imported = await copy.ImportAsync(Out, trustReviews: true);

        await using var here = await _database.OpenAsync();
        await using var there = await copy.OpenAsync();
        Assert.False((await here.Revisions.SingleAsync()).IsApproved);
        Assert.Empty(imported.Refused);
        Assert.Equal("Written by Quill, reviewed by Erin.", (await there.Editions.SingleAsync()).Disclosure);
    }

    [Fact]
    public async Task An_import_that_is_repeated_with_trust_approves_the_takes_that_waited()
    {
        var (article, persona) = (await Newsroom.DraftAsync(slug: "story"), await Newsroom.PersonaAsync());
        await TakeAsync(article.Id, persona.Id, "By a model.", Quill);
        await Newsroom.PublishAsync(article.Id);
        await ExportAsync();
        await using var copy = new SqliteCopy(Now);
        await copy.ImportAsync(Out);

        var again = await copy.ImportAsync(Out, trustReviews: true);

        await using var db = await copy.OpenAsync();
        Assert.Empty(again.Refused);
        Assert.Equal("Written by Quill, reviewed by Erin.", (await db.EditionTakes.SingleAsync()).Disclosure);
    }

    [Theory]
    [InlineData("draftedWith: { model: Quill, version: '4' }")]
    [InlineData("draftedWith: { model: Quill, version: '4' }\nreviewedBy: Erin")]
    [InlineData("draftedWith: { model: Quill, version: '4', editedBy: Olu }\nreviewedBy: Erin")]
    public async Task A_file_alone_does_not_publish_or_schedule_a_text_of_a_model(string keys)
    {
        var published = await ImportAsync($"headline: One\nsummary: S.\n{keys}");
        var scheduled = await ImportAsync(
            $"headline: One\nsummary: S.\nstatus: draft\nscheduledAt: 2026-12-02T09:00:00Z\n{keys}"
        );
        var draft = await ImportAsync($"headline: One\nsummary: S.\nstatus: draft\n{keys}");

        Assert.Contains("--trust-reviews", Assert.Single(published.Refused).Reason, StringComparison.Ordinal);
        Assert.Contains("--trust-reviews", Assert.Single(scheduled.Refused).Reason, StringComparison.Ordinal);
        Assert.Empty(draft.Refused);
        await using var db = await _database.OpenAsync();
        Assert.False((await db.Revisions.SingleAsync()).IsApproved);
    }

    [Fact]
    public async Task A_file_that_no_longer_names_the_model_does_not_remove_its_record()
    {
        await ImportAsync("headline: One\nsummary: S.\nstatus: draft\ndraftedWith: { model: Quill, version: '4' }");

        var published = await ImportAsync("headline: One\nsummary: S.");

        Assert.Contains("Quill drafted this text", Assert.Single(published.Refused).Reason, StringComparison.Ordinal);
        await using var db = await _database.OpenAsync();
        Assert.Equal(0, await db.Editions.CountAsync());
    }

    [Fact]
    public async Task A_file_with_the_words_of_an_unreviewed_take_of_a_model_does_not_approve_them()
    {
        var persona = await Newsroom.PersonaAsync();
        await ImportAsync("headline: One\nsummary: S.\nstatus: draft");
        await using var db = await _database.OpenAsync();
        var article = await db.Articles.Select(a => a.Id).SingleAsync();
        Newsroom.Value(
            await _database
                .Get<DraftTake>()
                .Handle(
                    new DraftTakeInput
                    {
                        Article = article,
                        Persona = persona.Id,
                        Content = new TakeContent { Text = "By a model." },
                        DraftedWith = Quill,
                    },
                    Newsroom.Erin,
                    default
                )
        );

        var imported = await ImportAsync(
            $"headline: One\nsummary: S.\ntakes:\n  - {{ persona: {persona.Slug}, text: By a model. }}"
        );

        Assert.Empty(imported.Refused);
        Assert.Null((await db.Takes.SingleAsync()).ApprovedRevisionId);
        Assert.Equal((1, 0), (await db.Editions.CountAsync(), await db.EditionTakes.CountAsync()));
    }

    [Fact]
    public async Task A_take_of_a_model_without_a_version_is_rejected_even_if_its_review_is_trusted()
    {
        var persona = await Newsroom.PersonaAsync();

        var imported = await ImportAsync(
            $"headline: One\nsummary: S.\ntakes:\n  - {{ persona: {persona.Slug}, text: T., draftedWith: {{ model: Quill }}, reviewedBy: Erin }}",
            trustReviews: true
        );

        Assert.Equal(
            "The version of Quill is missing. Add it to the record of the AI model, in draftedWith.",
            Assert.Single(imported.Refused).Reason
        );
    }

    private async Task<ImportSummary> ImportAsync(string keys, bool trustReviews = false)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.FullName, "in"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "story.md"), $"---\n{keys}\n---\nWords.\n");
        return await _database
            .Get<ImportNewsroom>()
            .Handle(folder.FullName, new ImportOptions { TrustReviews = trustReviews }, null, CancellationToken.None);
    }

    private async Task<Article> DraftAsync(string text = "By a model") =>
        Newsroom.Value(
            await _database
                .Get<CreateArticle>()
                .Handle(
                    new CreateArticleInput
                    {
                        Content = Newsroom.Story(text),
                        Slug = "story",
                        DraftedWith = Quill,
                    },
                    Newsroom.Erin,
                    default
                )
        );

    private async Task<Article> PublishedAsync()
    {
        var article = await DraftAsync();
        await Newsroom.ApproveAsync(article.Id);
        return await Newsroom.PublishAsync(article.Id);
    }

    private async Task TakeAsync(ArticleId article, PersonaId persona, string text, Optional<DraftedWith?> model)
    {
        var take = Newsroom.Value(
            await _database
                .Get<DraftTake>()
                .Handle(
                    new DraftTakeInput
                    {
                        Article = article,
                        Persona = persona,
                        Content = new TakeContent { Text = text },
                        DraftedWith = model,
                    },
                    Newsroom.Erin,
                    default
                )
        );
        Newsroom.Value(
            await _database.Get<ApproveTake>().Handle(new ApproveTakeInput { Id = take.Id }, Newsroom.Erin, default)
        );
    }

    private Task<ExportSummary> ExportAsync() => _database.Get<ExportNewsroom>().Handle(Out, CancellationToken.None);
}
