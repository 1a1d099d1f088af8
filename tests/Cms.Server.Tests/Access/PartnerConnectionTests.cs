using System.Text.Json.Nodes;
using Cms.GraphQL;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Access;

/// <summary>Connections of applications that were open before they belonged to a partner.</summary>
[Needs("server")]
public sealed class PartnerConnectionTests : AccessSuite
{
    [Fact]
    public async Task A_subscription_that_began_before_the_application_belonged_to_a_partner_ends_with_its_suspension()
    {
        var token = Forged.Partner(Issuer, "Syndication.Read").Sign();
        using var stream = await StreamAsync(("Authorization", $"Bearer {token}"));
        GraphQLClient client = new(Server.Services);
        using var asked = await AskAsync("{ viewer { subject } }", token);
        var application = (string)
            JsonNode.Parse(await asked.Content.ReadAsStringAsync())!["data"]!["viewer"]!["subject"]!;
        var made = await client.DoAsync(
            GraphQLClient.Ada,
            "createPartner",
            new { name = "Listening Post", applications = new[] { application } },
            "partner { id }"
        );
        var id = (string)made["partner"]!["id"]!;
        await client.DoAsync(GraphQLClient.Ada, "suspendPartner", new { id, reason = "Unpaid" }, "partner { id }");

        await new Newsroom(Server.Services).PublishedAsync(Newsroom.Story("After the suspension"));

        Assert.Equal(
            (ErrorCodes.NotAuthorized, "The newsroom has suspended your access. Ask your contact there."),
            await EndOfAsync(stream)
        );
    }
}
