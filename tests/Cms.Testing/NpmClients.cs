using System.Diagnostics;
using Xunit;

namespace Cms.Testing;

/// <summary>Clients from npm in <c>tests/clients</c>, installed by the first test that needs them.</summary>
public static class NpmClients
{
    private const string Install =
        "Install Node.js 20 or newer with npm (apt-get install nodejs npm), then run the tests again.";

    // A script that runs for longer is killed, so that its test fails instead of blocking all tests.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "clients");

    // An older installation lacks the newest of these.
    private static readonly string[] Clients =
    [
        "playwright-core",
        "axe-core",
        "html-validate",
        "standardwebhooks",
        "jose",
    ];

    private static readonly Lazy<Task<string?>> Missing = new(InstallAsync);

    /// <summary>Starts a script. Its output can be read while it runs.</summary>
    public static async Task<Process> StartAsync(string script, params IEnumerable<string> arguments)
    {
        await RequireAsync();
        return Launch("node", [script, .. arguments]);
    }

    /// <summary>Installs the clients. If that is not possible, the test is skipped; with <c>CI=true</c> it fails.</summary>
    public static async Task RequireAsync()
    {
        var missing = await Missing.Value;
        Assert.False(missing is not null && Environment.GetEnvironmentVariable("CI") == "true", missing);
        Skip.If(missing is not null, missing);
    }

    /// <summary>Runs a script and returns the lines that it prints.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync(string script, params IEnumerable<string> arguments)
    {
        using var process = await StartAsync(script, arguments);
        using var late = new Timer(_ => process.Kill(entireProcessTree: true), null, Longest, Timeout.InfiniteTimeSpan);
        var complaints = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await complaints + output);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Returns the path of a browser that scripts can control.</summary>
    public static string Chromium()
    {
        string[] names = ["chromium", "chromium-browser", "google-chrome"];
        var folders = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        var found =
            Environment.GetEnvironmentVariable("CHROMIUM")
            ?? names
                .SelectMany(name => folders.Select(folder => Path.Combine(folder, name)))
                .FirstOrDefault(File.Exists);
        const string missing =
            "Install Chromium (apt-get install chromium) or set CHROMIUM to its path, then run the tests again.";
        Assert.False(found is null && Environment.GetEnvironmentVariable("CI") == "true", missing);
        Skip.If(found is null, missing);
        return found!;
    }

    // Returns what is missing and how to install it; null if nothing is missing.
    private static async Task<string?> InstallAsync()
    {
        try
        {
            using var version = Launch("node", ["--version"]);
            await version.WaitForExitAsync();
            if (Clients.All(client => Directory.Exists(Path.Combine(Folder, "node_modules", client))))
            {
                return null;
            }

            using var install = Launch("npm", ["ci", "--no-audit", "--no-fund"]);
            var complaints = await install.StandardError.ReadToEndAsync();
            await install.WaitForExitAsync();
            return install.ExitCode == 0 ? null : $"npm ci failed in tests/clients: {complaints} {Install}";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return Install;
        }
    }

    private static Process Launch(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
