using System.Diagnostics;
using System.Text.Json;

namespace Cms.Benchmarks;

/// <summary>The measured process, as its parent sees it.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    /// <summary>Bytes in memory now.</summary>
    public long Resident
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<ServerProcess> StartAsync(string file, bool countStatements = false)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.ArgumentList.Add(typeof(ServerProcess).Assembly.Location);
        start.ArgumentList.Add("serve");
        start.ArgumentList.Add(file);
        if (countStatements)
        {
            start.ArgumentList.Add("--statements");
        }

        var process = Process.Start(start)!;
        var address = await process.StandardOutput.ReadLineAsync();
        return Uri.TryCreate(address, UriKind.Absolute, out var url)
            ? new ServerProcess(process, url.Port)
            : throw new InvalidOperationException($"The server did not start: {address}");
    }

    public async Task<(long Allocated, int Statements)> ProbeAsync()
    {
        using var connection = await HttpConnection.OpenAsync(Port);
        using var json = JsonDocument.Parse(await connection.SendAsync(Workload.Get("/probe")));
        var data = json.RootElement.GetProperty("data");
        return (data.GetProperty("allocated").GetInt64(), data.GetProperty("statements").GetInt32());
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
