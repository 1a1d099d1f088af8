using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Cms.Testing;

/// <summary>Debian's Redis on a free loopback port, with its data in memory. Tests never install it.</summary>
public sealed class RedisServer : IDisposable
{
    private const string Install = "Run apt-get install redis-server, then run the tests again.";
    private const int Attempts = 5;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-redis-");
    private Process? _process;

    private RedisServer(int port) => Port = port;

    public int Port { get; }

    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>Reserves a port, without a Redis that listens.</summary>
    public static RedisServer Absent()
    {
        Require();
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return new RedisServer(((IPEndPoint)listener.LocalEndpoint).Port);
    }

    /// <summary>Starts Redis. Another program can take the free port first, so this tries more than once.</summary>
    public static async Task<RedisServer> StartAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            var server = Absent();
            try
            {
                await server.ListenAsync();
                return server;
            }
            catch (InvalidOperationException) when (attempt < Attempts)
            {
                server.Dispose();
            }
        }
    }

    /// <summary>Starts Redis on the port of this server, and returns when it listens.</summary>
    public async Task ListenAsync()
    {
        _process = Process.Start(
            new ProcessStartInfo(
                "redis-server",
                [
                    "--bind",
                    "127.0.0.1",
                    "--port",
                    Port.ToString(CultureInfo.InvariantCulture),
                    "--save",
                    "",
                    "--appendonly",
                    "no",
                    "--dir",
                    _folder.FullName,
                ]
            )
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                _ = _process.StandardOutput.ReadToEndAsync();
                return;
            }
        }

        throw new InvalidOperationException($"Redis cannot listen on port {Port}.");
    }

    /// <summary>Completes when this number of servers listens to a channel.</summary>
    public async Task ListenedToAsync(string channel, int listeners)
    {
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, Port);
        var stream = client.GetStream();
        using StreamReader reader = new(stream);
        var wanted = string.Create(CultureInfo.InvariantCulture, $":{listeners}");
        var late = Stopwatch.StartNew();
        while (true)
        {
            // The reply has the length of the list, the length of the name, the name and the number.
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"PUBSUB NUMSUB {channel}\r\n"));
            string?[] reply = [.. await LinesAsync(reader, 4)];
            if (reply[3] == wanted)
            {
                return;
            }

            Assert.True(late.Elapsed < Longest, $"Expected {wanted} listeners, but {string.Join(' ', reply)}.");
            await Task.Delay(Pause);
        }
    }

    /// <summary>Kills Redis immediately, as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public void Dispose()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process?.Dispose();
        _folder.Delete(recursive: true);
    }

    private static async Task<List<string?>> LinesAsync(StreamReader reader, int count)
    {
        List<string?> lines = [];
        while (lines.Count < count)
        {
            lines.Add(await reader.ReadLineAsync());
        }

        return lines;
    }

    private static void Require()
    {
        var exists = CanRun();
        Assert.False(!exists && Environment.GetEnvironmentVariable("CI") == "true", Install);
        Skip.If(!exists, Install);
    }

    private static bool CanRun()
    {
        try
        {
            using var version = Process.Start(
                new ProcessStartInfo("redis-server", ["--version"])
                {
                    RedirectStandardOutput = true,
                    UseShellExecute = false,
                }
            )!;
            version.StandardOutput.ReadToEnd();
            version.WaitForExit();
            return version.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
