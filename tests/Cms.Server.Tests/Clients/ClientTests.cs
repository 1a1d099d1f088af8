using System.Text.Json.Nodes;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Clients;

/// <summary>The tools that front-end developers use work as documented.</summary>
[Needs("npm")]
[Needs("Chromium")]
public sealed class ClientTests(NewsroomServer server) : IClassFixture<NewsroomServer>
{
    [SkippableTheory]
    [InlineData("apollo.mjs")]
    [InlineData("urql.mjs")]
    public async Task A_client_can_page_through_all_articles_with_its_pagination_helper(string script)
    {
        var printed = JsonNode.Parse(
            (await NpmClients.RunAsync(script, $"{server.Client.BaseAddress}graphql")).Single()
        )!;

        var all = (await server.QueryAsync("{ articles(first: 100) { nodes { slug } } }"))["data"]!["articles"]![
            "nodes"
        ]!
            .AsArray()
            .Select(node => (string)node!["slug"]!);
        Assert.Equal(3, (int)printed["pages"]!);
        Assert.Equal(all, printed["slugs"]!.AsArray().Select(slug => (string)slug!));
    }

    [SkippableFact]
    public async Task Types_generated_for_the_trusted_documents_compile_in_a_front_end() =>
        Assert.Equal(["compiled"], await NpmClients.RunAsync("codegen.mjs"));

    [SkippableFact]
    public async Task The_explorer_and_the_reference_work_on_desktop_and_phone_in_light_and_dark_mode()
    {
        var pages = (await NpmClients.RunAsync("explorer.mjs", $"{server.Client.BaseAddress}", NpmClients.Chromium()))
            .Select(line => JsonNode.Parse(line)!)
            .ToList();

        Assert.Equal(4, pages.Count);
        foreach (var page in pages)
        {
            Assert.Empty(page["complaints"]!.AsArray());
            Assert.Equal("HomePage", (string)page["tabs"]![0]!);
            Assert.False((bool)page["failed"]!, page.ToString());
            Assert.Equal([0, 0], page["overflow"]!.AsArray().Select(pixels => (int)pixels!));
            Assert.InRange((int)page["found"]!, 2, (int)page["all"]! / 4);
            Assert.True((bool)page["none"]!);
        }
    }

    [SkippableFact]
    public async Task A_breaking_schema_change_is_reported_unless_it_is_allowed()
    {
        var folder = Directory.CreateTempSubdirectory("cms-schemas-");
        var (before, after, allowed) = (
            Path.Combine(folder.FullName, "before.graphql"),
            Path.Combine(folder.FullName, "after.graphql"),
            Path.Combine(folder.FullName, "allowed.txt")
        );
        await File.WriteAllTextAsync(before, "type Query { a: Int b: String }");
        await File.WriteAllTextAsync(after, "type Query { a: Int c: String }");
        await File.WriteAllTextAsync(allowed, "");
        const string removed = "Query.b was removed.";

        using (var process = await NpmClients.StartAsync("breaking.mjs", before, after, allowed))
        {
            Assert.Equal(removed, (await process.StandardOutput.ReadToEndAsync()).Trim());
            await process.WaitForExitAsync();
            Assert.Equal(1, process.ExitCode);
        }

        await File.WriteAllTextAsync(allowed, removed + "\n");
        Assert.Empty(await NpmClients.RunAsync("breaking.mjs", before, after, allowed));
        folder.Delete(recursive: true);
    }
}
