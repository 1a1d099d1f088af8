using System.Diagnostics;
using System.Globalization;

namespace Cms.Testing;

/// <summary>The program in a separate process, as an operator runs it.</summary>
public sealed class CmsProcess : IDisposable
{
    private static readonly string Dotnet = Environment.ProcessPath is { } host && IsDotnet(host) ? host : "dotnet";

    // A command that does not end within this time fails its test instead of blocking all tests.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly Task<string> _complaints;

    private CmsProcess(Process process)
    {
        _process = process;
        _complaints = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts the program that the tests were built with. Their project must refer to it.</summary>
    /// <param name="settings">Environment variables.</param>
    /// <param name="arguments">Command-line arguments.</param>
    public static CmsProcess Start(
        IReadOnlyDictionary<string, string> settings,
        params IEnumerable<string> arguments
    ) => StartProgram(Path.Combine(AppContext.BaseDirectory, "Cms.Server.dll"), settings, arguments);

    /// <summary>Starts the published program.</summary>
    /// <inheritdoc cref="Start" />
    public static async Task<CmsProcess> StartPublishedAsync(
        IReadOnlyDictionary<string, string> settings,
        params IEnumerable<string> arguments
    ) => StartProgram(await PublishedServer.ProgramAsync(), settings, arguments);

    /// <summary>Starts the published program through another command, which runs it in the same process.</summary>
    /// <param name="command">The command, such as <c>unshare -m</c>; the program follows.</param>
    /// <inheritdoc cref="Start" />
    public static async Task<CmsProcess> StartPublishedThroughAsync(
        IReadOnlyList<string> command,
        IReadOnlyDictionary<string, string> settings,
        params IEnumerable<string> arguments
    )
    {
        var program = await PublishedServer.ProgramAsync();
        return StartProgram(
            command[0],
            settings,
            [.. command.Skip(1), .. IsAssembly(program) ? [Dotnet, program] : (string[])[program], .. arguments]
        );
    }

    /// <summary>Starts <paramref name="program" />: an assembly (with <c>dotnet</c>) or an executable file.</summary>
    /// <inheritdoc cref="Start" />
    public static CmsProcess StartProgram(
        string program,
        IReadOnlyDictionary<string, string> settings,
        params IEnumerable<string> arguments
    )
    {
        var isAssembly = IsAssembly(program);
        var start = new ProcessStartInfo(isAssembly ? Dotnet : program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        if (isAssembly)
        {
            start.ArgumentList.Add(program);
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return new CmsProcess(Process.Start(start)!);
    }

    /// <summary>The id of the process.</summary>
    public int Id => _process.Id;

    /// <summary>The memory (working set) of the process now, in bytes.</summary>
    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>The user and kernel time that the process has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The peak memory (working set) of the process, in bytes.</summary>
    public long PeakMemory
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    /// <summary>Returns the next line that the process prints; null if it has ended.</summary>
    public Task<string?> ReadLineAsync() => _process.StandardOutput.ReadLineAsync();

    /// <summary>Kills the process immediately, as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Sends SIGTERM, as an orchestrator does.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits until the process ends. If it takes too long, it is killed and the test fails.</summary>
    public async Task<(int ExitCode, string Output, string Complaints)> EndAsync()
    {
        try
        {
            return await ReadToEndAsync().WaitAsync(Longest);
        }
        catch (TimeoutException)
        {
            _process.Kill();
            throw;
        }
    }

    private async Task<(int ExitCode, string Output, string Complaints)> ReadToEndAsync()
    {
        var output = await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
        return (_process.ExitCode, output, await _complaints);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static bool IsAssembly(string program) =>
        Path.GetExtension(program).Equals(".dll", StringComparison.OrdinalIgnoreCase);

    private static bool IsDotnet(string path) =>
        Path.GetFileNameWithoutExtension(path).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
}
