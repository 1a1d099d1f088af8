using System.Net;
using System.Net.Sockets;
using Cms.Testing;

namespace Cms.Browser.Tests.Support;

/// <summary>
/// The server in Development, in a process of its own. It can be killed, and started again with the same data at the same
/// address.
/// </summary>
public sealed class DevelopmentServer : IAsyncDisposable
{
    // Starting takes up to ten seconds.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // Below the ports that the system gives to connections, so that nothing takes the port while the server is down.
    private static int _lastPort = 20_000 + (Environment.ProcessId % 10_000);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-browser-test-");
    private readonly HttpClient _client = new();
    private readonly Dictionary<string, string> _settings;
    private CmsProcess? _process;

    /// <param name="hasSample">Whether the database begins with the sample newsroom; otherwise it is empty.</param>
    public DevelopmentServer(bool hasSample) =>
        _settings = new(StringComparer.Ordinal)
        {
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Cms__DataDirectory"] = _folder.FullName,
            ["Cms__DevIdentity__Url"] = FreeAddress().AbsoluteUri.TrimEnd('/'),
            ["Cms__Limits__AnonymousPerSecond"] = "0",
            ["Cms__SampleNewsroom"] = hasSample ? "true" : "false",
        };

    public Uri Address { get; } = FreeAddress();

    /// <summary>Starts the server, and returns when it answers.</summary>
    public async Task StartAsync()
    {
        _process?.Dispose();

        // The server that the tests were built with, because a published one has no people who can sign in.
        _process = CmsProcess.Start(_settings, $"--urls={Address.AbsoluteUri.TrimEnd('/')}");
        List<string> printed = [];
        using CancellationTokenSource late = new(Longest);
        while (!printed.Exists(line => line.Contains("Now listening on", StringComparison.Ordinal)))
        {
            printed.Add(
                await _process.ReadLineAsync().WaitAsync(late.Token)
                    ?? throw new InvalidOperationException(
                        $"The server has ended: {string.Join('\n', printed)}{(await _process.EndAsync()).Complaints}"
                    )
            );
        }

        _ = ReadToEndAsync(_process);
        while (!(await _client.GetAsync(new Uri(Address, "healthz/ready"), late.Token)).IsSuccessStatusCode)
        {
            await Task.Delay(Pause, late.Token);
        }
    }

    /// <summary>Returns an access token of a person of the development identity.</summary>
    public async Task<string> TokenAsync(string person)
    {
        using var token = CmsProcess.Start(_settings, "token", person);
        return (await token.EndAsync()).Output.Trim();
    }

    /// <summary>Kills the server immediately, as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        if (_process is not null)
        {
            await _process.KillAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.KillAsync();
            _process.Dispose();
        }

        _client.Dispose();
        _folder.Delete(recursive: true);
    }

    private static Uri FreeAddress()
    {
        while (true)
        {
            var port = Interlocked.Increment(ref _lastPort);
            try
            {
                using TcpListener listener = new(IPAddress.Loopback, port);
                listener.Start();
                return new Uri(FormattableString.Invariant($"http://localhost:{port}/"));
            }
            catch (SocketException)
            {
                // Something else has this port.
            }
        }
    }

    // Reads all output, so that the process never blocks on a full pipe.
    private static async Task ReadToEndAsync(CmsProcess process)
    {
        while (await process.ReadLineAsync() is not null) { }
    }
}
