using System.Text.Json;
using Cms.GraphQL.Tests.Sample;
using Xunit;

namespace Cms.GraphQL.Tests;

public sealed class SelectionTests
{
    private const string Refused =
        """{"errors":[{"message":"Sign in to select review. Only for critics.","extensions":{"code":"AUTH_NOT_AUTHENTICATED"}}]}""";

    // The page costs 1. Each of its five films costs 3: itself, its studio, and the studio's films, counted as one.
    private const int FilmsOfStudios = 16;

    private readonly SampleApi _api = new();

    [Theory]
    [InlineData("{ films(first: 5) { nodes { studio { films { title } } } } }")]
    [InlineData("{ films(first: 5) { nodes { ... { studio { films { title } } } } } }")]
    [InlineData(
        "{ ... on Query { films(first: 5) { nodes { ... on Film { studio { ... on Studio { films { title } } } } } } } }"
    )]
    [InlineData(
        "{ ...P } fragment P on Query { films(first: 5) { nodes { ...F } } } fragment F on Film { studio { ...S } } fragment S on Studio { films { title } }"
    )]
    [InlineData(
        "query Q { films(first: 5) { ...N } } fragment S on Film { studio { films { title } } } fragment N on FilmConnection { nodes { ... on Film { ...S } } }"
    )]
    public async Task A_selection_costs_the_same_with_and_without_fragments(string query) =>
        Assert.Equal(FilmsOfStudios, await CostAsync(query));

    [Fact]
    public async Task A_fragment_counts_each_time_it_is_spread() =>
        Assert.Equal(
            2
                * await CostAsync(
                    "{ a: films(first: 5) { ...F } } fragment F on FilmConnection { nodes { studio { id } } }"
                ),
            await CostAsync(
                "{ a: films(first: 5) { ...F } b: films(first: 5) { ...F } } fragment F on FilmConnection { nodes { studio { id } } }"
            )
        );

    [Theory]
    [InlineData("{ films { nodes { review } } }")]
    [InlineData("{ films { nodes { studio { films { ... { review } } } } } }")]
    [InlineData("{ search(word: \"1\") { ... on Titled { ... on Film { review } } } }")]
    [InlineData(
        "{ ...P } fragment P on Query { films { nodes { ...F } } } fragment F on Film { studio { ...S } } fragment S on Studio { films { ...R } } fragment R on Film { review }"
    )]
    public async Task A_guarded_field_is_rejected_wherever_it_is_selected(string query)
    {
        Assert.Equal(Refused, await _api.AskAsync(query));
        Assert.Equal(Refused, await _api.AskAsync(query));
        Assert.Empty(_api.Films.Log);
    }

    [Fact]
    public async Task A_guarded_field_in_a_fragment_is_returned_to_callers_that_its_policy_allows() =>
        Assert.Contains(
            "\"review\":\"Film 1 is a film.\"",
            await _api.SendAsync(
                new(
                    "{ ...P } fragment P on Query { films(first: 1) { nodes { ...F } } } fragment F on Film { review }"
                ),
                caller: new FilmCritic()
            ),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("films(first: 1) { nodes { title ... @skip(if: $without) { review } } }")]
    [InlineData("films(first: 1) { nodes { title ...R @skip(if: $without) } }")]
    [InlineData("films(first: 1) { nodes { title review @include(if: $with) } }")]
    [InlineData("films(first: 1) { nodes { title } } more: films(first: 1) @include(if: $with) { nodes { ...R } }")]
    public async Task A_guarded_field_that_is_skipped_is_not_rejected(string selection)
    {
        var query =
            $"query($without: Boolean = false, $with: Boolean = true) {{ {selection} ...U }} fragment R on Film {{ review }} fragment U on Query {{ unused: film(id: \"{FilmStore.Id<FilmId>(1)}\") @skip(if: $without) @include(if: $with) {{ ...R }} }}";

        Assert.Equal(Refused, await _api.AskAsync(query));
        Assert.Equal(
            """{"data":{"films":{"nodes":[{"title":"Film 1"}]}}}""",
            await _api.SendAsync(
                new(query) { Variables = new(new Dictionary<string, object?> { ["without"] = true, ["with"] = false }) }
            )
        );
    }

    private async Task<int> CostAsync(string query)
    {
        using var answer = JsonDocument.Parse(await _api.SendAsync(new(query) { ReportsCost = true }));
        return answer.RootElement.GetProperty("extensions").GetProperty("cost").GetProperty("requested").GetInt32();
    }
}
