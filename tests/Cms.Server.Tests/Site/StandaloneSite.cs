using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using Cms.Pages;
using Cms.Server.Tests.Support;
using Cms.Site;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Cms.Server.Tests.Site;

/// <summary>The reader site by itself, in front of an API that can be taken away.</summary>
internal sealed class StandaloneSite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StandaloneSite(WebApplication app, Road road, FakeTimeProvider clock, LogCapture log)
    {
        (_app, Road, Clock, Log) = (app, road, clock, log);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new Uri(app.Urls.Single()),
        };
    }

    public HttpClient Client { get; }

    /// <summary>The way to the API.</summary>
    public Road Road { get; }

    public FakeTimeProvider Clock { get; }

    public LogCapture Log { get; }

    /// <summary>Starts the site on a free loopback port. It asks the API about every page, unless a time is given.</summary>
    public static async Task<StandaloneSite> StartAsync(
        Uri api,
        SiteSettings? settings = null,
        TimeSpan revalidate = default,
        IReadOnlyList<IPNetwork>? proxies = null
    )
    {
        Road road = new();
        FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());
        LogCapture log = new();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder
            .Services.AddSingleton<TimeProvider>(clock)
            .AddSingleton(new CmsApi(SiteServices.RemoteClientOf(road, api), SiteHost.Operations))
            .AddSingleton(new SiteHost { Revalidate = revalidate })
            .AddSite(settings ?? new SiteSettings());
        var app = builder.Build();
        app.UseProxies(proxies ?? []);
        app.MapSite();
        await app.StartAsync();
        return new StandaloneSite(app, road, clock, log);
    }

    /// <summary>Requests a page.</summary>
    public async Task<Sent> GetAsync(
        string path,
        string? known = null,
        string? host = null,
        string? forwardedFor = null
    )
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        if (forwardedFor is not null)
        {
            request.Headers.Add("X-Forwarded-For", forwardedFor);
        }

        request.Headers.Host = host;
        if (known is not null)
        {
            request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(known));
        }

        using var response = await Client.SendAsync(request);
        return new Sent(
            response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            response.Headers.ETag?.Tag,
            response.Headers.Location?.OriginalString,
            response.Headers.RetryAfter?.ToString(),
            response.Headers.CacheControl?.ToString()
        );
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}

/// <summary>A page as it was sent.</summary>
internal sealed record Sent(
    HttpStatusCode Status,
    string Html,
    string? ETag,
    string? Location,
    string? RetryAfter,
    string? CacheControl
);

/// <summary>The way from the site to the API: open, closed or without an end. It records the answers.</summary>
internal sealed class Road : DelegatingHandler
{
    public Road()
        : base(new SocketsHttpHandler { UseCookies = false }) { }

    public RoadState State { get; set; }

    /// <summary>The status of each answer and the query string of its request, in order.</summary>
    public ConcurrentQueue<(HttpStatusCode Status, string Query)> Answers { get; } = [];

    /// <summary>Completes when a request gets no answer.</summary>
    public TaskCompletionSource Waiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Returns the answers since the last call.</summary>
    public IReadOnlyList<HttpStatusCode> Take()
    {
        List<HttpStatusCode> taken = [];
        while (Answers.TryDequeue(out var answer))
        {
            taken.Add(answer.Status);
        }

        return taken;
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        switch (State)
        {
            case RoadState.Closed:
                throw new HttpRequestException("The API is away.");
            case RoadState.Endless:
                Waiting.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                break;
            case RoadState.Forgetful
                when Uri.UnescapeDataString(request.RequestUri!.Query)
                    .Contains("\"after\":\"", StringComparison.Ordinal):
                return new HttpResponseMessage
                {
                    Content = new StringContent(
                        """{"errors":[{"message":"The cursor is not valid.","extensions":{"code":"CURSOR_INVALID"}}]}"""
                    ),
                };
        }

        var response = await base.SendAsync(request, cancellationToken);
        Answers.Enqueue((response.StatusCode, request.RequestUri!.Query));
        return response;
    }
}

internal enum RoadState
{
    /// <summary>Requests reach the API.</summary>
    Open,

    /// <summary>Requests fail.</summary>
    Closed,

    /// <summary>Requests get no answer.</summary>
    Endless,

    /// <summary>The API knows no cursor any more.</summary>
    Forgetful,
}
