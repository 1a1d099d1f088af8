using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.RegularExpressions;
using Cms.GraphQL;
using Cms.Server.Access;
using Cms.Server.Commands;
using Cms.Site;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Cms.Server.Tests.Documentation;

/// <summary>The links, settings, commands and error codes in the documents are correct.</summary>
public sealed partial class DocumentationTests
{
    private const string Settings = "docs/reference/settings.md";
    private const string Commands = "docs/reference/commands.md";
    private const string Codes = "docs/reference/error-codes.md";

    // Settings with standard .NET names, which our settings classes do not declare.
    private static readonly string[] OfTheHost =
    [
        "ASPNETCORE_URLS",
        "ASPNETCORE_ENVIRONMENT",
        "ASPNETCORE_FORWARDEDHEADERS_ENABLED",
        "ConnectionStrings__Cms",
        "ConnectionStrings__Redis",
    ];

    private static readonly string[] Roles = ["Author", "Editor", "Admin"];

    [Fact]
    public void Every_link_leads_to_an_existing_file_and_heading()
    {
        List<string> broken = [];
        foreach (var document in Documents.All)
        {
            foreach (var link in Documents.LinksOf(document))
            {
                var (path, anchor) = Documents.Resolve(document, link);
                if (
                    !Path.Exists(Documents.Path(path))
                    || (anchor.Length > 0 && !Documents.AnchorsOf(path).Contains(anchor, StringComparer.Ordinal))
                )
                {
                    broken.Add($"{document}: {link}");
                }
            }
        }

        Assert.Empty(broken);
        Assert.True(Documents.All.Sum(document => Documents.LinksOf(document).Count()) > 50);
    }

    [Fact]
    public void Every_document_can_be_reached_from_the_readme()
    {
        HashSet<string> reached = new(StringComparer.Ordinal) { "README.md" };
        Queue<string> next = new(reached);
        while (next.TryDequeue(out var document))
        {
            foreach (var link in Documents.LinksOf(document))
            {
                var (path, _) = Documents.Resolve(document, link);
                if (path.EndsWith(".md", StringComparison.Ordinal) && reached.Add(path))
                {
                    next.Enqueue(path);
                }
            }
        }

        Assert.Empty(Documents.All.Except(reached));
    }

    [Fact]
    public void Every_setting_is_documented_and_every_documented_setting_exists()
    {
        var known = SettingsOf(typeof(CmsSettings), "Cms")
            .Concat(SettingsOf(typeof(SiteSettings), "Cms__Site"))
            .Concat(SignInSettings())
            .Concat(OfTheHost)
            .ToList();
        known.AddRange([
            "Cms__Api__Url",
            "Cms__Cors__AllowedOrigins__0",
            "Cms__Streams__AllowedOrigins__0",
            "Cms__WebSub__Hub",
        ]);
        var documented = Documents.Quoted(Settings).Where(text => SettingName().IsMatch(text)).Distinct().ToList();

        Assert.Empty(known.Except(documented));
        Assert.Empty(documented.Except(known));
        Assert.True(known.Count > 40);
    }

    [Fact]
    public void Settings_named_in_other_documents_are_in_the_reference()
    {
        var documented = Documents.Quoted(Settings).ToList();
        var named = Documents
            .All.SelectMany(document => SettingInText().Matches(Documents.Read(document)))
            .Select(match => match.Value)
            .Distinct();

        var missing = named
            .Where(name => !documented.Exists(text => text.StartsWith(name, StringComparison.Ordinal)))
            .ToList();

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_command_and_option_is_documented()
    {
        var documented = string.Join('\n', Documents.Quoted(Commands));

        var missing = CommandsOf(CommandLine.Root([]), "")
            .Where(command => !documented.Contains(command, StringComparison.Ordinal))
            .ToList();

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_command_in_the_documents_can_be_parsed()
    {
        var commands = Documents
            .All.SelectMany(document => CommandInText().Matches(Documents.Read(document)))
            .Select(match => match.Groups["it"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Concat(
                CommandInTable().Matches(Documents.Read(Commands)).Select(match => Example(match.Groups["it"].Value))
            )
            .ToList();

        var wrong = commands.Where(words => CommandLine.Root([]).Parse(words).Errors.Count > 0);
        Assert.Empty(wrong.Select(words => string.Join(' ', words)));
        Assert.True(commands.Count > 10);
    }

    [Fact]
    public void Every_error_code_is_documented_and_every_documented_code_exists()
    {
        var documented = ErrorCode().Matches(Documents.Read(Codes)).Select(match => match.Groups["it"].Value);

        Assert.Equal(ErrorCodes.Described.Keys.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_guide_to_the_desk_names_the_role_of_every_mutation_of_staff()
    {
        var mutations = MutationType().Match(Documents.Read("schema/schema.graphql")).Value;
        var required = MutationRole()
            .Matches(mutations)
            .Select(match => (match.Groups["it"].Value, match.Groups["role"].Value))
            .Where(mutation => mutation is not (_, "Reader"));
        var documented = RoleRow()
            .Matches(RoleSection().Match(Documents.Read("docs/guides/desk.md")).Value)
            .SelectMany(row =>
                Roles.SelectMany(role =>
                    QuotedName().Matches(row.Groups[role].Value).Select(name => (name.Groups["it"].Value, role))
                )
            );

        Assert.Equal(required.Order(), documented.Order());
    }

    private static IEnumerable<string> SettingsOf(Type type, string name) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite)
            .SelectMany(property =>
            {
                var inner = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
                return inner.Namespace!.StartsWith("Cms", StringComparison.Ordinal) && !inner.IsEnum
                    ? SettingsOf(inner, $"{name}__{property.Name}")
                    : [$"{name}__{property.Name}"];
            });

    // The settings that EntraSettings reads.
    private static IEnumerable<string> SignInSettings()
    {
        var recorder = new Recorder();
        EntraSettings.Read(new ConfigurationRoot([recorder]));
        return recorder
            .Asked.Select(key => key.Replace(":", "__", StringComparison.Ordinal))
            .Append("AzureAd__PartnerTenants__0");
    }

    private static IEnumerable<string> CommandsOf(Command command, string before)
    {
        var name =
            command is RootCommand ? ""
            : before.Length == 0 ? command.Name
            : $"{before} {command.Name}";
        var own = command.Options.Where(_ => name.Length > 0).Select(option => option.Name);
        return command
            .Subcommands.SelectMany(inner => CommandsOf(inner, name))
            .Concat(name.Length > 0 && command.Subcommands.Count == 0 ? [name] : [])
            .Concat(own);
    }

    // Fills in the placeholders of a command such as ‘import <path>’.
    private static string[] Example(string command) =>
        [
            .. command
                .Split(' ')
                .Select(word =>
                    word switch
                    {
                        "<who>" => "editor",
                        "<n>" => "20",
                        ['<', ..] => "here",
                        _ => word,
                    }
                ),
        ];

    [GeneratedRegex(@"^(?:Cms__|AzureAd__|Auth__|ASPNETCORE_|ConnectionStrings__)\w+$")]
    private static partial Regex SettingName();

    [GeneratedRegex(@"\b(?:Cms|AzureAd|Auth|ConnectionStrings)__\w*\w")]
    private static partial Regex SettingInText();

    [GeneratedRegex(
        @"(?:--project src/Cms\.Server --|^\s+\./out/Cms\.Server) (?<it>[a-z-]+(?: [\w./-]+)*)",
        RegexOptions.Multiline
    )]
    private static partial Regex CommandInText();

    [GeneratedRegex(@"^\| `(?<it>[a-z][^`]*)` \|", RegexOptions.Multiline)]
    private static partial Regex CommandInTable();

    [GeneratedRegex(@"^\| `(?<it>[A-Z_]+)` \|", RegexOptions.Multiline)]
    private static partial Regex ErrorCode();

    [GeneratedRegex(@"^type Mutation \{$.*?^\}$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex MutationType();

    [GeneratedRegex(@"Requires the role (?<role>\w+)\.""\s+(?<it>\w+)\(")]
    private static partial Regex MutationRole();

    [GeneratedRegex(@"^\| [^|]+ \|(?<Author>[^|]*)\|(?<Editor>[^|]*)\|(?<Admin>[^|]*)\|$", RegexOptions.Multiline)]
    private static partial Regex RoleRow();

    [GeneratedRegex("^## Who may do what$.*?^## ", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex RoleSection();

    [GeneratedRegex("`(?<it>[a-z][A-Za-z]+)`")]
    private static partial Regex QuotedName();

    /// <summary>Records which settings are read. Only the tenant and the application have values.</summary>
    private sealed class Recorder : ConfigurationProvider
    {
        public HashSet<string> Asked { get; } = new(StringComparer.Ordinal);

        public override bool TryGet(string key, [NotNullWhen(true)] out string? value)
        {
            Asked.Add(key);
            value = key is "AzureAd:TenantId" or "AzureAd:ClientId" ? "72f988bf-86f1-41af-91ab-2d7cd011db47" : null;
            return value is not null;
        }
    }
}
