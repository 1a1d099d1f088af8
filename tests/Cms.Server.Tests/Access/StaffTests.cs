using System.Text.Json.Nodes;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Access;

/// <summary>The list of people to assign work to: everybody who has signed in as staff.</summary>
[Needs("server")]
public sealed class StaffTests : AccessSuite
{
    [Fact]
    public async Task A_member_of_staff_is_listed_after_their_first_request_and_a_reader_is_not()
    {
        await StatusAsync(Token("Reader"));
        var person = await FirstAsync(Token("Author"));

        Assert.Equal(("Erin", "AUTHOR"), ((string?)person["name"], (string?)person["role"]));
    }

    [Fact]
    public async Task A_new_role_is_recorded_at_once_and_the_last_visit_every_hour()
    {
        var first = await FirstAsync(Token("Author"));

        var promoted = await FirstAsync(Token("Editor"), person => (string?)person["role"] == "EDITOR");
        Clock.Advance(TimeSpan.FromMinutes(61));
        var later = await FirstAsync(
            Token("Editor"),
            person => (string?)person["lastSeenAt"] != (string?)first["lastSeenAt"]
        );

        Assert.Equal((string?)first["id"], (string?)promoted["id"]);
        Assert.Equal((string?)first["firstSeenAt"], (string?)later["firstSeenAt"]);
    }

    // Recording happens in the background, so the list is read until it has the expected entry.
    private async Task<JsonNode> FirstAsync(string token, Func<JsonNode, bool>? isExpected = null)
    {
        using var late = new CancellationTokenSource(Longest);
        while (true)
        {
            using var response = await AskAsync(
                "{ desk { people(first: 5) { nodes { id name role firstSeenAt lastSeenAt } } } }",
                token
            );
            var people = JsonNode.Parse(await response.Content.ReadAsStringAsync(late.Token))!["data"]!["desk"]![
                "people"
            ]!["nodes"]!.AsArray();
            if (people is [{ } only] && isExpected?.Invoke(only) is not false)
            {
                return only;
            }

            Assert.True(people.Count < 2, people.ToJsonString());
            late.Token.ThrowIfCancellationRequested();
        }
    }
}
