using System.Text;
using Cms.Import;
using Cms.Testing;
using Snapshooter.Xunit;
using Xunit;

namespace Cms.Tests.Import;

/// <summary>Files with every kind of error. Each file is rejected separately with a reason.</summary>
public sealed class HostileImportTests : IAsyncLifetime
{
    private const string Head = "headline: A headline\nsummary: A summary.\n";

    private readonly AnyTestDatabase _database = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-import-");

    public Task InitializeAsync()
    {
        _database.Clock.SetUtcNow(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));
        return _database.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Each_bad_file_is_rejected_with_its_reason_and_the_good_ones_are_imported()
    {
        Story("good", Head);
        Persona("a-skeptic", "The Skeptic");
        WriteUnreadable();
        WriteInvalid();
        WriteNinjs();

        var summary = await _database
            .Get<ImportNewsroom>()
            .Handle(_folder.FullName, new ImportOptions(), null, CancellationToken.None);

        Assert.Equal(2, summary.Imported);
        Snapshot.Match(
            string.Join('\n', summary.Refused.Select(r => $"{r.Origin}: {r.Reason}").Order(StringComparer.Ordinal))
        );
    }

    [Theory]
    [InlineData("<div>")]
    [InlineData("<div><p></p>")]
    [InlineData("<div></b>")]
    [InlineData("<b>")]
    public async Task Html_that_is_nested_very_deep_is_read_as_text_at_once(string level)
    {
        var html = string.Concat(Enumerable.Repeat(level, 300_000 / level.Length)) + "Words &lt; more";
        Write(
            "deep.json",
            System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(
                new[]
                {
                    new
                    {
                        uri = "urn:example:deep",
                        type = "text",
                        pubstatus = "usable",
                        versioncreated = "2026-11-20T09:00:00Z",
                        headline = "Deep",
                        description_text = "D.",
                        body_html = html,
                    },
                }
            )
        );

        var summary = await _database
            .Get<ImportNewsroom>()
            .Handle(_folder.FullName, new ImportOptions(), null, CancellationToken.None);

        Assert.Equal(1, summary.Imported);
        Assert.Contains(
            summary.Warnings,
            warning => warning.Contains("nested more than 1000 levels deep", StringComparison.Ordinal)
        );
        await using var db = await _database.OpenAsync();
        Assert.Contains("Words", Assert.Single(db.Revisions).Content.Body, StringComparison.Ordinal);
    }

    private void WriteUnreadable()
    {
        Write("binary.md", Enumerable.Range(0, 4096).Select(i => (byte)(i * 37)).ToArray());
        Write("empty.md", []);
        Write("huge.md", Encoding.UTF8.GetBytes($"---\n{Head}---\n{new string('x', 10_000_000)}"));
        Write("utf-16.md", Encoding.Unicode.GetBytes($"---\n{Head}---\nWords."));
        Write("no-front-matter.md", "Just words."u8.ToArray());
        Write("unclosed.md", Encoding.UTF8.GetBytes($"---\n{Head}"));
        Story("long-front-matter", $"{Head}byline: {new string('x', 300_000)}\n");
        Story("not-yaml", "headline: [unclosed\n");
        Story("not-keys", "- one\n- two\n");
        Story("same-key-twice", $"{Head}headline: Again\n");
        Story("deep", $"headline: {new string('[', 10_000)}{new string(']', 10_000)}\n");
        Story(
            "billion-laughs",
            $"a: &a [x, x, x, x, x, x, x, x, x]\n{string.Concat("bcdefghij".Select((c, i) => $"{c}: &{c} [{string.Join(", ", Enumerable.Repeat($"*{"abcdefghi"[i]}", 9))}]\n"))}{Head}"
        );
        Story("alias-of-itself", $"{Head}tags: &a [*a]\n");
        Story("unknown-alias", $"{Head}tags: *nothing\n");
        Story("object-tag", "headline: !!python/object/apply:os.system [ls]\nsummary: S.\n");
    }

    private void WriteInvalid()
    {
        Story("unknown-key", $"{Head}headlin: Again\n");
        Story("unknown-type", "type: poem\n");
        Story("no-headline", "summary: S.\n");
        Story("no-summary", "headline: Without a summary\n");
        Story("long-headline", $"headline: {new string('x', 400)}\nsummary: S.\n");
        Story("headline-without-letters", "headline: '!!!'\nsummary: S.\n");
        Story("capital-slug", $"{Head}slug: Not A Slug\n");
        Story("tags-as-keys", $"{Head}tags: {{ a: b }}\n");
        Story("tag-without-letters", $"{Head}tags: ['!']\n");
        Story("date", $"{Head}date: some day\n");
        Story("future", $"{Head}date: 2030-01-01T00:00:00Z\n");
        Story("status", $"{Head}status: deleted\n");
        Story("status-by-number", $"{Head}status: 1\n");
        Story("language", $"{Head}language: ../../etc/passwd\n");
        Story("javascript-source", $"{Head}source: {{ name: Paper, url: 'javascript:alert(1)' }}\n");
        Story("source-without-name", $"{Head}source: {{ url: 'https://paper.example/' }}\n");
        Story("unknown-tool", $"{Head}tools: [no-such-tool]\n");
        Story("unknown-persona", $"{Head}takes: [{{ persona: nobody, text: T }}]\n");
        Story("take-without-text", $"{Head}takes: [{{ persona: the-skeptic }}]\n");
        Story("stance", $"{Head}takes: [{{ persona: the-skeptic, text: T, stance: angry }}]\n");
        Story("confidence", $"{Head}takes: [{{ persona: the-skeptic, text: T, confidence: 101 }}]\n");
        Story(
            "two-takes",
            $"{Head}takes: [{{ persona: the-skeptic, text: T }}, {{ persona: The Skeptic, text: U }}]\n"
        );
        Story("unknown-embed", Head, "::article{slug=\"no-such-article\"}");
        Story("long-id", $"{Head}id: {new string('x', 500)}\n");
        Story("same-id-as-good", $"{Head}id: good\n");
        Persona("persona-without-lens", "Lensless", lens: "");
    }

    private void WriteNinjs()
    {
        Json("broken", "{ \"headline\": ");
        Json("deep", string.Concat(Enumerable.Repeat("[", 5_000)) + string.Concat(Enumerable.Repeat("]", 5_000)));
        Json("text", "\"just a text\"");
        Json("numbers", "[1, 2]");
        Json("picture", """{ "type": "picture", "headline": "H" }""");
        Json("cancelled", """{ "headline": "H", "pubstatus": "canceled" }""");
        Json("headless", """{ "body_text": "Words." }""");
        Json("date", """{ "headline": "H", "versioncreated": "yesterday" }""");
    }

    private void Story(string name, string keys, string body = "Words.") =>
        Write($"{name}.md", Encoding.UTF8.GetBytes($"---\n{keys}---\n{body}\n"));

    private void Persona(string file, string name, string lens = "Reality Check") =>
        Write($"{file}.md", Encoding.UTF8.GetBytes($"---\ntype: persona\nname: {name}\nlens: {lens}\n---\n"));

    private void Json(string name, string json) => Write($"ninjs-{name}.json", Encoding.UTF8.GetBytes(json));

    private void Write(string file, byte[] bytes) => File.WriteAllBytes(Path.Combine(_folder.FullName, file), bytes);
}
