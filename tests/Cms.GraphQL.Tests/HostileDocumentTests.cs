using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Cms.GraphQL.Execution;
using Xunit;

namespace Cms.GraphQL.Tests;

public sealed class HostileDocumentTests
{
    private readonly SampleApi _api = new();

    public static TheoryData<string, string, string> Documents =>
        new()
        {
            { "a fragment bomb", Bomb(24), ErrorCodes.DocumentTooLarge },
            {
                "a cycle of fragments",
                "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
                ErrorCodes.ValidationFailed
            },
            { "a thousand aliases", $"{{ {Repeat(1_000, x => $"a{x}: same ")} }}", ErrorCodes.DocumentTooLarge },
            { "__typename 5,000 times", $"{{ {Repeat(5_000, _ => "__typename ")} }}", ErrorCodes.DocumentTooLarge },
            {
                "the same field in 90 fragments",
                $"{{ {Repeat(90, x => $"...F{x} ")} }} {Repeat(90, x => $"fragment F{x} on Query {{ {Repeat(40, _ => "same ")} }} ")}",
                ErrorCodes.DocumentTooLarge
            },
            {
                "the same field in 36 fragments",
                $"{{ {Repeat(36, x => $"...F{x} ")} }} {Repeat(36, x => $"fragment F{x} on Query {{ {Repeat(40, _ => "same ")} }} ")}",
                ErrorCodes.DocumentTooLarge
            },
            {
                "the same fields on every level",
                $"{{ {Repeat(6, _ => $"films {{ {Repeat(6, _ => $"nodes {{ {Repeat(6, _ => $"studio {{ {Repeat(5, _ => "title ")} }} ")} }} ")} }} ")} }}",
                ErrorCodes.DocumentTooLarge
            },
            {
                "the same field with long arguments",
                $"{{ {Repeat(100, _ => $"... {{ films(where: {{ in: [{Repeat(20, _ => "\"film_\" ")}] }}) {{ totalCount }} }} ")} }}",
                ErrorCodes.DocumentTooLarge
            },
            {
                "spreads of unknown fragments",
                $"{{ {Repeat(49, _ => $"films {{ {Repeat(28, x => $"...F{x} ")} }} ")} }}",
                ErrorCodes.DocumentTooLarge
            },
            {
                "an object with unknown fields",
                $"{{ films(where: {{ {Repeat(3_900, x => $"y{x}: 1 ")} }}) {{ totalCount }} }}",
                ErrorCodes.DocumentTooLarge
            },
            { "a very long name", $"{{ {new string('x', 60_000)} }}", ErrorCodes.ValidationFailed },
            {
                "a chain of fragments",
                $"{{ ...F0 }} {Repeat(98, x => $"fragment F{x} on Query {{ {Repeat(10, _ => "... { ")} ...F{x + 1} {new string('}', 10)} }} ")} fragment F98 on Query {{ same }}",
                ErrorCodes.DocumentTooLarge
            },
            {
                "fragments that spread all fragments before them",
                $"{{ ...F0 }} {Repeat(50, x => $"fragment F{x} on Query {{ ...F{(x + 1) % 50} {Repeat(x, y => $"...F{y} ")} }} ")}",
                ErrorCodes.ValidationFailed
            },
            {
                "operations that share all fragments",
                $"{Repeat(20, x => $"query Q{x} {{ {Repeat(70, y => $"...F{y} ")} }} ")} {Repeat(70, x => $"fragment F{x} on Query {{ {Repeat(4, _ => "same ")} }} ")}",
                ErrorCodes.DocumentTooLarge
            },
            {
                "operations with many variables",
                Repeat(20, x => $"query Q{x}({Repeat(90, y => $"$v{y}: Int ")}) {{ same }} "),
                ErrorCodes.DocumentTooLarge
            },
            { "10,000 braces", Repeat(10_000, _ => "{a"), ErrorCodes.DocumentTooLarge },
            { "10,000 brackets", $"{{ same(number: {new string('[', 10_000)}", ErrorCodes.DocumentTooLarge },
            {
                "a deep selection without closing braces",
                $"{{ {Repeat(20, _ => "films { nodes { studio { ")} ",
                ErrorCodes.DocumentTooLarge
            },
            {
                "a deep selection",
                $"{{ films {{ nodes {Repeat(10, _ => "{ studio { films ")} {{ id }} {new string('}', 20)} }} }}",
                ErrorCodes.DocumentTooLarge
            },
            {
                "3,000 directives on one field",
                $"{{ same {Repeat(3_000, _ => "@skip(if:true) ")} }}",
                ErrorCodes.DocumentTooLarge
            },
            {
                "directives on every field",
                $"{{ {Repeat(49, _ => $"same {Repeat(9, _ => "@skip(if:true) ")}")} }}",
                ErrorCodes.DocumentTooLarge
            },
            {
                "a long string",
                $"{{ search(word: \"{new string('x', 70_000)}\") {{ __typename }} }}",
                ErrorCodes.DocumentTooLarge
            },
            {
                "a long list",
                $"{{ nodes(ids: [{Repeat(2_000, _ => "\"a\",")}]) {{ id }} }}",
                ErrorCodes.DocumentTooLarge
            },
            {
                "a wide filter",
                $"{{ films(where: {{ and: [{Repeat(501, _ => "{}")}] }}) {{ totalCount }} }}",
                ErrorCodes.DocumentTooLarge
            },
            {
                "introspection of nested fields",
                $"{{ __schema {{ types {{ {Repeat(6, _ => "fields { type { ")} name {new string('}', 12)} }} }} }}",
                ErrorCodes.DocumentTooLarge
            },
            {
                "introspection of nested interfaces and possible types",
                $"{{ __schema {{ types {{ {Repeat(6, _ => "interfaces { possibleTypes { ")} name {new string('}', 12)} }} }} }}",
                ErrorCodes.DocumentTooLarge
            },
            {
                "introspection in nested fragments",
                $"{{ __schema {{ types {{ ...F0 }} }} }} {Repeat(6, x => $"fragment F{x} on __Type {{ fields {{ type {{ ...F{x + 1} }} }} }} ")} fragment F6 on __Type {{ name }}",
                ErrorCodes.DocumentTooLarge
            },
            {
                "the nested fields of one type two hundred times",
                $"{{ {Repeat(200, x => $"t{x}: __type(name: \"Query\") {{ fields {{ type {{ fields {{ type {{ fields {{ name }} }} }} }} }} }} ")} }}",
                ErrorCodes.DocumentTooLarge
            },
            {
                "the whole schema forty times",
                $"{{ {Repeat(40, x => $"s{x}: __schema {{ types {{ fields {{ args {{ type {{ name kind }} }} }} }} }} ")} }}",
                ErrorCodes.DocumentTooLarge
            },
            {
                "the fields of all types forty times",
                $"{{ __schema {{ types {{ {Repeat(40, x => $"f{x}: fields {{ type {{ fields {{ name }} }} }} ")} }} }} }}",
                ErrorCodes.DocumentTooLarge
            },
            { "an unterminated string", "{ search(word: \"", ErrorCodes.DocumentSyntax },
            { "nonsense", "%", ErrorCodes.DocumentSyntax },
            { "only a fragment", "fragment A on Query { same }", ErrorCodes.OperationUnknown },
        };

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task A_hostile_document_is_rejected_with_the_code_for_its_kind(
        string what,
        string document,
        string code
    )
    {
        Assert.NotNull(what);
        var answer = await _api.AskAsync(document);

        Assert.Contains($"\"code\":\"{code}\"", answer, StringComparison.Ordinal);
        Assert.True(answer.Length < 10_000);
    }

    [Fact]
    public async Task A_second_fragment_with_the_same_name_is_rejected()
    {
        var answer = await _api.AskAsync(
            $"{{ ...F }} fragment F on Query {{ same }} fragment F on Query {{ {Repeat(300, x => $"a{x}: wrong ")} }}"
        );

        Assert.Equal(
            """{"errors":[{"message":"Two fragments are named F. Rename one.","extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""",
            answer
        );
    }

    [Fact]
    public async Task A_query_with_forty_fragments_that_select_the_same_fields_is_answered()
    {
        var answer = await _api.AskAsync(
            $"{{ films(first: 2) {{ nodes {{ {Repeat(40, x => $"...F{x} ")} }} }} }} {Repeat(40, x => $"fragment F{x} on Film {{ id title studio {{ id title }} }} ")}"
        );

        Assert.StartsWith("""{"data":""", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fragment_bomb_is_rejected_in_less_than_a_second()
    {
        await _api.AskAsync(Bomb(5));
        var started = Stopwatch.GetTimestamp();
        await _api.AskAsync(Bomb(90));

        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void A_chain_of_fragments_does_not_overflow_a_small_stack()
    {
        var chain =
            $"{{ ...F0 }} {Repeat(98, x => $"fragment F{x} on Query {{ {Repeat(28, _ => "... { ")} ...F{x + 1} {new string('}', 28)} }} ")} fragment F98 on Query {{ same }}";
        Exception? refusal = null;
        var small = new Thread(
            () => refusal = Record.Exception(() => new DocumentGuard().Build(chain)),
            maxStackSize: 512 * 1024
        );
        small.Start();
        small.Join();

        Assert.Equal(ErrorCodes.DocumentTooLarge, Assert.IsType<RequestError>(refusal).Code);
    }

    [Fact]
    public async Task Only_the_first_twenty_errors_of_a_document_are_returned()
    {
        var answer = await _api.AskAsync($"{{ {Repeat(150, x => $"wrong{x} ")} }}");

        Assert.Equal(ResultWriter.MaxErrors, answer.Split("GRAPHQL_VALIDATION_FAILED").Length - 1);
    }

    [Fact]
    public async Task A_shortened_message_does_not_split_a_character()
    {
        var emoji = Repeat(2_000, _ => "😀");
        var answer = await _api.AskAsync($"{{ a: same(number: \"{emoji}\") b: same(number: \"x{emoji}\") }}");

        using var json = JsonDocument.Parse(answer);
        Assert.All(
            json.RootElement.GetProperty("errors").EnumerateArray(),
            error => Assert.EndsWith("😀…", error.GetProperty("message").GetString(), StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Introspection_with_types_wrapped_ten_levels_deep_is_answered()
    {
        const string deep =
            "{ __schema { types { fields { type { ofType { ofType { ofType { ofType { ofType { ofType { ofType { ofType { ofType { ofType { name } } } } } } } } } } } } } } }";

        Assert.StartsWith("""{"data":""", await _api.AskAsync(deep), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_introspection_query_of_GraphiQL_is_answered() =>
        Assert.StartsWith("""{"data":""", await _api.AskAsync(Introspection), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"query":"{ same }","variables":{"a":[LONG]}}""", "1,", 5_001)]
    [InlineData("""{"query":"{ same }","variables":{"a":"LONG"}}""", "x", 300_000)]
    [InlineData("""{"query":"{ same }","variables":{"a":LONG1END}}""", "[", 30)]
    public async Task Variables_that_are_too_large_are_rejected(string body, string part, int times)
    {
        var large = new StringBuilder().Insert(0, part, times).ToString();
        var json = body.Replace("LONG", large.TrimEnd(','), StringComparison.Ordinal)
            .Replace("END", new string(']', times), StringComparison.Ordinal);

        var refused = await Assert.ThrowsAsync<RequestError>(() => _api.PostAsync(json));
        Assert.Equal(ErrorCodes.VariablesTooLarge, refused.Code);
    }

    [Theory]
    [InlineData(500, "\"totalCount\":0")]
    [InlineData(501, "\"code\":\"VARIABLES_TOO_LARGE\"")]
    public async Task A_list_in_variables_can_have_at_most_500_items_by_default(int length, string expected)
    {
        var ids = string.Join(',', Enumerable.Repeat("\"film_00000000000000000000000000000000\"", length));
        var answer = await _api.PostAsync(
            $$$"""{"query":"query($ids: [ID!]) { films(where: { in: $ids }) { totalCount } }","variables":{"ids":[{{{ids}}}]}}"""
        );

        Assert.Contains(expected, answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"query\":null}")]
    [InlineData("{\"query\":\"\"}")]
    [InlineData("{\"query\":1}")]
    [InlineData("{\"query\":\"{ same }\",\"variables\":[]}")]
    [InlineData("{\"query\":\"{ same }\"} {}")]
    [InlineData("{\"query\":\"\\ud800\"}")]
    public async Task A_body_that_is_not_a_request_is_rejected_as_a_bad_request(string json)
    {
        var refused = await Assert.ThrowsAsync<RequestError>(() => _api.PostAsync(json));
        Assert.Equal(ErrorCodes.BadRequest, refused.Code);
    }

    // The introspection query of graphql-js 16 with all stable options except oneOf. graphql-codegen and Apollo's tools
    // send the same query.
    private static string Introspection =>
        $$"""
            query IntrospectionQuery {
              __schema {
                description
                queryType { name kind } mutationType { name kind } subscriptionType { name kind }
                types { ...FullType }
                directives { name description isRepeatable locations args(includeDeprecated: true) { ...InputValue } }
              }
            }
            fragment FullType on __Type {
              kind name description specifiedByURL
              fields(includeDeprecated: true) {
                name description
                args(includeDeprecated: true) { ...InputValue }
                type { ...TypeRef } isDeprecated deprecationReason
              }
              inputFields(includeDeprecated: true) { ...InputValue }
              interfaces { ...TypeRef }
              enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
              possibleTypes { ...TypeRef }
            }
            fragment InputValue on __InputValue {
              name description type { ...TypeRef } defaultValue isDeprecated deprecationReason
            }
            fragment TypeRef on __Type { kind name {{Repeat(9, _ => "ofType { kind name ")}}{{new string('}', 9)}} }
            """;

    private static string Bomb(int levels) =>
        $"{{ ...F0 }} {Repeat(levels, x => $"fragment F{x} on Query {{ ...F{x + 1} ...F{x + 1} }} ")} fragment F{levels} on Query {{ same }}";

    private static string Repeat(int times, Func<int, string> part) =>
        string.Concat(Enumerable.Range(0, times).Select(part));
}
