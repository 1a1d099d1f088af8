using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cms.Data;
using Cms.GraphQL;
using Cms.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Articles;

/// <summary>The publishing rules of a server: the defaults, and the settings that it rejects.</summary>
public sealed partial class GateSettingsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-gate-settings-");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("Cms:Gate:Categry:Severity=off", "Cms__Gate__Categry is not a publishing rule: use one of Headline, ")]
    [InlineData(
        "Cms:Gate:Category=off",
        "Cms__Gate__Category has a value of its own: set Cms__Gate__Category__Severity instead."
    )]
    [InlineData("Cms:Gate:Category:Minimum=3", "Cms__Gate__Category__Minimum is not a setting: use one of Severity.")]
    [InlineData(
        "Cms:Gate:Category:Severity=loud",
        "Cms__Gate__Category__Severity is ‘loud’: set it to error, warning or off."
    )]
    [InlineData(
        "Cms:Gate:Category:Severity=1",
        "Cms__Gate__Category__Severity is ‘1’: set it to error, warning or off."
    )]
    [InlineData(
        "Cms:Gate:PanelQuorum:Minimum=0",
        "Cms__Gate__PanelQuorum__Minimum is ‘0’: set it to a whole number from 1 to 100000."
    )]
    [InlineData(
        "Cms:Gate:SeoTitle:Maximum=1e3",
        "Cms__Gate__SeoTitle__Maximum is ‘1e3’: set it to a whole number from 1 to 100000."
    )]
    [InlineData(
        "Cms:Gate:Summary:Severity=warning",
        "Cms__Gate__Summary__Severity must be error, because every published article must meet this rule: remove the setting."
    )]
    [InlineData(
        "Cms:Gate:ImageRights:Severity=off",
        "Cms__Gate__ImageRights__Severity must be error, because every published article must meet this rule: remove the setting."
    )]
    public void The_server_does_not_start_with_a_setting_that_has_no_meaning(string setting, string message)
    {
        var refused = Assert.Throws<CannotStartException>(() => Build($"--{setting}"));

        Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Cms:Gate:Headline:Severity=Error")]
    [InlineData("Cms:Gate:category:severity=OFF")]
    [InlineData("Cms:Gate:Category:Severity=")]
    [InlineData("Cms:Gate:BodyLength:Minimum=1")]
    public async Task The_server_accepts_settings_in_any_case_and_a_fixed_rule_with_its_own_severity(string setting) =>
        await Build($"--{setting}").DisposeAsync();

    [Fact]
    public async Task A_first_edit_works_as_the_readme_describes_it_with_the_default_rules()
    {
        await using var app = Build();
        await app.Services.GetRequiredService<IDatabaseProvider>().PrepareAsync(default);
        var requests = Request()
            .Matches(Documentation.Documents.Read("README.md"))
            .Select(match => match.Groups["it"].Value)
            .ToList();
        var (create, publish) = (
            requests.Single(it => it.Contains("createArticle", StringComparison.Ordinal)),
            requests.Single(it => it.Contains("publishArticle", StringComparison.Ordinal))
        );

        var created = (await SendAsync(app, create))["createArticle"]!;
        var id = (string)created["article"]!["id"]!;
        var published = (await SendAsync(app, publish.Replace("art_…", id, StringComparison.Ordinal)))[
            "publishArticle"
        ]!;
        Assert.Empty(published["errors"]!.AsArray());
        Assert.Equal("PUBLISHED", (string?)published["article"]!["status"]);
    }

    [Fact]
    public async Task The_default_rules_warn_about_an_everyday_draft()
    {
        await using var app = Build();
        await app.Services.GetRequiredService<IDatabaseProvider>().PrepareAsync(default);
        var id = (await new Newsroom(app.Services).DraftAsync()).Id;

        var refused = (
            await new GraphQLClient(app.Services).AskAsync(
                GraphQLClient.Erin,
                $"mutation {{ publishArticle(input: {{ id: \"{id}\" }}) {{ errors {{ ... on UserError {{ message }} }} }} }}"
            )
        )["data"]!["publishArticle"]!;

        Assert.Equal(
            "The article has warnings. Fix them, or pass their rules in acknowledge: CATEGORY, SOURCE_LINK, HERO_IMAGE, PANEL_QUORUM, BODY_LENGTH.",
            (string?)Assert.Single(refused["errors"]!.AsArray())!["message"]
        );
    }

    private WebApplication Build(params IEnumerable<string> arguments) =>
        CmsHost.Build([$"--Cms:DataDirectory={_folder.FullName}", "--Logging:LogLevel:Default=Warning", .. arguments]);

    private static async Task<JsonNode> SendAsync(WebApplication app, string request)
    {
        var query = (string)JsonNode.Parse(request)!["query"]!;
        return (await new GraphQLClient(app.Services).AskAsync(GraphQLClient.Erin, query))["data"]!;
    }

    [GeneratedRegex(@"-d '(?<it>\{""query"":[^']*)'")]
    private static partial Regex Request();
}
