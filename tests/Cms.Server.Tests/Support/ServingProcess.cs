using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cms.Testing;

namespace Cms.Server.Tests.Support;

/// <summary>The server in a separate process on a free loopback port, and a client with or without a token.</summary>
public sealed partial class ServingProcess : IDisposable
{
    private readonly ConcurrentQueue<string> _log = [];
    private readonly CmsProcess _process;
    private readonly Task _reading;

    private ServingProcess(CmsProcess process, Uri address, string? token)
    {
        _process = process;
        Client = new HttpClient { BaseAddress = address };
        if (token is not null)
        {
            Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        _reading = ReadToEndAsync(process);
    }

    /// <summary>The id of the process.</summary>
    public int Id => _process.Id;

    /// <summary>The lines that the server has printed since it listens.</summary>
    public IReadOnlyCollection<string> Log => _log;

    public HttpClient Client { get; }

    public TimeSpan ProcessorTime => _process.ProcessorTime;

    public long Memory => _process.Memory;

    public long PeakMemory => _process.PeakMemory;

    /// <summary>Starts the published server and returns when it listens.</summary>
    /// <param name="settings">Environment variables.</param>
    /// <param name="token">The client's access token; null for an anonymous client.</param>
    /// <param name="arguments">Additional command-line arguments.</param>
    public static async Task<ServingProcess> StartPublishedAsync(
        IReadOnlyDictionary<string, string> settings,
        string? token = null,
        params IEnumerable<string> arguments
    ) =>
        await ListenAsync(
            await CmsProcess.StartPublishedAsync(settings, ["--urls=http://127.0.0.1:0", .. arguments]),
            token
        );

    /// <summary>
    /// Starts the published server if one is given, and otherwise the one that the tests were built with.
    /// </summary>
    /// <inheritdoc cref="StartPublishedAsync" />
    public static async Task<ServingProcess> StartAsync(
        IReadOnlyDictionary<string, string> settings,
        string? token = null,
        params IEnumerable<string> arguments
    ) =>
        PublishedServer.IsGiven
            ? await StartPublishedAsync(settings, token, arguments)
            : await ListenAsync(CmsProcess.Start(settings, ["--urls=http://127.0.0.1:0", .. arguments]), token);

    /// <summary>Starts the published server through another command, and returns when it listens.</summary>
    /// <param name="command">The command, such as <c>unshare -m</c>; the program follows.</param>
    /// <inheritdoc cref="StartPublishedAsync" />
    public static async Task<ServingProcess> StartPublishedThroughAsync(
        IReadOnlyList<string> command,
        IReadOnlyDictionary<string, string> settings,
        string? token = null,
        params IEnumerable<string> arguments
    ) =>
        await ListenAsync(
            await CmsProcess.StartPublishedThroughAsync(command, settings, ["--urls=http://127.0.0.1:0", .. arguments]),
            token
        );

    private static async Task<ServingProcess> ListenAsync(CmsProcess process, string? token)
    {
        while (await process.ReadLineAsync() is { } line)
        {
            if (Listening.Match(line) is { Success: true } listening)
            {
                return new ServingProcess(process, new Uri(listening.Groups["address"].Value), token);
            }
        }

        var (code, _, complaints) = await process.EndAsync();
        process.Dispose();
        throw new InvalidOperationException($"The server exited with code {code} before it listened: {complaints}");
    }

    /// <summary>Kills the server immediately, as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        await _process.KillAsync();
        await _reading;
    }

    /// <summary>Sends SIGTERM, as an orchestrator does; returns the exit code and the standard error.</summary>
    public async Task<(int ExitCode, string Complaints)> StopAsync()
    {
        await _process.TerminateAsync();
        await _reading;
        var (code, _, complaints) = await _process.EndAsync();
        return (code, complaints);
    }

    /// <summary>Uploads a file in one request.</summary>
    public async Task<HttpResponseMessage> PostAsync(
        byte[] file,
        string name = "picture.jpg",
        string type = "image/jpeg"
    )
    {
        using var form = new MultipartFormDataContent();
        using var content = new ByteArrayContent(file);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        form.Add(content, "file", name);
        return await Client.PostAsync("/media", form);
    }

    public async Task<JsonNode> AskAsync(string query)
    {
        using var response = await Client.PostAsJsonAsync("/graphql", new { query });
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    public void Dispose()
    {
        Client.Dispose();
        _process.Dispose();
    }

    // Reads all output, so that the process never blocks on a full pipe.
    private async Task ReadToEndAsync(CmsProcess process)
    {
        while (await process.ReadLineAsync() is { } line)
        {
            _log.Enqueue(line);
        }
    }

    [GeneratedRegex("Now listening on: (?<address>http://[0-9.:]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Listening { get; }
}
