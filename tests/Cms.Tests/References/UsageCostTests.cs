using Cms.GraphQL;
using Cms.Taxonomy;
using Cms.Testing;
using Cms.Tests.Sqlite;
using Cms.Tests.Support;
using Xunit;

namespace Cms.Tests.References;

public sealed class UsageCostTests(SqliteTestDatabase database) : IClassFixture<SqliteTestDatabase>
{
    [Theory]
    [InlineData("articles")]
    [InlineData("tags")]
    public async Task The_uses_of_a_page_take_as_many_statements_as_those_of_one_row(string list)
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
        Assert.InRange(ofFive, 4, 9);

        async Task<(int Rows, int Statements)> CountAsync(int first)
        {
            capture.Clear();
            var answer = await terms.Client.AskAsync(
                GraphQLClient.Erin,
                $"{{ desk {{ {list}(first: {first}) {{ nodes {{ usedBy {{ totalCount users {{ title }} }} }} }} }} }}"
            );
            Assert.True(answer["errors"] is null, answer.ToJsonString());
            return (answer["data"]!["desk"]![list]!["nodes"]!.AsArray().Count, capture.Count);
        }
    }
}
