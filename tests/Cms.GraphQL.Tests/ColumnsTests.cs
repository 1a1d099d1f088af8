using Cms.GraphQL.Tests.Sample;
using Xunit;

namespace Cms.GraphQL.Tests;

public sealed class ColumnsTests
{
    private readonly SampleApi _api = new();

    [Theory]
    [InlineData("{ films { totalCount } }", "")]
    [InlineData("{ films { nodes { __typename } } }", "")]
    [InlineData("{ films { nodes { name: title } } }", "Title")]
    [InlineData("{ films { nodes { shout } } }", "Title Notes")]
    [InlineData("{ films { nodes { studio { title } } } }", "StudioId")]
    [InlineData("{ films { nodes { id } edges { node { minutes } } } }", "Id Minutes")]
    [InlineData("{ films { nodes { ... on Titled { title } ... on Node { id } ... { kind } } } }", "Id Title Kind")]
    [InlineData(
        "{ films { ...P } } fragment P on FilmConnection { nodes { ...F } } fragment F on Film { shownAt }",
        "ShownAt"
    )]
    [InlineData("{ films { nodes { id } } films { nodes { title } } }", "Id Title")]
    [InlineData("{ films { nodes { raw } } }", "Id Title Kind ShownAt Minutes StudioId Notes")]
    public async Task Only_the_columns_that_a_document_needs_are_requested(string query, string columns)
    {
        await _api.AskAsync(query);
        await _api.AskAsync(query);

        Assert.Equal(
            [columns, columns],
            _api.Films.Log.Where(x => !x.StartsWith("studios", StringComparison.Ordinal) && x != "count")
        );
    }

    [Fact]
    public void Columns_are_found_by_name()
    {
        var some = Columns.Set<Film>(nameof(Film.Title), nameof(Film.Notes));

        Assert.True(some.Has<Film>(nameof(Film.Notes)));
        Assert.False(some.Has<Film>(nameof(Film.Id)));
        Assert.True(ColumnSet.All.Covers(some));
        Assert.Throws<ArgumentException>(() => Columns.Set<Film>("Nothing"));
    }
}
