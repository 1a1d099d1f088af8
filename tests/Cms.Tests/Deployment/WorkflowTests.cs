using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Cms.Testing;
using Xunit;

namespace Cms.Tests.Deployment;

/// <summary>The workflows and the update service of GitHub.</summary>
public sealed class WorkflowTests
{
    public static TheoryData<string> Workflows { get; } =
        new(Directory.EnumerateFiles(At(".github/workflows"), "*.yml").Select(file => Path.GetFileName(file)!));

    [Theory]
    [MemberData(nameof(Workflows))]
    public void A_workflow_has_an_event_few_permissions_and_jobs_that_end(string name)
    {
        var workflow = Yaml.Read(".github", "workflows", name);

        Assert.NotNull(workflow["on"]);
        Assert.Equal("read", (string)workflow["permissions"]!["contents"]!);
        foreach (var job in workflow["jobs"].Keys().Select(key => workflow["jobs"]![key]!))
        {
            Assert.Matches(@"^ubuntu-\d", (string)job["runs-on"]!);
            Assert.InRange(int.Parse((string)job["timeout-minutes"]!, null), 1, 180);
            foreach (var step in job["steps"]!.AsArray())
            {
                Assert.True(step!["uses"] is null != (step["run"] is null));
                Assert.Matches(@"^$|^actions/[\w-]+@(?:v\d+|[0-9a-f]{40})$", (string?)step["uses"] ?? "");

                // Text of others, such as the title of a pull request, must not become a part of a command.
                Assert.DoesNotContain("${{", (string?)step["run"] ?? "", StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Each_push_runs_all_checks_and_the_tests_on_SQL_Server_and_starts_the_containers()
    {
        var jobs = Yaml.Read(".github", "workflows", "ci.yml")["jobs"]!;

        Assert.Contains(Commands(jobs["check"]!), command => command.EndsWith(".ci/run", StringComparison.Ordinal));
        Assert.StartsWith(
            "mcr.microsoft.com/mssql/server:2022-",
            (string)jobs["sql-server"]!["services"]!["sql"]!["image"]!,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Server=127.0.0.1;",
            (string)jobs["sql-server"]!["env"]!["CMS_TEST_SQLSERVER"]!,
            StringComparison.Ordinal
        );
        Assert.Contains(
            Commands(jobs["sql-server"]!),
            command => command.Contains("dotnet test tests/Cms.Server.Tests", StringComparison.Ordinal)
        );
        Assert.Contains(
            Commands(jobs["container"]!),
            command => command.Contains("docker compose up", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_tag_makes_a_release_with_notes_an_image_and_a_bill_of_materials()
    {
        var workflow = Yaml.Read(".github", "workflows", "release.yml");
        var commands = string.Join('\n', Commands(workflow["jobs"]!["release"]!));

        Assert.Equal(["v*"], workflow["on"]!["push"]!["tags"].Texts());
        Assert.Contains(".ci/notes", commands, StringComparison.Ordinal);
        Assert.Contains("/t:PublishContainer", commands, StringComparison.Ordinal);
        Assert.Contains("out/sbom.json", commands, StringComparison.Ordinal);
        Assert.Contains("--filename sbom.json", File.ReadAllText(At(".ci/publish")), StringComparison.Ordinal);
    }

    [Fact]
    public void Updates_are_proposed_for_every_folder_with_packages()
    {
        var updates = Yaml.Read(".github", "dependabot.yml")["updates"]!.AsArray();
        var npm = updates.Single(update => (string)update!["package-ecosystem"]! == "npm")!["directories"].Texts();
        var folders = new[] { "src", "tests" }
            .SelectMany(folder =>
                Directory.EnumerateFiles(At(folder), "package-lock.json", SearchOption.AllDirectories)
            )
            .Where(file => !file.Contains("node_modules", StringComparison.Ordinal))
            .Select(file => "/" + Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(file)!));

        Assert.Equal(folders.Order(StringComparer.Ordinal), npm.Order(StringComparer.Ordinal));
        Assert.Equal(
            ["docker", "docker-compose", "github-actions", "npm", "nuget"],
            updates.Select(update => (string)update!["package-ecosystem"]!).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Vulnerable_packages_are_warnings_and_do_not_fail_the_build()
    {
        var properties = XDocument.Load(At("Directory.Build.props")).Descendants().ToList();

        Assert.Equal("true", properties.Single(p => p.Name.LocalName == "NuGetAudit").Value);
        Assert.Contains(
            "NU1900",
            properties.Single(p => p.Name.LocalName == "WarningsNotAsErrors").Value,
            StringComparison.Ordinal
        );
    }

    [SkippableFact]
    public void Release_notes_are_the_entries_of_one_version()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Run this test on Linux: .ci/notes is a shell script.");
        var folder = Directory.CreateTempSubdirectory("cms-notes-");
        try
        {
            folder.CreateSubdirectory(".ci");
            File.Copy(At(".ci/notes"), Path.Combine(folder.FullName, ".ci", "notes"));
            File.WriteAllText(Path.Combine(folder.FullName, "Directory.Build.props"), "<Version>1.2.0</Version>");
            File.WriteAllText(
                Path.Combine(folder.FullName, "CHANGELOG.md"),
                "## [Unreleased]\n\n- Later\n\n## [1.2.0] - 2026-12-01\n\n- New\n\n## [1.1.0]\n\n- Old\n"
            );

            Assert.Equal((0, "- New"), Notes(folder, "1.2.0"));
            Assert.Equal(1, Notes(folder, "1.1.0").Status);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static (int Status, string Output) Notes(DirectoryInfo folder, string version)
    {
        using var process = Process.Start(
            new ProcessStartInfo("bash", [Path.Combine(folder.FullName, ".ci", "notes"), version])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            }
        )!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output.Trim());
    }

    private static IEnumerable<string> Commands(JsonNode job) =>
        job["steps"]!.AsArray().Select(step => (string?)step!["run"]).OfType<string>();

    private static string At(string path) => Path.Combine(Repository.Root, path);
}
