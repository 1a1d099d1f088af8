using System.Text.Json;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.GraphQL;

/// <summary>
/// The audits of the npm package graphql-http. Each checks one requirement of the GraphQL-over-HTTP specification.
/// </summary>
[Needs("npm")]
public sealed class AuditTests(NewsroomServer server) : IClassFixture<NewsroomServer>
{
    [SkippableFact]
    public async Task Every_audit_passes_without_a_warning()
    {
        var printed = await NpmClients.RunAsync("audit.mjs", $"{server.Client.BaseAddress}graphql");

        using var results = JsonDocument.Parse(printed.Single());
        var audits = results.RootElement.EnumerateArray().ToList();
        Assert.Equal(61, audits.Count);
        Assert.Empty(
            audits.Where(audit => audit.GetProperty("status").GetString() != "ok").Select(audit => audit.ToString())
        );
    }
}
