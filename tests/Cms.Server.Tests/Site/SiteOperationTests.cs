using System.Text.RegularExpressions;
using Cms.GraphQL.Documents;
using Cms.Server.Tests.Support;
using Cms.Site;
using Cms.Site.Sitemaps;
using Cms.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Site;

/// <summary>The documents of the reader site are trusted by the server, and its records match their answers.</summary>
[Needs("server")]
public sealed partial class SiteOperationTests(NewsroomServer server) : IClassFixture<NewsroomServer>
{
    [Fact]
    public void The_server_trusts_every_document_under_the_id_that_the_site_sends()
    {
        var trusted = server
            .Services.GetRequiredService<KnownDocuments>()
            .Trusted.ToDictionary(document => document.Name, document => document.Id, StringComparer.Ordinal);

        Assert.NotEmpty(SiteHost.Operations.Names);
        Assert.All(
            SiteHost.Operations.Names,
            name => Assert.Equal(SiteHost.Operations.IdOf(name), trusted.GetValueOrDefault(name))
        );
    }

    [Fact]
    public async Task Every_record_has_the_names_and_the_nullability_of_its_answer()
    {
        RecordLaw law = new(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "schema", "schema.graphql")));
        var uses = Uses().ToLookup(use => use.Operation, use => use.Record, StringComparer.Ordinal);

        var faults = SiteHost.Operations.Names.SelectMany(name =>
            uses.Contains(name)
                ? uses[name].Distinct().SelectMany(record => law.FaultsOf(SiteHost.Operations.TextOf(name), record))
                : [$"{name}: no page sends it"]
        );

        Assert.Equal("", string.Join('\n', faults));
    }

    [Theory]
    [InlineData("query A { category(slug: \"a\") { slug } }", typeof(Wrong.Required), "A: Category may be null")]
    [InlineData(
        "query A { category(slug: \"a\") { slug } }",
        typeof(Wrong.Unasked),
        "A.category: Name is never asked for"
    )]
    [InlineData(
        "query A { category(slug: \"a\") { slug name order } }",
        typeof(Wrong.Unasked),
        "A.category.order: the record has no such property"
    )]
    [InlineData(
        "query A { takes(first: 1) { nodes { stance } } }",
        typeof(Wrong.Stances),
        "A.takes.nodes.stance: the enum has no MIXED"
    )]
    [InlineData(
        "query A { takes(first: 1) { nodes { confidence } } }",
        typeof(Wrong.Kinds),
        "A.takes.nodes.confidence: Int is not a String"
    )]
    public async Task A_record_that_does_not_match_is_found(string document, Type record, string fault)
    {
        RecordLaw law = new(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "schema", "schema.graphql")));

        Assert.Equal([fault], law.FaultsOf(document, record));
    }

    // Where pages send documents: QueryAsync<HomeData>("SiteHome").
    private static IEnumerable<(string Operation, Type Record)> Uses()
    {
        var records = typeof(SiteSettings)
            .Assembly.GetTypes()
            .Where(type => !type.IsGenericType)
            .ToLookup(type => type.Name, StringComparer.Ordinal);
        return Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "src", "Cms.Site"), "*.*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".razor")
            .SelectMany(file => Use().Matches(File.ReadAllText(file)))
            .SelectMany(use =>
                records[use.Groups["record"].Value].Select(record => (use.Groups["operation"].Value, record))
            )
            .Concat(Sitemaps());
    }

    // Sitemaps read their lists with one method. Every list has a name of its own.
    private static IEnumerable<(string Operation, Type Record)> Sitemaps() =>
        SiteHost
            .Operations.Names.Where(name => name.StartsWith("SiteSitemap", StringComparison.Ordinal))
            .Where(name => name is not ("SiteSitemap" or "SiteSitemapMonth"))
            .Select(name =>
                (
                    name,
                    name switch
                    {
                        "SiteSitemapArticles" => typeof(ChainAnswer<SitemapArticle>),
                        "SiteSitemapNews" => typeof(ChainAnswer<SitemapNews>),
                        _ => typeof(ChainAnswer<SitemapTerm>),
                    }
                )
            );

    [GeneratedRegex(
        @"(Query|Send)\w*Async<(\w+\.)*(?<record>\w+)>\(\s*""(?<operation>Site\w+)""",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex Use();

    private static class Wrong
    {
        public sealed record Required(Slugged Category);

        public sealed record Unasked(Named? Category);

        public sealed record Stances(Nodes<Stanced> Takes);

        public sealed record Kinds(Nodes<Sure> Takes);

        public sealed record Nodes<T>(
            [property: System.Text.Json.Serialization.JsonPropertyName("nodes")] IReadOnlyList<T> Items
        );

        public sealed record Slugged(string Slug);

        public sealed record Named(string Slug, string Name);

        public sealed record Stanced(Half Stance);

        public sealed record Sure(string Confidence);

        public enum Half
        {
            Supportive,
            Skeptical,
        }
    }
}
