using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Cms.Benchmarks;

/// <summary>A server in a separate process, measured from outside, as an operator's tools measure it.</summary>
internal sealed class MeasuredProcess(Process process, int port) : IAsyncDisposable
{
    public int Port => port;

    /// <summary>The resident memory, in bytes.</summary>
    public long Resident
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    public TimeSpan Cpu
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Starts a program that listens on the address in <c>ASPNETCORE_URLS</c>.</summary>
    public static MeasuredProcess Start(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet", command) { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";
        var process = Process.Start(start)!;

        // Read the output, because a full pipe would block the server.
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        return new MeasuredProcess(process, port);
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    /// <summary>Returns a port of this machine that nothing listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
