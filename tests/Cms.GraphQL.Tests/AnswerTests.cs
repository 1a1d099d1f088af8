using Cms.GraphQL.Tests.Sample;
using Xunit;

namespace Cms.GraphQL.Tests;

public sealed class AnswerTests
{
    private readonly SampleApi _api = new();

    [Fact]
    public async Task A_field_of_a_static_method_stands_beside_the_properties_of_its_type() =>
        Assert.Equal(
            """{"data":{"film":{"id":"film_00000001000070008000000000000000","title":"Film 1","kind":"LIVE_ACTION","shownAt":"2026-04-22T09:00:00.000Z","minutes":null,"shout":"FILM 1","raw":{"title":"Film 1"}}}}""",
            await _api.AskAsync(
                $$"""{ film(id: "{{FilmStore.Id<FilmId>(1)}}") { id title kind shownAt minutes shout raw } }"""
            )
        );

    [Fact]
    public async Task Studios_of_many_films_are_read_once()
    {
        var answer = await _api.AskAsync("{ films(first: 30) { nodes { studio { title films { title } } } } }");

        Assert.Contains("Studio 3", answer, StringComparison.Ordinal);
        Assert.Equal(["StudioId", "studios 3", "films of 3"], _api.Films.Log);
    }

    [Fact]
    public async Task Unions_and_interfaces_answer_with_the_type_of_each_value() =>
        Assert.Equal(
            """{"data":{"search":[{"__typename":"Film","title":"Film 3"},{"__typename":"Film","title":"Film 13"},{"__typename":"Film","title":"Film 23"},{"__typename":"Studio","website":null}],"titled":[{"__typename":"Film","title":"Film 1"},{"__typename":"Studio","title":"Studio 1"}]}}""",
            await _api.AskAsync(
                """{ search(word: "3") { __typename ... on Film { title } ... on Studio { website } } titled { __typename title } }"""
            )
        );

    [Fact]
    public async Task Input_objects_become_records_with_their_ids_enums_and_times()
    {
        var id = FilmStore.Id<FilmId>(2);
        const string query =
            "query($where: FilmFilterInput, $first: Int) { films(where: $where, first: $first) { nodes { title } totalCount } }";
        var answer = await _api.PostAsync(
            $$$$"""{"query":"{{{{query}}}}","variables":{"first":5,"where":{"in":["{{{{id}}}}"],"kind":"LIVE_ACTION","shownFrom":"2020-01-01T00:00:00+02:00"}}}"""
        );

        Assert.Equal("""{"data":{"films":{"nodes":[{"title":"Film 2"}],"totalCount":1}}}""", answer);
    }

    [Fact]
    public async Task The_total_is_counted_only_when_asked_for()
    {
        await _api.AskAsync("{ films { nodes { id } } }");
        Assert.DoesNotContain("count", _api.Films.Log);

        await _api.AskAsync("{ films { totalCount } }");
        Assert.Contains("count", _api.Films.Log);
    }

    [Theory]
    [InlineData("{ echo(day: \"2026-04-23\") }", """{"data":{"echo":"2026-04-23"}}""")]
    [InlineData("{ same }", """{"data":{"same":7}}""")]
    [InlineData("{ same(number: 9) }", """{"data":{"same":9}}""")]
    public async Task Arguments_and_their_defaults_arrive(string query, string answer) =>
        Assert.Equal(answer, await _api.AskAsync(query));

    [Fact]
    public async Task A_document_answers_alike_the_first_time_and_from_the_cache()
    {
        const string body = """{"query":"query($n: Int!) { same(number: $n) }","variables":{"n":3}}""";
        var first = await _api.PostAsync(body);

        Assert.Equal(first, await _api.PostAsync(body));
        Assert.Contains(
            "BAD_USER_INPUT",
            await _api.PostAsync(body.Replace("3}", "\"x\"}", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
    }
}
