using System.Diagnostics;
using Xunit;

namespace Cms.Testing;

/// <summary>
/// The server as it ships: a Release build, compiled ahead of time, with its own runtime configuration. It is published
/// once per test run, unless <c>CMS_TEST_PUBLISHED</c> names the folder of a published server.
/// </summary>
public static class PublishedServer
{
    private const string Variable = "CMS_TEST_PUBLISHED";

    /// <summary>Whether a published server is given, so that none needs to be published.</summary>
    public static bool IsGiven => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 };

    private static readonly Lazy<Task<string>> Published = new(FindAsync);

    /// <summary>
    /// Returns the path of the published program: <c>Cms.Server.dll</c>, which <c>dotnet</c> runs, or the executable
    /// file if the program contains .NET.
    /// </summary>
    public static Task<string> ProgramAsync() => Published.Value;

    /// <summary>Returns the folder of the published program.</summary>
    public static async Task<string> FolderAsync() => Path.GetDirectoryName(await ProgramAsync())!;

    /// <summary>Publishes the server into <paramref name="folder" />.</summary>
    /// <param name="folder">The output folder; it should be empty.</param>
    /// <param name="arguments">Additional arguments for <c>dotnet publish</c>.</param>
    public static async Task PublishAsync(string folder, params IEnumerable<string> arguments)
    {
        // Intermediate files have their own folder, so that publishing never changes the files from which the tests
        // were built. The folder is not deleted, so that the next test run compiles only what has changed.
        string[] words =
        [
            "publish",
            "src/Cms.Server",
            "-c",
            "Release",
            "-nodeReuse:false",
            "-p:RunAnalyzers=false",
            $"-p:ArtifactsPath={Path.Combine(Repository.Root, "artifacts", "published")}",
            "-o",
            folder,
            .. arguments,
        ];
        var start = new ProcessStartInfo("dotnet", words)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var publish = Process.Start(start)!;
        var output = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        Assert.True(publish.ExitCode == 0, output);
    }

    private static async Task<string> FindAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
        {
            var hasRuntime = Directory.EnumerateFiles(given, "*coreclr.*").Any();
            var program = Path.Combine(Path.GetFullPath(given), hasRuntime ? "Cms.Server" : "Cms.Server.dll");
            Assert.True(
                File.Exists(program),
                $"{Variable} is set but {program} does not exist: publish the server there, or unset {Variable}."
            );
            return program;
        }

        var folder = Directory.CreateTempSubdirectory("cms-published-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        await PublishAsync(folder.FullName);
        return Path.Combine(folder.FullName, "Cms.Server.dll");
    }
}
