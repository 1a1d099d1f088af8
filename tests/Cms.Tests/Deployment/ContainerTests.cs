using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Cms.Testing;
using Xunit;

namespace Cms.Tests.Deployment;

/// <summary>The two ways to make an image make the same one, and the file for Docker Compose is complete and safe.</summary>
public sealed partial class ContainerTests
{
    private static readonly string[] Dockerfile = System.IO.File.ReadAllLines(At("Dockerfile"));

    private static readonly JsonObject Compose = Yaml.Read("compose.yaml");

    [Fact]
    public void The_Dockerfile_and_the_project_make_the_same_image()
    {
        var project = XDocument.Load(At("src/Cms.Server/Cms.Server.csproj"));
        var variables = project
            .Descendants("ContainerEnvironmentVariable")
            .Select(variable => $"{variable.Attribute("Include")!.Value}={variable.Attribute("Value")!.Value}");

        Assert.Equal(Property(project, "ContainerBaseImage"), Last("FROM"));
        Assert.Equal(Property(project, "ContainerUser"), Last("USER"));
        Assert.Equal(Property(project, "ContainerWorkingDirectory"), Last("WORKDIR"));
        Assert.Equal(project.Descendants("ContainerPort").Single().Attribute("Include")!.Value, Last("EXPOSE"));
        Assert.Equal(variables, Variable().Matches(string.Join('\n', Dockerfile)).Select(match => match.Value));
        Assert.Equal("""["/app/Cms.Server"]""", Last("ENTRYPOINT"));
    }

    [Fact]
    public void The_image_is_small_has_no_shell_and_runs_without_root()
    {
        Assert.EndsWith("-chiseled-extra", Last("FROM"), StringComparison.Ordinal);
        Assert.NotEqual("0", Last("USER"));
        Assert.DoesNotContain(Dockerfile, line => line.StartsWith("HEALTHCHECK", StringComparison.Ordinal));
        Assert.DoesNotContain(Dockerfile, line => line.Contains(":latest", StringComparison.Ordinal));
    }

    [Fact]
    public void Compose_brings_two_servers_and_what_they_need()
    {
        var services = Compose["services"]!;

        Assert.Equal(["cms-1", "cms-2", "migrate", "proxy", "sql", "azurite", "redis"], services.Keys());
        Assert.Equal(["migrate"], services["migrate"]!["command"].Texts());
        foreach (var server in new[] { "cms-1", "cms-2" })
        {
            var after = services[server]!["depends_on"]!;
            Assert.Equal("service_completed_successfully", (string)after["migrate"]!["condition"]!);
            Assert.Equal("service:proxy", (string)services[server]!["network_mode"]!);
        }
    }

    [Fact]
    public void Images_are_pinned_and_services_are_checked_and_reachable_only_from_this_machine()
    {
        foreach (var (name, service) in Services())
        {
            Assert.Matches(@"^cms:local$|^[a-z0-9./-]+:\d[\w.-]*$", (string)service["image"]!);
            Assert.All(
                service["ports"].Texts(),
                port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal)
            );
            Assert.False(service["privileged"] is not null, name);

            // The server's image has no program that could check it. The proxy asks for its readiness.
            Assert.True((string)service["image"]! == "cms:local" || service["healthcheck"]?["test"] is not null, name);
        }

        Assert.Equal(["proxy"], Services().Where(s => s.Service["ports"] is not null).Select(s => s.Name));
        Assert.Contains(
            "http://127.0.0.1:8080/healthz/ready",
            Compose["services"]!["proxy"]!["healthcheck"]!["test"].Texts()
        );
    }

    [Fact]
    public void Servers_write_only_to_their_data_and_have_no_rights()
    {
        foreach (var (_, service) in Services().Where(s => (string)s.Service["image"]! == "cms:local"))
        {
            Assert.Equal("true", (string)service["read_only"]!);
            Assert.Equal(["ALL"], service["cap_drop"].Texts());
            Assert.Equal(["/data:uid=1654,gid=1654,mode=0700"], service["tmpfs"].Texts());
        }
    }

    [Fact]
    public void Compose_contains_no_password_and_only_settings_that_the_server_has()
    {
        var text = System.IO.File.ReadAllText(At("compose.yaml"));
        var documented = System.IO.File.ReadAllText(At("docs/reference/settings.md"));
        var settings = Services()
            .Where(s => (string)s.Service["image"]! == "cms:local")
            .SelectMany(s => s.Service["environment"].Keys())
            .Where(name => name.Contains("__", StringComparison.Ordinal));

        Assert.All(
            Password().Matches(text).Select(match => match.Groups["it"].Value),
            value => Assert.StartsWith("${CMS_SQL_PASSWORD:?", value, StringComparison.Ordinal)
        );
        Assert.Equal(3, Password().Count(text));
        Assert.All(settings, name => Assert.Contains($"`{name}`", documented, StringComparison.Ordinal));
        Assert.Contains(".env", System.IO.File.ReadAllLines(At(".gitignore")));
    }

    [Fact]
    public void The_proxy_sends_requests_to_the_ports_of_both_servers()
    {
        var proxy = System.IO.File.ReadAllText(At("infra/compose/nginx.conf"));
        var ports = new[] { "cms-1", "cms-2" }.Select(name =>
            (string)Compose["services"]![name]!["environment"]!["ASPNETCORE_HTTP_PORTS"]!
        );

        Assert.Equal(ports, Upstream().Matches(proxy).Select(match => match.Groups["it"].Value));
        Assert.DoesNotContain("ip_hash", proxy, StringComparison.Ordinal);
        Assert.Contains(
            "./infra/compose/nginx.conf:/etc/nginx/nginx.conf:ro",
            Compose["services"]!["proxy"]!["volumes"].Texts()
        );
    }

    [Fact]
    public void What_the_build_reads_is_sent_to_the_builder()
    {
        var admitted = System
            .IO.File.ReadAllLines(At(".dockerignore"))
            .Where(line => line.StartsWith('!'))
            .Select(line => line[1..])
            .ToList();
        var read = Directory
            .EnumerateFiles(At("src"), "*.csproj", SearchOption.AllDirectories)
            .SelectMany(project => FileInProject().Matches(System.IO.File.ReadAllText(project)))
            .Select(match => match.Groups["it"].Value)
            .Concat([
                "Directory.Build.props",
                "Directory.Packages.props",
                "BannedSymbols.txt",
                ".editorconfig",
                "global.json",
                "src",
            ])
            .Distinct()
            .ToList();

        Assert.Equal(read.Order(StringComparer.Ordinal), admitted.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<(string Name, JsonNode Service)> Services() =>
        Compose["services"].Keys().Select(name => (name, Compose["services"]![name]!));

    private static string Last(string instruction) =>
        Dockerfile.Last(line => line.StartsWith($"{instruction} ", StringComparison.Ordinal))[
            (instruction.Length + 1)..
        ];

    private static string Property(XDocument project, string name) => project.Descendants(name).Single().Value;

    private static string At(string path) => Path.Combine(Repository.Root, path);

    [GeneratedRegex(@"(?<=^(?:ENV| {3}) )[A-Za-z_]+=[^\s\\]+", RegexOptions.Multiline)]
    private static partial Regex Variable();

    [GeneratedRegex("""(?:Password=|PASSWORD: )(?<it>[^\n;]+)""")]
    private static partial Regex Password();

    [GeneratedRegex(@"^ +server 127\.0\.0\.1:(?<it>\d+) ", RegexOptions.Multiline)]
    private static partial Regex Upstream();

    [GeneratedRegex(@"Include=""\.\./\.\./(?<it>[^/""]+)/")]
    private static partial Regex FileInProject();
}
