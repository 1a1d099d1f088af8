using System.Text.Json;

namespace Cms.Benchmarks;

/// <summary>Measures the cost of hostile requests. The server must reject each with a code, at low cost.</summary>
internal static class HostileTest
{
    private const int Repetitions = 50;
    private const int Warmups = 20;
    private const double MostMilliseconds = 50;

    public static async Task<int> RunAsync(Settings settings)
    {
        var file = await Corpus.PrepareAsync(settings.Articles);
        await using var server = await ServerProcess.StartAsync(file);
        using var ready = await HttpConnection.OpenAsync(server.Port);
        await ready.SendAsync(Workload.Post("/graphql", "{ articles(first: 20) { nodes { slug } } }", null));
        LoadTest.Say("| | ms CPU | first | request bytes | response bytes | code |\n|---|---|---|---|---|---|");
        var passed = true;
        foreach (var (name, request) in HostileRequests.All())
        {
            // Each call opens a new connection, because the server may close it if the request is too large.
            var (first, _) = await AskAsync(server, request, 1);
            await AskAsync(server, request, Warmups);
            var (each, body) = await AskAsync(server, request, Repetitions);
            var code = CodeOf(body);
            passed &= each < MostMilliseconds && code is not null;
            LoadTest.Say(
                $"| {name} | {each:0.00} | {first:0.0} | {request.Length} | {body.Length} | {code ?? "none"} |"
            );
        }

        LoadTest.Say(
            passed
                ? $"\nAll are rejected with a code, in less than {MostMilliseconds} ms of CPU."
                : (FormattableString)$"\nNot all are rejected with a code, in less than {MostMilliseconds} ms of CPU."
        );
        return passed ? 0 : 1;
    }

    private static async Task<(double Milliseconds, byte[] Body)> AskAsync(
        ServerProcess server,
        byte[] request,
        int times
    )
    {
        byte[] body = [];
        var before = (await server.ProbeAsync()).CpuMilliseconds;
        using var connection = await HttpConnection.OpenAsync(server.Port);
        for (var i = 0; i < times; i++)
        {
            body = (await connection.AskAsync(request)).Body.ToArray();
        }

        return (((await server.ProbeAsync()).CpuMilliseconds - before) / times, body);
    }

    private static string? CodeOf(byte[] body)
    {
        using var json = JsonDocument.Parse(body);
        return
            json.RootElement.TryGetProperty("errors", out var errors)
            && errors[0].TryGetProperty("extensions", out var extensions)
            ? extensions.GetProperty("code").GetString()
            : null;
    }
}
