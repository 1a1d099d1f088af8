using System.Text.RegularExpressions;
using Cms.GraphQL.Documents;
using Cms.Server.Tests.Site;
using Cms.Server.Tests.Support;
using Cms.Studio;
using Cms.Testing;
using GraphQLParser;
using GraphQLParser.AST;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Studio;

/// <summary>The documents of the Studio are trusted by the server, and its records match their answers.</summary>
[Needs("server")]
public sealed partial class StudioOperationTests(NewsroomServer server) : IClassFixture<NewsroomServer>
{
    // The changes that no screen of the Studio makes, each with the reason.
    private static readonly Dictionary<string, string> NotOfTheStudio = new(StringComparer.Ordinal)
    {
        ["addBookmark"] = "Readers save articles on the reader site.",
        ["deleteMyData"] = "Readers delete their own data on the page of their account.",
        ["mergeBookmarks"] = "The reader site moves what a device has saved into the account.",
        ["noteBookmark"] = "Readers write notes on what they have saved.",
        ["removeBookmark"] = "Readers remove what they have saved.",
    };

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

    [Fact]
    public async Task Staff_can_make_every_change_of_the_API_in_the_Studio()
    {
        var schema = Parser.Parse(
            await File.ReadAllTextAsync(Path.Combine(Repository.Root, "schema", "schema.graphql"))
        );
        var changes = schema
            .Definitions.OfType<GraphQLObjectTypeDefinition>()
            .Single(type => type.Name.StringValue == "Mutation")
            .Fields!.Select(field => field.Name.StringValue);

        var sent = StudioHost.Operations.Names.SelectMany(name =>
            Parser
                .Parse(StudioHost.Operations.TextOf(name))
                .Definitions.OfType<GraphQLOperationDefinition>()
                .Where(operation => operation.Operation is OperationType.Mutation)
                .SelectMany(operation => operation.SelectionSet.Selections.OfType<GraphQLField>())
                .Select(field => field.Name.StringValue)
        );

        Assert.Equal(
            "",
            string.Join('\n', changes.Except(sent).Except(NotOfTheStudio.Keys).Order(StringComparer.Ordinal))
        );
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
