using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text.Json;
using Cms.DevIdentity;
using NetVips;

namespace Cms.Benchmarks;

/// <summary>A mixed load with fixed rates: readers, staff, partners, subscribers and a receiver of webhooks.</summary>
internal sealed class SoakLoad : IAsyncDisposable
{
    private const int Subscribers = 20;

    private const string Card = "id slug headline summary publishedAt takes { text persona { name } } tags { name }";

    // Signing in costs CPU, and a token is valid for an hour.
    private static readonly TimeSpan TokenAge = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan Rejoin = TimeSpan.FromSeconds(2);

    private readonly int _port;
    private readonly string _key;
    private readonly SoakReceiver _receiver;
    private readonly SoakTimes _times;
    private readonly string _identity;
    private readonly int _articles;
    private readonly HttpClient _client;
    private readonly ConcurrentDictionary<string, long> _publishing = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _reported = new(StringComparer.Ordinal);
    private string _token = "";
    private long _tokenAt;
    private string? _image;
    private string? _feedTag;
    private int _number;

    public SoakLoad(int port, string key, SoakReceiver receiver, SoakTimes times, string identity, int articles)
    {
        (_port, _key, _receiver, _times, _identity, _articles) = (port, key, receiver, times, identity, articles);
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")),
        };
        _client.DefaultRequestHeaders.Host = "panel.example";
        receiver.Received = OnWebhook;
    }

    /// <summary>
    /// Adds the webhook, and asks for each article once: the caches of a server that has run for a day are full.
    /// </summary>
    public async Task PrepareAsync()
    {
        await MutateAsync(
            "createWebhook",
            $$"""{ url: "{{_receiver.Url}}/hook" }""",
            "webhook { id }",
            CancellationToken.None
        );
        for (var article = 0; article < _articles; article++)
        {
            await ReadAsync(article, CancellationToken.None);
            await SearchAsync(article, CancellationToken.None);
            await PageAsync(article, CancellationToken.None);
        }
    }

    /// <summary>Sends requests until the end. At most about 60 requests a second are sent.</summary>
    public Task RunAsync(CancellationToken end) =>
        Task.WhenAll([
            EveryAsync(SoakTimes.Read, 40, ReadAsync, end),
            EveryAsync(SoakTimes.Read, 40, ReadAsync, end),
            EveryAsync(SoakTimes.Search, 500, SearchAsync, end),
            EveryAsync(SoakTimes.Page, 200, PageAsync, end),
            EveryAsync(SoakTimes.Feed, 500, FeedAsync, end),
            EveryAsync(SoakTimes.Image, 500, ImageAsync, end),
            EveryAsync(SoakTimes.Write, 3_000, WriteAsync, end),
            EveryAsync(SoakTimes.Upload, 5_000, UploadAsync, end),
            RejoinAsync(end),
            .. Enumerable.Range(0, Subscribers).Select(_ => SubscribeAsync(end)),
        ]);

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    // Does work at a fixed rate. Work that takes longer than the interval is not caught up on.
    private async Task EveryAsync(
        string kind,
        int milliseconds,
        Func<CancellationToken, Task> work,
        CancellationToken end
    )
    {
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(milliseconds));
        try
        {
            while (await timer.WaitForNextTickAsync(end))
            {
                var began = Stopwatch.GetTimestamp();
                try
                {
                    await work(end);
                    _times.Add(kind, Stopwatch.GetElapsedTime(began));
                }
                catch (Exception fault) when (!end.IsCancellationRequested)
                {
                    _times.Fail(kind, fault.Message);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The soak has ended.
        }
    }

    // One in four asks for the newest articles, which are usually cached.
    private Task ReadAsync(CancellationToken end) =>
        Random.Shared.Next(4) == 0
            ? AskAsync($"{{ articles(first: 20) {{ nodes {{ {Card} }} }} }}", end)
            : ReadAsync(Random.Shared.Next(_articles), end);

    private Task ReadAsync(int article, CancellationToken end) =>
        AskAsync($$"""{ article(slug: "{{Corpus.SlugOf(article)}}") { {{Card}} body { html } } }""", end);

    private Task SearchAsync(CancellationToken end) => SearchAsync(Random.Shared.Next(_articles), end);

    private Task SearchAsync(int article, CancellationToken end) =>
        AskAsync(
            $$"""{ search(query: "{{Corpus.WordOf(article, _articles)}}", first: 10) { nodes { article { slug headline } } } }""",
            end
        );

    private Task<string?> PageAsync(CancellationToken end) =>
        Random.Shared.Next(4) switch
        {
            0 => GetAsync("/", null, end),
            1 => GetAsync($"/tags/{Corpus.TagOf(Random.Shared.Next(Corpus.CommonTags))}", null, end),
            _ => PageAsync(Random.Shared.Next(_articles), end),
        };

    private Task<string?> PageAsync(int article, CancellationToken end) =>
        GetAsync($"/articles/{Corpus.SlugOf(article)}", null, end);

    private async Task FeedAsync(CancellationToken end) =>
        _feedTag = await GetAsync($"/p/{_key}/feed.rss?limit=50", _feedTag, end) ?? _feedTag;

    private async Task ImageAsync(CancellationToken end)
    {
        if (_image is { } url)
        {
            await GetAsync(url, null, end);
        }
    }

    private async Task WriteAsync(CancellationToken end)
    {
        var headline = string.Create(CultureInfo.InvariantCulture, $"Soak {Interlocked.Increment(ref _number)}");
        var body = string.Join(' ', Enumerable.Range(0, 300).Select(_ => $"word{Random.Shared.Next(5_000)}"));
        var created = await MutateAsync(
            "createArticle",
            $$"""{ headline: "{{headline}}", summary: "What happened.", body: { markdown: "{{body}}" } }""",
            "article { id version }",
            end
        );
        var id = created.GetProperty("article").GetProperty("id").GetString()!;
        _publishing[headline] = _reported[id] = Stopwatch.GetTimestamp();
        await MutateAsync(
            "publishArticle",
            $$"""{ id: "{{id}}", acknowledge: [CATEGORY, SOURCE_LINK, HERO_IMAGE, PANEL_QUORUM] }""",
            "article { id }",
            end
        );
    }

    private async Task UploadAsync(CancellationToken end)
    {
        using MultipartFormDataContent form = [];
        using ByteArrayContent content = new(Picture(Interlocked.Increment(ref _number)));
        content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        form.Add(content, "file", "picture.jpg");
        using HttpRequestMessage request = new(HttpMethod.Post, "/media") { Content = form };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(end));
        using var response = await _client.SendAsync(request, end);
        var text = await response.Content.ReadAsStringAsync(end);
        using var json = JsonDocument.Parse(text);
        _image =
            response.StatusCode is HttpStatusCode.Created
                ? json.RootElement.GetProperty("url").GetString()
                : throw new InvalidDataException(text);
    }

    private async Task SubscribeAsync(CancellationToken end)
    {
        await Task.Yield();
        try
        {
            using var subscriber = await Subscriber.OpenAsync(_port, after: null);
            while (!end.IsCancellationRequested)
            {
                if (_publishing.TryGetValue(await subscriber.NextAsync(end), out var began))
                {
                    _times.Add(SoakTimes.Event, Stopwatch.GetElapsedTime(began));
                }
            }
        }
        catch (Exception ended)
            when (end.IsCancellationRequested && ended is (OperationCanceledException or WebSocketException))
        {
            // The soak has ended.
        }
        catch (Exception fault) when (!end.IsCancellationRequested)
        {
            _times.Fail(SoakTimes.Event, fault.Message);
        }
    }

    // Readers come and go.
    private async Task RejoinAsync(CancellationToken end)
    {
        using PeriodicTimer timer = new(Rejoin);
        try
        {
            while (await timer.WaitForNextTickAsync(end))
            {
                using var subscriber = await Subscriber.OpenAsync(_port, after: null);
            }
        }
        catch (OperationCanceledException)
        {
            // The soak has ended.
        }
        catch (Exception fault) when (!end.IsCancellationRequested)
        {
            _times.Fail(SoakTimes.Event, fault.Message);
        }
    }

    private void OnWebhook(string article)
    {
        if (_reported.TryRemove(article, out var began))
        {
            _times.Add(SoakTimes.Webhook, Stopwatch.GetElapsedTime(began));
        }
    }

    private async Task AskAsync(string query, CancellationToken end)
    {
        using var response = await _client.PostAsJsonAsync("/graphql", new { query }, end);
        var text = await response.Content.ReadAsStringAsync(end);
        if (!response.IsSuccessStatusCode || text.Contains("\"errors\":[", StringComparison.Ordinal))
        {
            throw new InvalidDataException(text);
        }
    }

    // Returns the entity tag; null if nothing has changed.
    private async Task<string?> GetAsync(string url, string? tag, CancellationToken end)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, url);
        if (tag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        }

        using var response = await _client.SendAsync(request, end);
        await response.Content.ReadAsByteArrayAsync(end);
        return response.StatusCode switch
        {
            HttpStatusCode.OK => response.Headers.ETag?.ToString(),
            HttpStatusCode.NotModified => null,
            var status => throw new InvalidDataException($"{url} was answered with {status}."),
        };
    }

    private async Task<JsonElement> MutateAsync(string mutation, string input, string shows, CancellationToken end)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/graphql");
        request.Content = JsonContent.Create(
            new
            {
                query = $$"""mutation { {{mutation}}(input: {{input}}) { {{shows}} errors { __typename ... on UserError { message } } } }""",
            }
        );
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(end));
        using var response = await _client.SendAsync(request, end);
        var text = await response.Content.ReadAsStringAsync(end);
        using var json = JsonDocument.Parse(text);
        return
            json.RootElement.TryGetProperty("data", out var data)
            && data.TryGetProperty(mutation, out var payload)
            && payload.ValueKind is JsonValueKind.Object
            && payload.GetProperty("errors").GetArrayLength() == 0
            ? payload.Clone()
            : throw new InvalidDataException(text);
    }

    private async Task<string> TokenAsync(CancellationToken end)
    {
        if (_token.Length == 0 || Stopwatch.GetElapsedTime(_tokenAt) > TokenAge)
        {
            _token = await Provider.TokenAsync(_identity, "admin", end);
            _tokenAt = Stopwatch.GetTimestamp();
        }

        return _token;
    }

    private static byte[] Picture(int number)
    {
        using var noise = NetVips.Image.Gaussnoise(800, 450, sigma: 20, mean: 128, seed: number);
        using var bands = noise.Bandjoin(noise, noise);
        using var pixels = bands.Cast(Enums.BandFormat.Uchar);
        using var image = pixels.Copy(interpretation: Enums.Interpretation.Srgb);
        return image.JpegsaveBuffer(q: 80);
    }
}
