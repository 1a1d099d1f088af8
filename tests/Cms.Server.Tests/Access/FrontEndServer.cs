using System.Net.Http.Json;
using Cms.Server.Tests.Media;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Cms.Server.Tests.Access;

/// <summary>The newsroom, and a front end on another origin that the newsroom allows.</summary>
public sealed class FrontEndServer : IAsyncLifetime
{
    private WebApplication _page = null!;

    /// <summary>The front end's origin, which the newsroom allows.</summary>
    public string Origin { get; private set; } = "";

    /// <summary>An origin that serves the same page but is not allowed.</summary>
    public string Stranger { get; private set; } = "";

    public MediaServer Newsroom { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _page = builder.Build();
        _page.MapGet(
            "/",
            () => Microsoft.AspNetCore.Http.Results.Content("<!doctype html><title>Front end</title>", "text/html")
        );
        await _page.StartAsync();
        Stranger = _page.Urls.Single();
        Origin = Stranger.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        Newsroom = new MediaServer { Settings = [$"--Cms:Cors:AllowedOrigins:0={Origin}"] };
        await Newsroom.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await Newsroom.DisposeAsync();
        await _page.DisposeAsync();
    }

    /// <summary>Sends a request with this Origin header, or without one if it is null.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        string? origin,
        string method,
        string path,
        HttpContent? content = null,
        params IEnumerable<(string Name, string Value)> headers
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), path) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (origin is not null)
        {
            request.Headers.TryAddWithoutValidation("Origin", origin);
        }

        return await Newsroom.Client.SendAsync(request);
    }

    public static HttpContent Query(string query) => JsonContent.Create(new { query });
}
