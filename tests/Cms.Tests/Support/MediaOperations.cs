using Cms.GraphQL;
using Cms.Media;
using Cms.Media.Rights;
using Cms.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.Support;

/// <summary>Reads the library with every filter and expires rights, for tests that check SQL statements.</summary>
internal static class MediaOperations
{
    private const string Shown =
        "id fileName bytes alt gap version focalPoint { x } image { url srcset credit } substitute { alt } rights { credit territories } tags { name } suggestions { creator } useCount uses { kind usedById title }";

    private static readonly string[] Filters =
    [
        "",
        "missingAlt: true",
        "missingCredit: true",
        "missingAlt: true, missingCredit: true",
        "expiringWithinDays: 30",
        "unused: true",
        "folder: \"weather\"",
        "tag: \"text\"",
        "text: \"storm cloud\"",
    ];

    public static async Task ReadAsync(IServiceProvider services)
    {
        var client = new GraphQLClient(services);
        foreach (var filter in Filters)
        {
            foreach (var page in new[] { "first: 1", "last: 1" })
            {
                var media = await AskAsync($"{page}, {filter}");
                var cursor = (string?)media["pageInfo"]!["endCursor"];
                if (cursor is not null)
                {
                    await AskAsync($"{page}, {(page[0] == 'f' ? "after" : "before")}: \"{cursor}\", {filter}");
                }
            }
        }

        await client.AskAsync(
            GraphQLClient.Erin,
            $"{{ desk {{ images(ids: [\"{new MediaId(SqlServer.PlausibleRows.Id)}\", \"{MediaId.New()}\"]) {{ url }} }} }}"
        );
        await client.AskAsync(
            GraphQLClient.Erin,
            $"{{ desk {{ mediaItem(id: \"{new MediaId(SqlServer.PlausibleRows.Id)}\") {{ {Shown} }} }} }}"
        );
        Assert.False(
            (await services.GetRequiredService<ExpireMedia>().Handle(new ExpireMediaInput(), default)).IsRefused
        );

        async Task<System.Text.Json.Nodes.JsonNode> AskAsync(string arguments)
        {
            var answer = await client.AskAsync(
                GraphQLClient.Erin,
                $"{{ desk {{ media({arguments}) {{ totalCount pageInfo {{ endCursor }} nodes {{ {Shown} }} }} }} }}"
            );
            return answer["errors"] is null
                ? answer["data"]!["desk"]!["media"]!
                : throw new InvalidOperationException(answer.ToJsonString());
        }
    }
}
