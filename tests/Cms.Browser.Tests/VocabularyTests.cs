using System.Globalization;
using System.Text.Json;
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
    public async Task Pages_use_only_types_properties_and_values_of_schema_org()
    {
        List<string> faults = [];
        foreach (var page in TestedPages.All)
        {
            var html = await ReadAsync(page);
            faults.AddRange(
                DataOf(html).SelectMany(data => SchemaOrg.FaultsOf(data, "")).Select(fault => $"{page.Name}: {fault}")
            );
        }

        Findings.AssertNone(faults);
    }

    [Fact]
    public async Task Pages_that_search_engines_list_have_one_address_everywhere_and_others_have_no_data()
    {
        List<string> listed = [];
        foreach (var page in TestedPages.All)
        {
            var html = await ReadAsync(page);
            var data = DataOf(html).ToList();
            if (html.Contains("""<meta name="robots" content="noindex">""", StringComparison.Ordinal))
            {
                Assert.Empty(data);
                continue;
            }

            if (data is [])
            {
                Assert.Contains(page.Name, (string[])["bookmarks", "account"]);
                continue;
            }

            listed.Add(page.Name);
            var main = Assert.Single(data)["@graph"]![0]!;
            var url = (await site.UrlAsync(page.Path)).AbsoluteUri;
            Assert.Equal(
                (url, url, url),
                (
                    Canonical().Match(html).Groups["url"].Value,
                    OpenGraph().Match(html).Groups["url"].Value,
                    (string?)(main["mainEntityOfPage"] ?? main["url"])
                )
            );
        }

        Assert.Equal(
            ["home", "article", "category", "tag", "source", "author", "panel", "persona", "tool", "feeds"],
            listed
        );
    }

    [Fact]
    public async Task Every_kind_of_page_says_what_it_is_and_where_it_is()
    {
        var kinds = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var page in TestedPages.All)
        {
            foreach (var data in DataOf(await ReadAsync(page)))
            {
                kinds[page.Name] = string.Join(
                    ' ',
                    data["@graph"]!.AsArray().Select(thing => (string?)thing!["@type"])
                );
            }
        }

        Assert.Equal("WebSite", kinds["home"]);
        Assert.Equal("NewsArticle BreadcrumbList", kinds["article"]);
        Assert.Equal("ProfilePage BreadcrumbList", kinds["author"]);
        Assert.Equal("CollectionPage BreadcrumbList", kinds["tool"]);
        var author = DataOf(await ReadAsync(TestedPages.All.Single(page => page.Name == "author"))).Single();
        Assert.Equal("Person", (string?)author["@graph"]![0]!["mainEntity"]!["@type"]);
        var trail = author["@graph"]![1]!["itemListElement"]!.AsArray();
        Assert.Equal([1, 2], trail.Select(step => (int)step!["position"]!));
        Assert.Equal((await site.UrlAsync("/")).AbsoluteUri, (string?)trail[0]!["item"]!["@id"]);
    }

    [Fact]
    public async Task Corrections_and_the_work_of_models_are_in_the_data()
    {
        const string slug = "a-lighthouse-keeps-its-log";
        var id = await site.DraftAsync("A lighthouse keeps its log", slug, "The log has forty pages.");
        await site.ModelTakeAsync(id, "the-skeptic", "Forty pages say little about the light.");
        await site.PublishAsync(id);
        await site.CorrectAsync(slug, "A lighthouse keeps two logs", "There are two logs, not one.");

        var html = await ReadAsync(new TestedPage("corrected", "/articles/" + slug));

        var data = Assert.Single(DataOf(html));
        Assert.Empty(SchemaOrg.FaultsOf(data, ""));
        var article = data["@graph"]![0]!;
        var correction = Assert.Single(article["correction"]!.AsArray())!;
        Assert.Equal(
            ("CorrectionComment", "There are two logs, not one."),
            ((string?)correction["@type"], (string?)correction["text"])
        );
        var take = Assert.Single(article["comment"]!.AsArray())!;
        Assert.Equal(
            ("Forty pages say little about the light.", "https://schema.org/TrainedAlgorithmicMediaDigitalSource"),
            ((string?)take["text"], (string?)take["digitalSourceType"])
        );
        Assert.Contains("Umbra", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "@type": "NewsArticle", "headline": "A", "comment": [{ "@type": "Comment", "text": "B" }] }""")]
    [InlineData(
        """{ "@graph": [{ "@type": ["Article", "WebPage"], "breadcrumb": { "@id": "#b" }, "articleBody": "A" }] }"""
    )]
    [InlineData("""{ "@type": "SearchAction", "query-input": "required name=q" }""")]
    [InlineData(
        """{ "@type": "NewsArticle", "datePublished": "2026-01-02T03:04:05Z", "timeRequired": "PT4M", "wordCount": 812 }"""
    )]
    [InlineData(
        """{ "@type": "Comment", "author": { "@type": "NewsMediaOrganization", "url": "https://a.example/" } }"""
    )]
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
    [InlineData("""{ "@type": "NewsArticle", "wordCount": "many" }""", "/wordCount: “many” is no Integer")]
    [InlineData(
        """{ "@type": "NewsArticle", "datePublished": "yesterday" }""",
        "/datePublished: “yesterday” is no Date or DateTime"
    )]
    [InlineData("""{ "@type": "Person", "sameAs": "/authors/a" }""", "/sameAs: “/authors/a” is no URL")]
    [InlineData("""{ "@type": "NewsArticle", "author": "Ilse" }""", "/author: “Ilse” is no Organization or Person")]
    [InlineData("""{ "@type": "ImageObject", "width": 40 }""", "/width: “40” is no Distance or QuantitativeValue")]
    [InlineData(
        """{ "@type": "NewsArticle", "author": [{ "@type": "Comment" }] }""",
        "/author: Comment is no Organization or Person"
    )]
    public void Data_that_leaves_the_vocabulary_has_a_fault(string data, string fault) =>
        Assert.Equal([fault], SchemaOrg.FaultsOf(JsonNode.Parse(data)!, ""));

    [GeneratedRegex(
        """<script type="application/ld\+json">(?<json>[\s\S]*?)</script>""",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex LinkedData();

    [GeneratedRegex("<link rel=\"canonical\" href=\"(?<url>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Canonical();

    [GeneratedRegex("<meta property=\"og:url\" content=\"(?<url>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex OpenGraph();

    private static IEnumerable<JsonNode> DataOf(string html) =>
        LinkedData()
            .Matches(html)
            .Select(script =>
            {
                var data = JsonNode.Parse(script.Groups["json"].Value)!;
                Assert.Equal("https://schema.org", (string?)data["@context"]);
                return data;
            });

    private async Task<string> ReadAsync(TestedPage page)
    {
        using var answer = await site.GetAsync(page.Path);
        Assert.Equal(page.Status, (int)answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>The part of schema.org that pages may use.</summary>
    private sealed partial class Vocabulary(JsonNode list)
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

            var types = TypesOf(thing);
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
                        : ValueFaultsOf(property.Key, property.Value, path)
                            .Concat(FaultsOf(property.Value, $"{path}/{property.Key}"))
                    )
                );
        }

        // An object with only an id is described elsewhere.
        private IEnumerable<string> ValueFaultsOf(string property, JsonNode value, string path)
        {
            if (list["values"]![property] is not JsonArray range)
            {
                return [];
            }

            var types = range.Select(type => (string)type!).ToList();
            var expected = string.Join(" or ", types);
            var given = value is JsonArray several ? several.AsEnumerable() : [value];
            return given
                .SelectMany(one =>
                    one switch
                    {
                        null => ["nothing"],
                        JsonValue simple => types.Exists(type => IsA(simple, type)) ? [] : [$"“{simple}”"],
                        JsonObject thing => TypesOf(thing)
                            .Where(type =>
                                list["types"]![type] is not null && !types.Exists(allowed => IsKind(type, allowed))
                            ),
                        _ => (IEnumerable<string>)[],
                    }
                )
                .Select(fault => $"{path}/{property}: {fault} is no {expected}");
        }

        private bool IsKind(string type, string allowed) =>
            type == allowed
            || list["types"]![type]?["extends"]!.AsArray().Any(parent => IsKind((string)parent!, allowed)) == true;

        private static bool IsA(JsonValue value, string type)
        {
            if (value.GetValueKind() is JsonValueKind.Number)
            {
                return type is "Number" || (type is "Integer" && value.TryGetValue<long>(out _));
            }

            if (value.GetValueKind() is not JsonValueKind.String)
            {
                return type is "Boolean";
            }

            var text = (string)value!;
            return type switch
            {
                "Text" => text.Trim().Length > 0,
                "URL" => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https",
                "Date" => DateOnly.TryParseExact(
                    text,
                    "yyyy-MM-dd",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out _
                ),
                "DateTime" => Instant().IsMatch(text),
                "Duration" => Length().IsMatch(text),
                "Distance" => Measure().IsMatch(text),
                _ => false,
            };
        }

        private static List<string> TypesOf(JsonObject thing) =>
            thing["@type"] switch
            {
                JsonArray several => [.. several.Select(type => (string)type!)],
                { } one => [(string)one!],
                null => [],
            };

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

        // A time needs its distance from UTC.
        [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$", RegexOptions.ExplicitCapture)]
        private static partial Regex Instant();

        [GeneratedRegex(@"^P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?$", RegexOptions.ExplicitCapture)]
        private static partial Regex Length();

        [GeneratedRegex(@"^\d+ (px|cm|in)$", RegexOptions.ExplicitCapture)]
        private static partial Regex Measure();
    }
}
