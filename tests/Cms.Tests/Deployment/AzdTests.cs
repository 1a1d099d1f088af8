using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cms.Testing;
using Xunit;

namespace Cms.Tests.Deployment;

/// <summary>
/// <c>azure.yaml</c> is what azd reads. The keys below are those of azd's schema (version 1.0) that this file may use: azd
/// itself ignores keys that it does not know.
/// </summary>
public sealed partial class AzdTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        [""] = ["name", "metadata", "requiredVersions", "infra", "services", "hooks", "workflows", "pipeline", "state"],
        ["metadata"] = ["template"],
        ["requiredVersions"] = ["azd", "extensions"],
        ["infra"] = ["provider", "path", "module"],
        ["service"] =
        [
            "apiVersion",
            "resourceGroup",
            "resourceName",
            "project",
            "image",
            "host",
            "language",
            "module",
            "dist",
            "docker",
            "config",
            "uses",
            "env",
            "hooks",
        ],
        ["docker"] =
        [
            "path",
            "context",
            "platform",
            "target",
            "registry",
            "image",
            "tag",
            "buildArgs",
            "network",
            "remoteBuild",
        ],
        ["hook"] = ["shell", "run", "continueOnError", "interactive", "windows", "posix", "secrets"],
        ["events"] =
        [
            "provision",
            "infracreate",
            "infradelete",
            "down",
            "up",
            "package",
            "publish",
            "deploy",
            "restore",
        ],
        ["serviceEvents"] = ["restore", "build", "package", "publish", "deploy"],
    };

    private static readonly JsonObject File = Yaml.Read("azure.yaml");

    [Fact]
    public void Every_key_is_one_that_azd_knows()
    {
        var service = File["services"]!["cms"]!;

        AssertKeys("", File);
        AssertKeys("metadata", File["metadata"]);
        AssertKeys("requiredVersions", File["requiredVersions"]);
        AssertKeys("infra", File["infra"]);
        AssertKeys("service", service);
        AssertKeys("docker", service["docker"]);
        AssertHooks("events", File["hooks"]);
        AssertHooks("serviceEvents", service["hooks"]);
        Assert.Matches("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", (string)File["name"]!);
        Assert.Equal(["cms"], File["services"].Keys());
        Assert.Equal(("containerapp", "docker"), ((string)service["host"]!, (string)service["language"]!));
        Assert.Equal("bicep", (string)File["infra"]!["provider"]!);
    }

    [Fact]
    public void Every_file_that_it_names_exists()
    {
        var service = File["services"]!["cms"]!;
        var infra = (string)File["infra"]!["path"]!;
        List<string> files =
        [
            (string)service["docker"]!["path"]!,
            $"{infra}/{File["infra"]!["module"]}.bicep",
            $"{infra}/{File["infra"]!["module"]}.bicepparam",
            $"{infra}/{service["module"]}.bicep",
            $"{infra}/{service["module"]}.bicepparam",
            .. Hooks().Select(hook => (string)hook["run"]!),
        ];

        Assert.Equal(8, files.Count);
        Assert.All(files, file => Assert.True(System.IO.File.Exists(At(file)), file));
        Assert.All(Hooks(), hook => Assert.Equal("sh", (string)hook["shell"]!));
    }

    [Fact]
    public void Every_variable_that_is_read_is_set_by_azd_by_the_deployment_or_is_in_the_guide()
    {
        var outputs = Output().Matches(Read("infra/main.bicep")).Select(match => match.Groups["it"].Value);
        var guide = Quoted().Matches(Read("docs/operations/azure.md")).Select(match => match.Groups["it"].Value);
        string[] ofAzd = ["AZURE_ENV_NAME", "AZURE_LOCATION", "AZURE_PRINCIPAL_ID", "SERVICE_CMS_IMAGE_NAME"];
        // Tests set the first two; hooks set the others.
        string[] ofHooks =
        [
            "CMS_HOOK_PAUSE",
            "CMS_HOOK_TRIES",
            "CMS_FRONT_END_CLIENT_ID",
            "CMS_CUSTOM_DOMAIN_CERTIFICATE_ID",
        ];

        var read = Directory
            .EnumerateFiles(At("infra"), "*.*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".bicepparam" or ".sh")
            .SelectMany(file => Variable().Matches(System.IO.File.ReadAllText(file)))
            .Select(match => match.Groups["it"].Value)
            .Distinct()
            .ToList();

        Assert.True(read.Count > 30);
        Assert.Empty(read.Except([.. outputs, .. guide, .. ofAzd, .. ofHooks], StringComparer.Ordinal));
    }

    private static IEnumerable<JsonNode> Hooks() =>
        new[] { File["hooks"]!, File["services"]!["cms"]!["hooks"]! }.SelectMany(hooks =>
            hooks.Keys().Select(name => hooks[name]!)
        );

    private static void AssertHooks(string events, JsonNode? hooks)
    {
        Assert.NotEmpty(hooks.Keys());
        foreach (var name in hooks.Keys())
        {
            Assert.Matches($"^(?:pre|post)(?:{string.Join('|', Allowed[events])})$", name);
            AssertKeys("hook", hooks![name]);
        }
    }

    private static void AssertKeys(string at, JsonNode? node) => Assert.Empty(node.Keys().Except(Allowed[at]));

    private static string At(string path) => Path.Combine(Repository.Root, path);

    private static string Read(string path) => System.IO.File.ReadAllText(At(path));

    [GeneratedRegex(@"^output (?<it>[A-Z_]+) ", RegexOptions.Multiline)]
    private static partial Regex Output();

    [GeneratedRegex("`(?<it>CMS_[A-Z_]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?:readEnvironmentVariable\(\s*'|\$\{?)(?<it>(?:CMS|AZURE|SERVICE)_[A-Z_]+)")]
    private static partial Regex Variable();
}
