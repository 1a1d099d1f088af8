using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Cms.Server.Tests.Access;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Xunit;
using Xunit.Abstractions;

namespace Cms.Server.Tests.Contention;

/// <summary>
/// Many readers and some writers use a server whose reads pause between their steps. Each run lasts ten seconds. Set
/// <c>CMS_TEST_CONTENTION_SECONDS</c> for longer runs.
/// </summary>
[Needs("process")]
public sealed class ContentionTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int ShortSeconds = 10;

    private readonly IssuerForge _issuer = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-contention-");

    public async Task InitializeAsync()
    {
        await _issuer.InitializeAsync();
        var newsroom = Path.Combine(_folder.FullName, "newsroom");
        ContentionNewsroom.Write(newsroom);
        using var import = await CmsProcess.StartPublishedAsync(Settings(), "import", newsroom);
        var (code, printed, complaints) = await import.EndAsync();
        Assert.True(code == 0, $"{printed}\n{complaints}");
    }

    public async Task DisposeAsync()
    {
        await _issuer.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(16)]
    public async Task Every_answer_under_contention_is_correct(int processors)
    {
        var (expected, moving) = await ReferenceAsync();
        using var server = await StartAsync(processors, pauses: 0.01, maxDuration: "00:00:00.800");
        var run = new ContentionRun(server, expected, moving);

        var result = await run.RunAsync(Duration());

        output.WriteLine($"{processors} processors: {result}");
        Assert.True(result.Faults.Count == 0, $"{result}\n{string.Join('\n', result.Faults)}");
        Assert.True(result.IsTelling, result.ToString());
    }

    [Fact]
    public async Task Forced_pauses_are_rejected_in_production()
    {
        using var server = await CmsProcess.StartPublishedAsync(
            Settings(("Cms__ForcedPauses", "0.5")),
            "--urls=http://127.0.0.1:0"
        );

        var (code, _, complaints) = await server.EndAsync();

        Assert.Equal(3, code);
        Assert.Equal(
            "Cms__ForcedPauses slows down reads for tests and must not be set in production: unset it, or set ASPNETCORE_ENVIRONMENT to an environment other than Production.",
            complaints.TrimEnd()
        );
    }

    private static TimeSpan Duration() =>
        TimeSpan.FromSeconds(
            int.TryParse(
                Environment.GetEnvironmentVariable("CMS_TEST_CONTENTION_SECONDS"),
                CultureInfo.InvariantCulture,
                out var seconds
            )
                ? seconds
                : ShortSeconds
        );

    // Gets the expected answers with one reader and no pauses. Each text contains the number of its story, so these
    // answers can be checked without trusting the server.
    private async Task<(Dictionary<string, (byte[], byte[])> Expected, IReadOnlyList<string> Moving)> ReferenceAsync()
    {
        using var server = await StartAsync(processors: 2, pauses: 0, maxDuration: "00:01:00");
        using var client = new HttpClient { BaseAddress = server.Client.BaseAddress };
        var expected = new Dictionary<string, (byte[], byte[])>(StringComparer.Ordinal);
        foreach (var question in ContentionNewsroom.StillQuestions())
        {
            var plain = await ContentionRun.AskAsync(client, question, withCost: false);
            var data = JsonNode.Parse(plain)!["data"];
            Assert.True(data is not null, Encoding.UTF8.GetString(plain));
            AssertOwnTexts(data, story: null);
            expected.Add(question, (plain, await ContentionRun.AskAsync(client, question, withCost: true)));
        }

        List<string> moving = [];
        for (var story = 0; story < ContentionNewsroom.Moving; story++)
        {
            var answer = await ContentionRun.AskAsync(
                client,
                ContentionNewsroom.MovingQuestion(story),
                withCost: false
            );
            Assert.Equal(
                Encoding.UTF8.GetString(ContentionNewsroom.MovingAnswer(story, 0)),
                Encoding.UTF8.GetString(answer)
            );
            var id = await server.AskAsync(
                $$"""{ article(slug: "moving-story-{{ContentionNewsroom.Number(story)}}") { id } }"""
            );
            moving.Add((string)id["data"]!["article"]!["id"]!);
        }

        return (expected, moving);
    }

    // An object with a headline is a story, and the text of every take below it ends with the story's number.
    private static void AssertOwnTexts(JsonNode? node, string? story)
    {
        switch (node)
        {
            case JsonObject members:
                story = members["headline"] is { } headline ? ((string)headline!)[^3..] : story;
                if (story is not null && members["text"] is { } text)
                {
                    Assert.EndsWith($"on {story}.", (string)text!, StringComparison.Ordinal);
                }

                foreach (var (_, member) in members)
                {
                    AssertOwnTexts(member, story);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    AssertOwnTexts(item, story);
                }

                break;
        }
    }

    private Task<ServingProcess> StartAsync(int processors, double pauses, string maxDuration) =>
        ServingProcess.StartPublishedAsync(
            Settings(
                ("ASPNETCORE_ENVIRONMENT", "Testing"),
                ("DOTNET_ENVIRONMENT", "Testing"),
                ("DOTNET_PROCESSOR_COUNT", processors.ToString(CultureInfo.InvariantCulture)),
                ("Cms__ForcedPauses", pauses.ToString(CultureInfo.InvariantCulture)),
                ("Cms__MaxDuration", maxDuration),
                ("Cms__Limits__AnonymousPerSecond", "0"),
                ("Cms__Limits__SignedInPerSecond", "0")
            ),
            Forged.Person(_issuer, "Editor").Sign(),
            _issuer.Settings
        );

    private Dictionary<string, string> Settings(params (string Name, string Value)[] more)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Cms__DataDirectory"] = Path.Combine(_folder.FullName, "data"),
        };
        var quiet = QuietGate.Configuration.Select(setting =>
            (setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value)
        );
        foreach (var (name, value) in quiet.Concat(more))
        {
            settings[name] = value;
        }

        return settings;
    }
}
