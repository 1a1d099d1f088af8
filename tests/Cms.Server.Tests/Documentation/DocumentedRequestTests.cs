using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cms.GraphQL;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Documentation;

/// <summary>The server accepts the requests in the documents: those that curl sends, and the GraphQL examples.</summary>
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
            var text = Documents.Read(document);
            var requests = RequestBody()
                .Matches(text)
                .Select(match => match.Groups["it"].Value)
                .Concat(
                    Example()
                        .Matches(text)
                        .Select(match => new JsonObject { ["query"] = match.Groups["it"].Value }.ToJsonString())
                );
            foreach (var request in requests)
            {
                count++;
                var response = await AskAsync(request);

                // The server validates a mutation before it requires the caller to sign in.
                if (CodeOf(response) is not (null or ErrorCodes.NotAuthenticated))
                {
                    rejected.Add($"{document}: {response.ToJsonString()}");
                }
            }
        }

        Assert.True(rejected.Count == 0, string.Join("\n", rejected));
        Assert.True(count >= 15);
    }

    private async Task<JsonNode> AskAsync(string body)
    {
        // ‘art_…’ stands for the id that the reader received. JSON may escape the ellipsis.
        body = Placeholder().Replace(body, $"${{prefix}}{new string('0', 32)}");
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var response = await server.Client.PostAsync("/graphql", content);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    private static string? CodeOf(JsonNode response) => (string?)response["errors"]?[0]?["extensions"]?["code"];

    [GeneratedRegex(@"-d '(?<it>\{""query"":[^']*)'")]
    private static partial Regex RequestBody();

    [GeneratedRegex(@"```graphql\n(?<it>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"(?<prefix>[a-z]{3}_)(?:…|\\u2026)")]
    private static partial Regex Placeholder();
}
