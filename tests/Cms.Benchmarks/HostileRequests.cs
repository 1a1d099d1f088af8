using System.Text.Json;

namespace Cms.Benchmarks;

/// <summary>Requests that are designed to keep a server busy.</summary>
internal static class HostileRequests
{
    public static IEnumerable<(string Name, byte[] Request)> All()
    {
        foreach (var (name, document) in Documents())
        {
            yield return (name, Workload.Post("/graphql", document, null));
        }

        const string filtered = "query($where: ArticleFilterInput) { articles(where: $where) { nodes { id } } }";
        const string named = "query($slug: String!) { article(slug: $slug) { id } }";
        var alternative = new { slug = new { eq = "a" } };
        var alternatives = Enumerable.Repeat(alternative, 5_000);
        yield return (
            "5,000 or conditions in variables",
            Workload.Post("/graphql", filtered, new { where = new { or = alternatives } })
        );
        yield return (
            "5,000 and conditions in variables",
            Workload.Post("/graphql", filtered, new { where = new { and = alternatives } })
        );
        yield return (
            "a list of 20,000 in variables",
            Workload.Post("/graphql", named, new { slug = Enumerable.Range(0, 20_000) })
        );
        yield return (
            "a string of 400 kB in variables",
            Workload.Post("/graphql", named, new { slug = new string('x', 400_000) })
        );
        yield return ("5,000 levels in variables", Workload.Post("/graphql", Nested(5_000)));
        yield return ("60 levels in variables", Workload.Post("/graphql", Nested(60)));
    }

    private static IEnumerable<(string Name, string Document)> Documents() =>
        [
            ("deep", $"{{ articles {{ nodes {Times(20, "{ tags { articles { nodes ")} {{ id }} {Closed(60)} }} }}"),
            (
                "as deep as the parser allows",
                $"{{ articles {{ nodes {Times(19, "{ tags { articles { nodes ")} {{ id }} {Closed(57)} }} }}"
            ),
            ("wide", $"{{ articles {{ nodes {{ {Times(5_000, "id ")} }} }} }}"),
            ("1,000 aliases", $"{{ {Times(1_000, x => $"a{x}: articles {{ totalCount }} ")} }}"),
            ("a fragment bomb, 24 levels", Bomb(24)),
            ("a fragment bomb, 90 levels", Bomb(90)),
            ("a fragment cycle", "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }"),
            ("a flood of directives", $"{{ articles {Times(3_000, "@skip(if:true) ")} {{ totalCount }} }}"),
            (
                "5,000 or conditions in the document",
                $"{{ articles(where: {{ or: [{Times(5_000, "{},")}] }}) {{ totalCount }} }}"
            ),
            (
                "introspection, fields of fields",
                $"{{ __schema {{ types {{ {Times(6, "fields { type { ")} name {Closed(12)} }} }} }}"
            ),
            (
                "introspection, implementers",
                $"{{ __schema {{ types {{ {Times(6, "interfaces { possibleTypes { ")} name {Closed(12)} }} }} }}"
            ),
            (
                "100 times __schema",
                $"{{ {Times(100, x => $"s{x}: __schema {{ types {{ fields {{ args {{ name type {{ name }} }} }} }} }} ")} }}"
            ),
            (
                "200 times __type",
                $"{{ {Times(200, x => $"t{x}: __type(name: \"Query\") {{ fields {{ type {{ fields {{ type {{ fields {{ name }} }} }} }} }} }} ")} }}"
            ),
            ("5,000 times __typename", $"{{ {Times(5_000, "__typename ")} }}"),
            ("10,000 braces", Times(10_000, "{a")),
            ("64 kB of comments", $"{{ __typename }}\n{Times(3_200, "# nothing is said.\n#")}"),
            ("1,000 operations", Times(1_000, x => $"query Q{x} {{ __typename }} ")),
            (
                "overlapping fields in 36 fragments",
                $"{{ wrong {Times(36, x => $"...F{x} ")} }} {Times(36, x => $"fragment F{x} on Query {{ {Times(40, "__typename ")} }} ")}"
            ),
            (
                "overlapping fields, level by level",
                $"{{ wrong {Times(6, $"articles {{ {Times(6, $"nodes {{ {Times(6, $"tags {{ {Times(5, "name ")} }} ")} }} ")} }} ")} }}"
            ),
            (
                "overlapping fields with arguments",
                $"{{ wrong {Times(100, "... { articles(where: { category: { slug: { eq: \"research-and-development\" } } }) { totalCount } } ")} }}"
            ),
            ("spreads of unknown fragments", $"{{ {Times(49, $"articles {{ {Times(28, x => $"...F{x} ")} }} ")} }}"),
            (
                "3,900 unknown input fields",
                $"{{ articles(where: {{ {Times(3_900, x => $"y{x}: 1 ")} }}) {{ totalCount }} }}"
            ),
            (
                "unknown arguments after 20,000 lines",
                $"{{ {Times(20_000, "\n")} {Times(199, x => $"a{x}: articles({Times(20, y => $"y{y}: 1 ")}) {{ totalCount }} ")} }}"
            ),
            (
                "fragments in fragments in fragments",
                $"{{ wrong ...F0 }} {Times(98, x => $"fragment F{x} on Query {{ {Times(10, "... { ")} ...F{x + 1} {Closed(10)} }} ")} fragment F98 on Query {{ __typename }}"
            ),
            (
                "fragments that contain each other",
                $"{{ ...F0 }} {Times(50, x => $"fragment F{x} on Query {{ ...F{(x + 1) % 50} {Times(x, y => $"...F{y} ")} }} ")}"
            ),
            (
                "two fragments with one name",
                $"{{ wrong }} {Times(2, $"fragment F on Query {{ {Times(2_000, x => $"a{x}: wrong ")} }} ")}"
            ),
            ("1,400 unknown fields", $"{{ {Times(1_400, x => $"articlesOfTag{x} ")} }}"),
            (
                "20 operations that use all fragments",
                $"{Times(20, x => $"query Q{x} {{ wrong {Times(70, y => $"...F{y} ")} }} ")} {Times(70, x => $"fragment F{x} on Query {{ {Times(18, "__typename ")} }} ")}"
            ),
        ];

    private static string Bomb(int levels) =>
        $"{{ ...F0 }} {Times(levels, x => $"fragment F{x} on Query {{ ...F{x + 1} ...F{x + 1} }} ")} fragment F{levels} on Query {{ __typename }}";

    private static byte[] Nested(int levels) =>
        JsonSerializer.SerializeToUtf8Bytes(new { query = "{ __typename }" })[..^1] is var open
            ?
            [
                .. open,
                .. System.Text.Encoding.ASCII.GetBytes(
                    $",\"variables\":{{\"a\":{new string('[', levels)}{new string(']', levels)}}}}}"
                ),
            ]
            : [];

    private static string Closed(int times) => new('}', times);

    private static string Times(int times, string part) => Times(times, _ => part);

    private static string Times(int times, Func<int, string> part) =>
        string.Concat(Enumerable.Range(0, times).Select(part));
}
