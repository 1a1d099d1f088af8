using Cms.GraphQL.Tests.Sample;
using Xunit;

namespace Cms.GraphQL.Tests;

public sealed class AnswerTests
{
    private readonly SampleApi _api = new();

    [Fact]
    public async Task A_static_method_adds_a_field_to_the_properties_of_its_type() =>
        Assert.Equal(
            """{"data":{"film":{"id":"film_00000001000070008000000000000000","title":"Film 1","kind":"LIVE_ACTION","shownAt":"2026-04-22T09:00:00.000Z","minutes":null,"shout":"FILM 1","raw":{"title":"Film 1"}}}}""",
            await _api.AskAsync(
                $$"""{ film(id: "{{FilmStore.Id<FilmId>(1)}}") { id title kind shownAt minutes shout raw } }"""
            )
        );

    [Fact]
    public async Task The_studios_of_many_films_are_read_in_one_batch()
    {
        var answer = await _api.AskAsync("{ films(first: 30) { nodes { studio { title films { title } } } } }");

        Assert.Contains("Studio 3", answer, StringComparison.Ordinal);
        Assert.Equal(["StudioId", "studios 3", "films of 3"], _api.Films.Log);
    }

    [Fact]
    public async Task Unions_and_interfaces_return_the_type_of_each_value() =>
        Assert.Equal(
            """{"data":{"search":[{"__typename":"Film","title":"Film 3"},{"__typename":"Film","title":"Film 13"},{"__typename":"Film","title":"Film 23"},{"__typename":"Studio","website":null}],"titled":[{"__typename":"Film","title":"Film 1"},{"__typename":"Studio","title":"Studio 1"}]}}""",
            await _api.AskAsync(
                """{ search(word: "3") { __typename ... on Film { title } ... on Studio { website } } titled { __typename title } }"""
            )
        );

    [Fact]
    public async Task Input_objects_are_converted_to_records_with_ids_enums_and_times()
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
    public async Task The_total_is_counted_only_when_it_is_selected()
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
    public async Task Resolvers_receive_arguments_and_their_defaults(string query, string answer) =>
        Assert.Equal(answer, await _api.AskAsync(query));

    [Fact]
    public async Task A_cached_document_gives_the_same_response_as_a_new_one()
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
