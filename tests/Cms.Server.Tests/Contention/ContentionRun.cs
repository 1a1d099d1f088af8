using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cms.Server.Tests.Support;
using Xunit;

namespace Cms.Server.Tests.Contention;

/// <summary>The counts and faults of a run.</summary>
internal sealed record ContentionResult(
    int Answers,
    int TimedOut,
    int Cancelled,
    int Corrections,
    IReadOnlyList<string> Faults
)
{
    /// <summary>
    /// Whether the run is meaningful: it compared many answers, and corrections, timeouts and cancellations happened.
    /// </summary>
    public bool IsTelling => this is { Answers: > 500, Corrections: > 1, TimedOut: > 0, Cancelled: > 0 };

    public override string ToString() =>
        $"{Answers} answers compared, {TimedOut} timed out, {Cancelled} cancelled, {Corrections} corrections, {Faults.Count} faults";
}

/// <summary>
/// A run in which readers query one server concurrently, cancel some requests, and compare each answer byte for byte
/// with the expected answer. Meanwhile, writers correct stories.
/// </summary>
/// <param name="server">The server under test.</param>
/// <param name="expected">The expected bytes of each still question's answer, without and with its cost.</param>
/// <param name="moving">The id of each moving story.</param>
internal sealed class ContentionRun(
    ServingProcess server,
    IReadOnlyDictionary<string, (byte[] Plain, byte[] WithCost)> expected,
    IReadOnlyList<string> moving
)
{
    private const int Readers = 64;
    private const int Writers = 2;
    private const int MaxFaults = 20;

    // The first corrections can time out because their code is still being compiled.
    private const int MaxWarmUps = 50;

    // On a busy machine, a short run can reach its end before any read has timed out. It then continues, for at most
    // this many times its duration.
    private const int LongestFactor = 6;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string[] _questions = [.. expected.Keys];
    private readonly (int Begun, int Acknowledged)[] _versions = new (int, int)[moving.Count];
    private readonly Lock _gate = new();
    private readonly ConcurrentQueue<string> _faults = [];
    private int _answers;
    private int _timedOut;
    private int _cancelled;
    private int _corrections;
    private long _until;
    private long _latest;

    public async Task<ContentionResult> RunAsync(TimeSpan duration)
    {
        for (var attempt = 1; _corrections == 0; attempt++)
        {
            Assert.True(attempt <= MaxWarmUps, "No correction was made in time, even without readers.");
            await CorrectAsync(story: 0);
        }

        var now = Stopwatch.GetTimestamp();
        var ticks = (long)(duration.TotalSeconds * Stopwatch.Frequency);
        (_until, _latest) = (now + ticks, now + (ticks * LongestFactor));
        var work = Enumerable
            .Range(0, Readers)
            .Select(_ => Task.Run(() => ReadAsync()))
            .Concat(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(writer))));
        await Task.WhenAll(work);
        return Result();
    }

    private ContentionResult Result() => new(_answers, _timedOut, _cancelled, _corrections, [.. _faults]);

    private bool Continues()
    {
        var now = Stopwatch.GetTimestamp();
        return _faults.Count < MaxFaults && (now < _until || (now < _latest && !Result().IsTelling));
    }

    /// <summary>Sends a query and returns the bytes of the answer.</summary>
    public static async Task<byte[]> AskAsync(
        HttpClient client,
        string question,
        bool withCost,
        CancellationToken cancellationToken = default
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql");
        request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new { query = question }));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (withCost)
        {
            // The server never answers such a request from the cache.
            request.Headers.Add("GraphQL-Cost", "report");
        }

        using var response = await client.SendAsync(request, cancellationToken);
        return await response.Content.ReadAsByteArrayAsync(cancellationToken);
    }

    private async Task ReadAsync()
    {
        using var client = new HttpClient { BaseAddress = server.Client.BaseAddress, Timeout = Patience };
        while (Continues())
        {
            using var leaving = new CancellationTokenSource();
            if (Random.Shared.Next(12) == 0)
            {
                leaving.CancelAfter(Random.Shared.Next(12));
            }

            try
            {
                await (
                    Random.Shared.Next(6) == 0 ? MovingAsync(client, leaving.Token) : StillAsync(client, leaving.Token)
                );
            }
            catch (OperationCanceledException) when (leaving.IsCancellationRequested)
            {
                Interlocked.Increment(ref _cancelled);
            }
            catch (Exception broken) when (broken is HttpRequestException or OperationCanceledException)
            {
                Fault($"No answer: {broken.Message}");
                return;
            }
        }
    }

    private async Task StillAsync(HttpClient client, CancellationToken cancellationToken)
    {
        var question = Random.Shared.GetItems(_questions, 1)[0];
        var withCost = Random.Shared.Next(4) > 0;
        var answer = await AskAsync(client, question, withCost, cancellationToken);
        var right = withCost ? expected[question].WithCost : expected[question].Plain;
        Compare(question, answer, answer.AsSpan().SequenceEqual(right), right);
    }

    // A read can return any version from the last one acknowledged before it to the last one begun before its answer.
    private async Task MovingAsync(HttpClient client, CancellationToken cancellationToken)
    {
        var story = Random.Shared.Next(moving.Count);
        var from = Versions(story).Acknowledged;
        var answer = await AskAsync(
            client,
            ContentionNewsroom.MovingQuestion(story),
            withCost: false,
            cancellationToken
        );
        var to = Versions(story).Begun;
        var isRight = Enumerable
            .Range(from, to - from + 1)
            .Any(version => answer.AsSpan().SequenceEqual(ContentionNewsroom.MovingAnswer(story, version)));
        Compare($"moving story {story}, versions {from} to {to}", answer, isRight, []);
    }

    private void Compare(string question, byte[] answer, bool isRight, byte[] right)
    {
        if (isRight)
        {
            Interlocked.Increment(ref _answers);
        }
        else if (IsTimeout(answer))
        {
            Interlocked.Increment(ref _timedOut);
        }
        else
        {
            Fault($"{question}\n  got  {Encoding.UTF8.GetString(answer)}\n  want {Encoding.UTF8.GetString(right)}");
        }
    }

    // Returns whether the answer contains only errors that mean a timeout or an overload.
    private static bool IsTimeout(byte[] answer)
    {
        try
        {
            var errors = JsonNode.Parse(answer)?["errors"]?.AsArray() ?? [];
            return errors.Count > 0
                && errors.All(error =>
                    (string?)error!["extensions"]!["code"] is "TIMEOUT" or "OVERLOADED" or "DATABASE_BUSY"
                );
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // Each writer corrects different stories, one after another.
    private async Task WriteAsync(int writer)
    {
        while (Continues())
        {
            for (var story = writer; story < moving.Count; story += Writers)
            {
                try
                {
                    await CorrectAsync(story);
                }
                catch (Exception broken) when (broken is HttpRequestException or OperationCanceledException)
                {
                    Fault($"No answer to a correction: {broken.Message}");
                    return;
                }
            }
        }
    }

    private async Task CorrectAsync(int story)
    {
        var version = Versions(story).Begun + 1;
        var saved = await MutateAsync(
            "mutation($input: SaveArticleInput!) { outcome: saveArticle(input: $input) { errors { __typename } } }",
            new
            {
                id = moving[story],
                headline = ContentionNewsroom.Headline(story, version),
                summary = ContentionNewsroom.Summary(story, version),
                body = new { markdown = ContentionNewsroom.Text(story, version) },
            }
        );
        if (!saved)
        {
            return;
        }

        Set(story, begun: version);
        var corrected = await MutateAsync(
            "mutation($input: CorrectArticleInput!) { outcome: correctArticle(input: $input) { errors { __typename } } }",
            new { id = moving[story], note = $"Version {version}." }
        );
        if (corrected)
        {
            Set(story, acknowledged: version);
            Interlocked.Increment(ref _corrections);
        }
    }

    // Returns whether the change was confirmed. A change that timed out may or may not have been saved.
    private async Task<bool> MutateAsync(string query, object input)
    {
        using var response = await server.Client.PostAsJsonAsync("/graphql", new { query, variables = new { input } });
        var answer = await response.Content.ReadAsByteArrayAsync();
        if (IsTimeout(answer))
        {
            return false;
        }

        var errors = JsonNode.Parse(answer)?["data"]?["outcome"]?["errors"];
        if (errors is not JsonArray { Count: 0 })
        {
            Fault($"A correction was rejected: {Encoding.UTF8.GetString(answer)}");
            return false;
        }

        return true;
    }

    private (int Begun, int Acknowledged) Versions(int story)
    {
        lock (_gate)
        {
            return _versions[story];
        }
    }

    private void Set(int story, int? begun = null, int? acknowledged = null)
    {
        lock (_gate)
        {
            var now = _versions[story];
            _versions[story] = (begun ?? now.Begun, acknowledged ?? now.Acknowledged);
        }
    }

    private void Fault(string what) => _faults.Enqueue(what);
}
