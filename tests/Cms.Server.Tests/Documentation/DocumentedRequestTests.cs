using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cms.GraphQL;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Documentation;

/// <summary>The server accepts the requests that the documents send with curl.</summary>
[Needs("server")]
public sealed partial class DocumentedRequestTests(NewsroomServer server) : IClassFixture<NewsroomServer>
{
    [Fact]
    public async Task Every_documented_request_is_valid()
    {
        List<string> rejected = [];
        var count = 0;
        foreach (var document in Documents.All)
        {
            foreach (Match request in RequestBody().Matches(Documents.Read(document)))
            {
                count++;
                var response = await AskAsync(request.Groups["it"].Value);

                // The server validates a mutation before it requires the caller to sign in.
                if (CodeOf(response) is not (null or ErrorCodes.NotAuthenticated))
                {
                    rejected.Add($"{document}: {response.ToJsonString()}");
                }
            }
        }

        Assert.Empty(rejected);
        Assert.True(count >= 6);
    }

    private async Task<JsonNode> AskAsync(string body)
    {
        // ‘art_…’ stands for the id that the reader received.
        body = body.Replace("art_…", ArticleIdLike, StringComparison.Ordinal);
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var response = await server.Client.PostAsync("/graphql", content);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    private static string? CodeOf(JsonNode response) => (string?)response["errors"]?[0]?["extensions"]?["code"];

    private static string ArticleIdLike { get; } = $"art_{new string('0', 32)}";

    [GeneratedRegex(@"-d '(?<it>\{""query"":[^']*)'")]
    private static partial Regex RequestBody();
}
