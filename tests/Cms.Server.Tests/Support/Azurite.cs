using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Support;

/// <summary>
/// The Azure Blob Storage emulator on a free port. It stores all data in memory, unless <see cref="Folder" /> is set.
/// </summary>
public sealed partial class Azurite : IAsyncLifetime
{
    // Every emulator has this well-known account.
    private const string Account = "devstoreaccount1";
    private const string Key =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private Process? _process;
    private int _port;

    /// <summary>The folder for the data, so that a stopped emulator can be started again.</summary>
    public string? Folder { get; init; }

    public string ConnectionString { get; private set; } = "";

    public async Task InitializeAsync()
    {
        try
        {
            _process = await NpmClients.StartAsync(
                "node_modules/azurite/dist/src/blob/main.js",
                [
                    "--blobHost",
                    "127.0.0.1",
                    "--blobPort",
                    _port.ToString(CultureInfo.InvariantCulture),
                    "--disableTelemetry",
                    .. Folder is null ? ["--inMemoryPersistence"] : (string[])["--location", Folder],
                ]
            );
        }
        catch (SkipException)
        {
            // The Require method skips each test.
            return;
        }

        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Listening().Match(line) is { Success: true } match)
            {
                _port = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
                ConnectionString = FormattableString.Invariant(
                    $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint=http://127.0.0.1:{_port}/{Account};"
                );
                _ = _process.StandardOutput.ReadToEndAsync();
                _ = _process.StandardError.ReadToEndAsync();
                return;
            }
        }

        throw new InvalidOperationException(await _process.StandardError.ReadToEndAsync());
    }

    public Task DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            _process.Dispose();
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// Stops the emulator with SIGTERM, so that it saves what it has in memory. If it has a folder, it can be initialized
    /// again.
    /// </summary>
    public async Task StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", _process!.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Skips the test if the emulator could not be started.</summary>
    public void Require() =>
        Skip.If(
            ConnectionString.Length == 0,
            "Install Node.js 20 or newer with npm (apt-get install nodejs npm), then run the tests again."
        );

    [GeneratedRegex(@"listens on http://[^:]+:(\d+)")]
    private static partial Regex Listening();
}
