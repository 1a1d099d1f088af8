using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cms.Browser.Tests.Support;
using Cms.Testing;
using Xunit;

namespace Cms.Browser.Tests;

/// <summary>What pages tell search engines (JSON-LD) uses the types and properties of schema.org.</summary>
[Needs("process")]
[Collection(OneSite.Name)]
public sealed partial class VocabularyTests(BrowsedSite site)
{
    private static readonly Vocabulary SchemaOrg = Vocabulary.Read();

    [Fact]
    public async Task Pages_use_only_types_and_properties_of_schema_org()
    {
        List<string> faults = [];
        foreach (var page in TestedPages.All)
        {
            using var answer = await site.GetAsync(page.Path);
            Assert.Equal(page.Status, (int)answer.StatusCode);
            foreach (Match script in LinkedData().Matches(await answer.Content.ReadAsStringAsync()))
            {
                var data = JsonNode.Parse(script.Groups["json"].Value)!;
                Assert.Equal("https://schema.org", (string?)data["@context"]);
                faults.AddRange(SchemaOrg.FaultsOf(data, "").Select(fault => $"{page.Name}: {fault}"));
            }
        }

        Findings.AssertNone(faults);
    }

    [Theory]
    [InlineData("""{ "@type": "NewsArticle", "headline": "A", "comment": [{ "@type": "Comment", "text": "B" }] }""")]
    [InlineData(
        """{ "@graph": [{ "@type": ["Article", "WebPage"], "breadcrumb": { "@id": "#b" }, "articleBody": "A" }] }"""
    )]
    [InlineData("""{ "@type": "SearchAction", "query-input": "required name=q" }""")]
    [InlineData("""{ "@type": "Comment", "digitalSourceType": "https://schema.org/PrintDigitalSource" }""")]
    public void Data_that_uses_the_vocabulary_has_no_fault(string data) =>
        Assert.Empty(SchemaOrg.FaultsOf(JsonNode.Parse(data)!, ""));

    [Theory]
    [InlineData("""{ "@type": "NewsStory" }""", "/: the type NewsStory does not exist")]
    [InlineData("""{ "@type": "Comment", "articleBody": "A" }""", "/: Comment has no property articleBody")]
    [InlineData("""{ "@type": "Comment", "author": { "name": "A" } }""", "/author: an object needs a type or an id")]
    [InlineData(
        """{ "@type": "Comment", "digitalSourceType": "Robot" }""",
        "/digitalSourceType: the source Robot does not exist"
    )]
    public void Data_that_leaves_the_vocabulary_has_a_fault(string data, string fault) =>
        Assert.Equal([fault], SchemaOrg.FaultsOf(JsonNode.Parse(data)!, ""));

    [GeneratedRegex(
        """<script type="application/ld\+json">(?<json>[\s\S]*?)</script>""",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex LinkedData();

    /// <summary>The part of schema.org that pages may use.</summary>
    private sealed class Vocabulary(JsonNode list)
    {
        private const string Address = "https://schema.org/";

        public static Vocabulary Read() =>
            new(JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "schema-org.json")))!);

        public IEnumerable<string> FaultsOf(JsonNode data, string path)
        {
            if (data is JsonArray items)
            {
                return items.SelectMany(item => item is null ? [] : FaultsOf(item, path));
            }

            if (data is not JsonObject thing)
            {
                return [];
            }

            var types = thing["@type"] switch
            {
                JsonArray several => several.Select(type => (string)type!).ToList(),
                { } one => [(string)one!],
                null => [],
            };
            List<string> faults =
            [
                .. types.Where(type => list["types"]![type] is null).Select(type => $"the type {type} does not exist"),
            ];
            if (types.Count == 0 && thing["@id"] is null && thing["@graph"] is null)
            {
                faults.Add("an object needs a type or an id");
            }

            if (faults.Count == 0 && types.Count > 0)
            {
                faults.AddRange(
                    thing
                        .Select(property => property.Key)
                        .Where(name => !name.StartsWith('@') && !types.Exists(type => Has(type, name)))
                        .Select(name => $"{string.Join(" and ", types)} has no property {name}")
                );
            }

            return faults
                .Select(fault => $"{(path.Length == 0 ? "/" : path)}: {fault}")
                .Concat(
                    thing.SelectMany(property =>
                        property.Value is null ? []
                        : property.Key == "digitalSourceType" ? SourceFaultsOf(property.Value, path)
                        : FaultsOf(property.Value, $"{path}/{property.Key}")
                    )
                );
        }

        private IEnumerable<string> SourceFaultsOf(JsonNode value, string path)
        {
            var name = ((string)value!).Replace(Address, "", StringComparison.Ordinal);
            return list["digitalSourceTypes"]!.AsArray().Any(source => (string?)source == name)
                ? []
                : [$"{path}/digitalSourceType: the source {name} does not exist"];
        }

        // Search engines read the limits of an action's parameters from properties that end in -input.
        private bool Has(string type, string property) =>
            list["types"]![type]!["properties"]!
                .AsArray()
                .Any(own => (string?)own == property.Replace("-input", "", StringComparison.Ordinal))
            || list["types"]![type]!["extends"]!.AsArray().Any(parent => Has((string)parent!, property));
    }
}
