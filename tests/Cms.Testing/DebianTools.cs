using System.ComponentModel;
using System.Diagnostics;
using Xunit;

namespace Cms.Testing;

/// <summary>Programs of other people that read feeds, from the packages of Debian. Tests never install them.</summary>
public static class DebianTools
{
    private const string Install =
        "Run apt-get install python3-feedparser newsboat libxml-feed-perl jing, then run the tests again.";

    /// <summary>Python with the packages of Debian. Another Python can come first on the PATH.</summary>
    public const string Python = "/usr/bin/python3";

    // A program that runs for longer is killed, so that its test fails instead of blocking all tests.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "clients", "feeds");

    private static readonly Lazy<Task<bool>> Exist = new(async () =>
        await CanRunAsync(Python, "-c", "import feedparser")
        && await CanRunAsync("/usr/bin/perl", "-MXML::Feed", "-MJSON::PP", "-e", "1")
        && await CanRunAsync("newsboat", "-v")
        && File.Exists("/usr/bin/jing")
    );

    /// <summary>Skips the test if a program is missing; with <c>CI=true</c> it fails.</summary>
    public static async Task RequireAsync()
    {
        var exist = await Exist.Value;
        Assert.False(!exist && Environment.GetEnvironmentVariable("CI") == "true", Install);
        Skip.If(!exist, Install);
    }

    /// <summary>
    /// Runs a program in <c>tests/clients/feeds</c> and returns what it prints. Fails if the program ends with an error.
    /// </summary>
    public static async Task<string> RunAsync(string program, params IEnumerable<string> arguments)
    {
        var (status, output, complaints) = await FinishAsync(program, arguments);
        Assert.True(status == 0, complaints + output);
        return output;
    }

    private static async Task<bool> CanRunAsync(string program, params IEnumerable<string> arguments)
    {
        try
        {
            return (await FinishAsync(program, arguments)).Status == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static async Task<(int Status, string Output, string Complaints)> FinishAsync(
        string program,
        IEnumerable<string> arguments
    )
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = Folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            }
        )!;
        await using var late = new Timer(
            _ => process.Kill(entireProcessTree: true),
            null,
            Longest,
            Timeout.InfiniteTimeSpan
        );
        var complaints = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await complaints);
    }
}
