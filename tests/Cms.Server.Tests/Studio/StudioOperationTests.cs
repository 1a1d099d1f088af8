using System.Text.RegularExpressions;
using Cms.GraphQL.Documents;
using Cms.Server.Tests.Site;
using Cms.Server.Tests.Support;
using Cms.Studio;
using Cms.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Studio;

/// <summary>The documents of the Studio are trusted by the server, and its records match their answers.</summary>
[Needs("server")]
public sealed partial class StudioOperationTests(NewsroomServer server) : IClassFixture<NewsroomServer>
{
    private static IEnumerable<string> Pages =>
        StudioHost.Operations.Names.Where(name => name.StartsWith("Studio", StringComparison.Ordinal));

    [Fact]
    public void The_server_trusts_every_document_under_the_id_that_the_Studio_sends()
    {
        var trusted = server
            .Services.GetRequiredService<KnownDocuments>()
            .Trusted.ToDictionary(document => document.Name, document => document.Id, StringComparer.Ordinal);

        Assert.NotEmpty(StudioHost.Operations.Names);
        Assert.All(
            StudioHost.Operations.Names,
            name => Assert.Equal(StudioHost.Operations.IdOf(name), trusted.GetValueOrDefault(name))
        );
    }

    [Fact]
    public async Task Every_record_has_the_names_and_the_nullability_of_its_answer()
    {
        RecordLaw law = new(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "schema", "schema.graphql")));
        var uses = Uses().ToLookup(use => use.Operation, use => use.Record, StringComparer.Ordinal);

        var faults = Pages.SelectMany(name =>
            uses.Contains(name)
                ? uses[name].Distinct().SelectMany(record => law.FaultsOf(StudioHost.Operations.TextOf(name), record))
                : [$"{name}: no page sends it"]
        );

        Assert.Equal("", string.Join('\n', faults));
    }

    // Where pages send documents: SendAsync<InboxData>("StudioInbox"), ChangeAsync<InboxRead>("StudioMarkInboxRead").
    private static IEnumerable<(string Operation, Type Record)> Uses()
    {
        var records = typeof(StudioHost)
            .Assembly.GetTypes()
            .Where(type => !type.IsGenericType)
            .ToLookup(type => type.Name, StringComparer.Ordinal);
        return Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "src", "Cms.Studio"), "*.*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".razor")
            .SelectMany(file => Use().Matches(File.ReadAllText(file)))
            .SelectMany(use =>
                records[use.Groups["record"].Value].Select(record => (use.Groups["operation"].Value, record))
            );
    }

    [GeneratedRegex(
        @"(Send|Change)Async<(\w+\.)*(?<record>\w+)>\(\s*""(?<operation>Studio\w+)""",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex Use();
}
