using System.Globalization;
using System.Text.Json;

namespace Cms.Server.Tests.Contention;

/// <summary>
/// A newsroom in which every text contains the number of its story, so that a text in a wrong answer is detected. Still
/// stories never change. Moving stories are corrected again and again, and still questions never return them.
/// </summary>
internal static class ContentionNewsroom
{
    public const int Still = 24;
    public const int Moving = 6;

    private static readonly string[] Panel = ["Builder", "Skeptic", "Futurist"];

    public static string Number(int story) => story.ToString("000", CultureInfo.InvariantCulture);

    public static string Headline(int story, int version) => $"Moving story {Number(story)} version {version}";

    public static string Summary(int story, int version) => $"The state of {Number(story)} at version {version}.";

    public static string Text(int story, int version) =>
        $"Paragraph of moving story {Number(story)}, version {version}.";

    /// <summary>Writes the files for the <c>import</c> command.</summary>
    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var persona in (string[])[.. Panel, "Mover"])
        {
            File.WriteAllText(
                Path.Combine(folder, $"persona-{persona}.md"),
                $"---\ntype: persona\nname: The {persona}\nlens: {persona}'s Perspective\n---\n"
            );
        }

        for (var tool = 0; tool < 4; tool++)
        {
            File.WriteAllText(
                Path.Combine(folder, $"tool-{tool}.md"),
                $"---\ntype: tool\nname: Tool {tool}\nsummary: What tool {tool} does.\n---\n"
            );
        }

        for (var story = 0; story < Still; story++)
        {
            File.WriteAllText(Path.Combine(folder, $"still-{Number(story)}.md"), StillStory(story));
        }

        for (var story = 0; story < Moving; story++)
        {
            File.WriteAllText(Path.Combine(folder, $"moving-{Number(story)}.md"), MovingStory(story));
        }
    }

    /// <summary>Returns queries whose answers do not change when moving stories are corrected.</summary>
    public static IEnumerable<string> StillQuestions()
    {
        const string card =
            "id slug headline summary publishedAt source { name } takes { text persona { name lens } } tags { name }";
        for (var story = 0; story < Still; story++)
        {
            var number = Number(story);
            yield return $$"""
                { article(slug: "still-story-{{number}}") { id headline summary body { html plainText } category { name }
                  takes { text verdict stance persona { name lens } } tags { slug name } about { name } } }
                """;
            yield return $$"""{ article(slug: "still-story-{{number}}") { takes { text persona { slug } } tags { slug } } }""";
            yield return $$"""{ search(query: "mark{{number}}") { nodes { article { headline takes { text } } } } }""";
            yield return $$"""{ route(path: "/articles/still-story-{{number}}") { __typename } }""";
        }

        for (var topic = 0; topic < 6; topic++)
        {
            yield return $$"""{ tag(slug: "topic-{{topic}}") { name articles(first: 3) { totalCount nodes { {{card}} } } } }""";
            yield return $$"""
                { articles(first: 5, where: { tags: { some: { slug: { eq: "topic-{{topic}}" } } } }) { nodes { headline takes { text } } } }
                """;
        }

        foreach (var persona in Panel)
        {
            yield return $$"""
                { persona(slug: "the-{{persona.ToLowerInvariant()}}") { name takes(first: 5) { nodes { text article { headline } } } } }
                """;
        }

        yield return $"{{ articles(first: {Still}) {{ nodes {{ {card} }} }} }}";
        yield return "{ personas { nodes { name lens } } tools { nodes { name summary } } categories { nodes { name } } }";
    }

    public static string MovingQuestion(int story) =>
        $$"""{ article(slug: "moving-story-{{Number(story)}}") { headline summary body { plainText } takes { text persona { name } } } }""";

    /// <summary>Returns the exact answer to a moving question while this version is published.</summary>
    public static byte[] MovingAnswer(int story, int version) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                data = new
                {
                    article = new
                    {
                        headline = Headline(story, version),
                        summary = Summary(story, version),
                        body = new { plainText = Text(story, version) },
                        takes = (object[])
                            [new { text = $"The mover on {Number(story)}.", persona = new { name = "The Mover" } }],
                    },
                },
            }
        );

    private static string StillStory(int story)
    {
        var number = Number(story);
        var takes = string.Concat(
            Panel.Select(persona =>
                $"  - {{ persona: The {persona}, text: The {persona} on {number}., verdict: Verdict {number}. }}\n"
            )
        );
        var day = (story % 28 + 1).ToString("00", CultureInfo.InvariantCulture);
        return $$"""
            ---
            headline: Still story {{number}}
            summary: What still story {{number}} is about.
            category: Desk {{story % 3}}
            source: { name: Paper {{story % 2}}, url: "https://paper.example/{{number}}" }
            date: 2026-03-{{day}}T08:00:00Z
            tags: [Topic {{story % 6}}, Still {{number}}]
            tools: [Tool {{story % 4}}]
            takes:
            {{takes}}---

            First paragraph of {{number}} with the word mark{{number}} in it.

            Second paragraph of {{number}}.

            """;
    }

    private static string MovingStory(int story) =>
        $"""
            ---
            headline: {Headline(story, 0)}
            slug: moving-story-{Number(story)}
            summary: {Summary(story, 0)}
            date: 2026-01-01T08:00:00Z
            category: Desk 0
            tags: [Moving]
            takes:
              - persona: The Mover
                text: The mover on {Number(story)}.
            ---

            {Text(story, 0)}

            """;
}
