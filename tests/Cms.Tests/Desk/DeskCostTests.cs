using Cms.GraphQL;
using Cms.Taxonomy;
using Cms.Testing;
using Cms.Tests.Sqlite;
using Cms.Tests.Support;
using Xunit;

namespace Cms.Tests.Desk;

public sealed class DeskCostTests(SqliteTestDatabase database) : IClassFixture<SqliteTestDatabase>
{
    [Theory]
    [InlineData("articles", "usedBy { totalCount users { title } }", 4)]
    [InlineData("tags", "usedBy { totalCount users { title } }", 4)]
    [InlineData("articles", "history(first: 3) { nodes { summary } }", 2)]
    public async Task A_list_inside_a_page_takes_as_many_statements_as_inside_one_row(
        string list,
        string inside,
        int least
    )
    {
        var capture = new SqliteCapture();
        await using var services = await database.BuildAsync(capture.AddTo);
        var (newsroom, terms) = (new Newsroom(services), new Terms(services));
        for (var i = 0; i < 5; i++)
        {
            var (tag, _) = await terms.CreateAsync("tag");
            await newsroom.PublishedAsync(Newsroom.Story() with { Tags = [EntityId.Parse<TagId>(tag)!.Value] });
        }

        var (one, ofOne) = await CountAsync(1);
        var (five, ofFive) = await CountAsync(5);

        Assert.Equal((1, 5), (one, five));
        Assert.Equal(ofOne, ofFive);
        Assert.InRange(ofFive, least, 9);

        async Task<(int Rows, int Statements)> CountAsync(int first)
        {
            capture.Clear();
            var answer = await terms.Client.AskAsync(
                GraphQLClient.Erin,
                $"{{ desk {{ {list}(first: {first}) {{ nodes {{ {inside} }} }} }} }}"
            );
            Assert.True(answer["errors"] is null, answer.ToJsonString());
            return (answer["data"]!["desk"]![list]!["nodes"]!.AsArray().Count, capture.Count);
        }
    }
}
