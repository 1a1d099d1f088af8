using Cms.GraphQL.Tests.Sample;
using Xunit;

namespace Cms.GraphQL.Tests;

public sealed class NodeTests
{
    private readonly SampleApi _api = new();

    [Fact]
    public async Task Nodes_of_several_kinds_keep_the_order_of_the_ids_with_null_for_unknown_ids() =>
        Assert.Equal(
            """{"data":{"nodes":[{"title":"Studio 2"},null,{"title":"Film 1"},{"title":"Studio 1"}]}}""",
            await Nodes(
                FilmStore.Id<StudioId>(2).ToString(),
                FilmStore.Id<FilmId>(999).ToString(),
                FilmStore.Id<FilmId>(1).ToString(),
                FilmStore.Id<StudioId>(1).ToString()
            )
        );

    [Fact]
    public async Task Nodes_of_one_kind_are_read_in_one_batch()
    {
        await Nodes(FilmStore.Id<StudioId>(1).ToString(), FilmStore.Id<StudioId>(2).ToString());

        Assert.Equal(["studios 2"], _api.Films.Log);
    }

    [Theory]
    [InlineData("")]
    [InlineData("_")]
    [InlineData("film")]
    [InlineData("film_1")]
    [InlineData("film_zz000001000070008000000000000000")]
    [InlineData("nobody_00000001000070008000000000000000")]
    public async Task A_malformed_id_is_rejected_and_not_logged_as_a_fault(string id)
    {
        Assert.Contains(
            "\"code\":\"ID_MALFORMED\"",
            await _api.AskAsync($$"""{ node(id: "{{id}}") { id } }"""),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "\"code\":\"ID_MALFORMED\"",
            await _api.AskAsync($$"""{ film(id: "{{id}}") { id } }"""),
            StringComparison.Ordinal
        );
        Assert.Empty(_api.Faults.Messages);
    }

    [Theory]
    [InlineData("")]
    [InlineData("film")]
    [InlineData("film_1")]
    [InlineData("film_zz000001000070008000000000000000")]
    [InlineData("nobody_00000001000070008000000000000000")]
    [InlineData("RmlsbTox")]
    public async Task A_malformed_id_in_a_list_returns_null_at_its_position(string id)
    {
        Assert.Equal(
            """{"data":{"nodes":[{"title":"Film 1"},null,{"title":"Studio 2"}]}}""",
            await Nodes(FilmStore.Id<FilmId>(1).ToString(), id, FilmStore.Id<StudioId>(2).ToString())
        );
        Assert.Empty(_api.Faults.Messages);
    }

    [Fact]
    public async Task More_than_a_hundred_ids_are_rejected() =>
        Assert.Contains(
            "\"code\":\"TOO_MANY_IDS\"",
            await Nodes([.. Enumerable.Repeat(FilmStore.Id<FilmId>(1).ToString(), 101)]),
            StringComparison.Ordinal
        );

    private Task<string> Nodes(params string[] ids) =>
        _api.AskAsync(
            $$"""{ nodes(ids: [{{string.Join(',', ids.Select(x => $"\"{x}\""))}}]) { ... on Film { title } ... on Studio { title } } }"""
        );
}
