using System.Text;
using System.Text.Json;

namespace Cms.Benchmarks;

/// <summary>A GraphQL document and the variables that its requests use in turn.</summary>
internal sealed class Workload(string name, string query, IReadOnlyList<object?> variables)
{
    private const string Card = "id slug headline summary publishedAt source { name }";
    private const string Takes = "takes { text persona { name lens } }";

    /// <summary>The document of W1.</summary>
    public const string Newest = $"{{ articles(first: 20) {{ nodes {{ {Card} {Takes} tags {{ name }} }} }} }}";

    private const string OfTag =
        $"query($tag: String!, $after: String) {{ articles(first: 20, after: $after, where: {{ tags: {{ some: {{ slug: {{ eq: $tag }} }} }} }}) {{ nodes {{ {Card} tags {{ name }} }} }} }}";
    private const string CursorOfTag =
        "query($tag: String!) { articles(first: 100, where: { tags: { some: { slug: { eq: $tag } } } }) { edges { cursor } pageInfo { endCursor } } }";

    public string Name => name;

    public IReadOnlyList<byte[]> Requests { get; } = [.. variables.Select(v => Post("/graphql", query, v))];

    /// <summary>The variables of each request, for the floors.</summary>
    public IReadOnlyList<object?> Variables => variables;

    public IReadOnlyList<byte[]> ToFloor(string floor) =>
        [.. Enumerable.Range(0, variables.Count).Select(i => Get($"/floor/{floor}/{name}?{Escaped(variables[i])}"))];

    /// <summary>Returns W1, W2, W2H (W2 with the body as HTML), W3 and W5, with pseudo-random articles.</summary>
    public static async Task<IReadOnlyList<Workload>> AllAsync(HttpConnection connection, int articles)
    {
        List<object?> slugs = [.. Picked(articles).Select(i => (object?)new { slug = Corpus.SlugOf(i) })];
        List<object?> words = [.. Picked(articles).Select(i => (object?)new { word = Corpus.WordOf(i, articles) })];
        List<object?> pages = [];
        for (var i = 0; i < Corpus.CommonTags; i++)
        {
            pages.Add(new { tag = Corpus.TagOf(i), after = await DepthTenAsync(connection, Corpus.TagOf(i)) });
        }

        return
        [
            new("W1", Newest, [null]),
            new(
                "W2",
                $"query($slug: String!) {{ article(slug: $slug) {{ {Card} {Takes} tags {{ name }} body {{ json }} }} }}",
                slugs
            ),
            new(
                "W2H",
                $"query($slug: String!) {{ article(slug: $slug) {{ {Card} {Takes} tags {{ name }} body {{ html }} }} }}",
                slugs
            ),
            new("W3", OfTag, pages),
            new(
                "W5",
                $"query($word: String!) {{ search(query: $word, first: 10) {{ nodes {{ article {{ {Card} }} }} }} }}",
                words
            ),
        ];
    }

    public static byte[] Post(string path, string query, object? variables, string header = "") =>
        Post(path, JsonSerializer.SerializeToUtf8Bytes(new { query, variables }), header);

    /// <summary>Returns the bytes of a POST request.</summary>
    /// <param name="path">The path of the URL.</param>
    /// <param name="body">The JSON body.</param>
    /// <param name="header">An additional header line, with its line ending.</param>
    public static byte[] Post(string path, ReadOnlySpan<byte> body, string header = "")
    {
        var head =
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n{header}\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }

    public static byte[] Get(string path) => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");

    private static IEnumerable<int> Picked(int articles)
    {
        var random = new Random(1);
        return Enumerable.Range(0, 1_000).Select(_ => random.Next(articles));
    }

    // Returns the cursor of item 180 in the tag's list, after which page 10 begins.
    private static async Task<string> DepthTenAsync(HttpConnection connection, string tag)
    {
        using var first = JsonDocument.Parse(await connection.SendAsync(Post("/graphql", CursorOfTag, new { tag })));
        var after = first
            .RootElement.GetProperty("data")
            .GetProperty("articles")
            .GetProperty("pageInfo")
            .GetProperty("endCursor")
            .GetString();
        var next = CursorOfTag
            .Replace("$tag: String!", "$tag: String!, $after: String", StringComparison.Ordinal)
            .Replace("first: 100", "first: 80, after: $after", StringComparison.Ordinal);
        using var second = JsonDocument.Parse(await connection.SendAsync(Post("/graphql", next, new { tag, after })));
        return second
            .RootElement.GetProperty("data")
            .GetProperty("articles")
            .GetProperty("pageInfo")
            .GetProperty("endCursor")
            .GetString()!;
    }

    private static string Escaped(object? variables) =>
        variables is null
            ? ""
            : string.Join(
                '&',
                variables
                    .GetType()
                    .GetProperties()
                    .Select(p => $"{p.Name}={Uri.EscapeDataString((string)p.GetValue(variables)!)}")
            );
}
