using Cms.Articles;
using Cms.Body;
using Cms.Import;
using Cms.Panel;
using Cms.Panel.Drafting;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Import;

/// <summary>Files carry which passages takes refer to, and which takes they answer.</summary>
[Slow]
public sealed class PanelImportTests : IAsyncLifetime
{
    private const string Body = "The disk said yes.\n\n- It lied.\n- It lied again.\n\nThen it said yes again.\n";

    private static readonly DateTimeOffset Now = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly AnyTestDatabase _database = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-panel-");

    private Newsroom Newsroom => field ??= new Newsroom(_database.Services);

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
    public async Task Anchors_and_replies_written_on_the_desk_come_back_from_a_file_and_are_exported_alike()
    {
        var (builder, skeptic) = (await PersonaAsync("Builder", 1), await PersonaAsync("Skeptic", 2));
        var body = RichText.FromMarkdown(Body, EmbedSlugs.None).Value!.Body;
        var article = await Newsroom.DraftAsync(Newsroom.Story().WithBody(body), "story");
        var answered = await TakeAsync(
            article.Id,
            skeptic,
            new TakeAnchor { BlockId = body.Blocks[2].Id, Quote = "said yes" }
        );
        await TakeAsync(article.Id, builder, new TakeAnchor { BlockId = body.Blocks[1].Id }, answered.Id);
        await Newsroom.PublishAsync(article.Id);

        var first = await ExportAsync(_database, "first");
        var copy = new SqliteTestDatabase();
        try
        {
            copy.Clock.SetUtcNow(Now);
            await copy.InitializeAsync();
            var imported = await ImportAsync(copy, "first");
            var again = await ImportAsync(copy, "first");
            await ExportAsync(copy, "second");

            await using var db = await copy.OpenAsync();
            var takes = await db.EditionTakes.OrderBy(t => t.Ordinal).ToListAsync();
            Assert.Empty(first.Warnings);
            Assert.Empty(imported.Refused);
            Assert.Equal(imported.Imported, again.Unchanged);
            Assert.Equal([body.Blocks[1].Id, body.Blocks[2].Id], takes.Select(t => t.Anchor!.BlockId));
            Assert.Equal([null, "said yes"], takes.Select(t => t.Anchor!.Quote));
            Assert.Equal([takes[1].TakeId, null], takes.Select(t => t.InReplyTo));
            Assert.Equal(Text("first"), Text("second"));
        }
        finally
        {
            await copy.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_quote_alone_names_the_first_block_with_its_words()
    {
        await PersonaAsync("Builder", 1);

        var imported = await ImportTakesAsync("{ persona: builder, text: T., anchor: { quote: It lied again } }");

        Assert.Empty(imported.Refused);
        await using var db = await _database.OpenAsync();
        var edition = await db.Editions.SingleAsync();
        var item = RichText.OfStored(edition.Content!.Body!).Blocks[1].Children[1];
        var anchor = (await db.EditionTakes.SingleAsync()).Anchor;
        Assert.Equal(new TakeAnchor { BlockId = item.Children[0].Id, Quote = "It lied again" }, anchor);
    }

    [Fact]
    public async Task A_changed_anchor_or_reply_in_a_file_is_published_as_an_update()
    {
        await PersonaAsync("Builder", 1);
        await PersonaAsync("Skeptic", 2);
        await ImportTakesAsync("{ persona: builder, text: T. }", "{ persona: skeptic, text: U. }");

        await ImportTakesAsync(
            "{ persona: builder, text: T., anchor: { block: 1 }, inReplyTo: skeptic }",
            "{ persona: skeptic, text: U. }"
        );

        await using var db = await _database.OpenAsync();
        var live = await db.Articles.Select(a => a.LiveEditionId).SingleAsync();
        var take = await db.EditionTakes.SingleAsync(t => t.EditionId == live && t.Text == "T.");
        Assert.NotNull(take.Anchor);
        Assert.NotNull(take.InReplyTo);
        Assert.Equal((2, 2), (await db.Editions.CountAsync(), await db.Takes.CountAsync()));
    }

    [Theory]
    [InlineData(
        "{ persona: builder, text: T., inReplyTo: the-critic }",
        "The take of Builder answers ‘the-critic’, who has no take on this article. Add that take to the file, or correct or remove inReplyTo."
    )]
    [InlineData(
        "{ persona: builder, text: T., inReplyTo: skeptic }",
        "The take of Builder answers ‘Skeptic’, who has no take on this article. Add that take to the file, or correct or remove inReplyTo."
    )]
    [InlineData(
        "{ persona: builder, text: T., inReplyTo: builder }",
        "The take of Builder answers itself. Name a different persona in inReplyTo, or remove it."
    )]
    [InlineData(
        "{ persona: builder, text: T., inReplyTo: futurist }\n  - { persona: futurist, text: U., inReplyTo: builder }",
        "a take cannot answer a reply, and a take with replies cannot be one. Correct or remove inReplyTo."
    )]
    [InlineData(
        "{ persona: builder, text: T., anchor: { quote: It told the truth } }",
        "The body does not contain ‘It told the truth’ in one block. Copy the words of the quote from the article, or remove the anchor."
    )]
    [InlineData(
        "{ persona: builder, text: T., anchor: { quote: It lied, block: 3 } }",
        "Block 3 of the body does not contain ‘It lied’. Copy the words of the quote from that block, or remove the number of the block."
    )]
    [InlineData(
        "{ persona: builder, text: T., anchor: { block: 2.3 } }",
        "The body has no block 2.3. Count its blocks from 1, and the blocks inside block 3 as 3.1, 3.2 and so on, or give only a quote."
    )]
    [InlineData("{ persona: builder, text: T., anchor: {} }", "Write anchor as { quote: … }, { block: 3 } or both.")]
    public async Task A_passage_or_target_that_does_not_exist_is_rejected_with_advice(string takes, string advice)
    {
        await PersonaAsync("Builder", 1);
        await PersonaAsync("Skeptic", 2);
        await PersonaAsync("Futurist", 3);

        var imported = await ImportTakesAsync(takes);

        Assert.EndsWith(advice, imported.Refused[0].Reason, StringComparison.Ordinal);
        await using var db = await _database.OpenAsync();
        Assert.Equal(0, await db.Articles.CountAsync());
    }

    [Fact]
    public async Task A_passage_that_the_text_no_longer_has_is_left_out_of_the_export_with_a_warning()
    {
        var builder = await PersonaAsync("Builder", 1);
        var body = RichText.FromMarkdown(Body, EmbedSlugs.None).Value!.Body;
        var article = await Newsroom.DraftAsync(Newsroom.Story().WithBody(body), "story");
        await TakeAsync(article.Id, builder, new TakeAnchor { BlockId = body.Blocks[0].Id, Quote = "It burned." });
        await Newsroom.PublishAsync(article.Id);

        var summary = await ExportAsync(_database, "out");

        Assert.Equal(
            $"articles/story.md: the anchor of the take of {builder.Slug} is left out, because the text does not have that passage.",
            Assert.Single(summary.Warnings)
        );
        Assert.DoesNotContain("anchor", Text("out"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reply_to_a_retracted_take_is_exported_without_it_and_importing_that_file_changes_nothing()
    {
        await PersonaAsync("Builder", 1);
        await PersonaAsync("Skeptic", 2);
        await ImportTakesAsync("{ persona: builder, text: T., inReplyTo: skeptic }", "{ persona: skeptic, text: U. }");
        await using var db = await _database.OpenAsync();
        var target = await db.TakeRevisions.Where(r => r.Content.Text == "U.").Select(r => r.TakeId).SingleAsync();
        Newsroom.Value(
            await _database
                .Get<RetractTake>()
                .Handle(new RetractTakeInput { Id = target, Reason = "Wrong." }, Newsroom.Erin, default)
        );

        var summary = await ExportAsync(_database, "out");
        var again = await ImportAsync(_database, "out");

        Assert.Contains(
            "what the take of builder answers is left out",
            Assert.Single(summary.Warnings),
            StringComparison.Ordinal
        );
        Assert.Empty(again.Refused);
        Assert.Equal((0, 2), (again.Imported, await db.Editions.CountAsync()));
    }

    private Task<Persona> PersonaAsync(string name, int order) => Newsroom.PersonaAsync(name, "A lens", order);

    private async Task<Take> TakeAsync(ArticleId article, Persona persona, TakeAnchor anchor, TakeId? answers = null)
    {
        var take = Newsroom.Value(
            await _database
                .Get<DraftTake>()
                .Handle(
                    new DraftTakeInput
                    {
                        Article = article,
                        Persona = persona.Id,
                        Content = new TakeContent { Text = "A take." },
                        Anchor = anchor,
                        InReplyTo = answers,
                    },
                    Newsroom.Erin,
                    default
                )
        );
        return Newsroom.Value(
            await _database.Get<ApproveTake>().Handle(new ApproveTakeInput { Id = take.Id }, Newsroom.Erin, default)
        );
    }

    private async Task<ImportSummary> ImportTakesAsync(params string[] takes)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.FullName, "in"));
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "story.md"),
            $"---\nheadline: One\nsummary: S.\ntakes:\n{string.Concat(takes.Select(take => $"  - {take}\n"))}---\n{Body}"
        );
        return await ImportAsync(_database, "in");
    }

    private Task<ImportSummary> ImportAsync(TestDatabase database, string folder) =>
        database
            .Get<ImportNewsroom>()
            .Handle(Path.Combine(_folder.FullName, folder), new ImportOptions(), null, default);

    private Task<ExportSummary> ExportAsync(TestDatabase database, string folder) =>
        database.Get<ExportNewsroom>().Handle(Path.Combine(_folder.FullName, folder), default);

    private string Text(string folder)
    {
        var root = Path.Combine(_folder.FullName, folder);
        return string.Concat(
            Directory
                .EnumerateFiles(root, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(file => $"{Path.GetRelativePath(root, file)}\n{File.ReadAllText(file)}")
        );
    }
}
