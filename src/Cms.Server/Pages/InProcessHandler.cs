using System.Net;
using Cms.Pages;
using Microsoft.AspNetCore.Http.Features;

namespace Cms.Server.Pages;

/// <summary>
/// Sends the requests of pages through the pipeline of this server, without a network: access, limits and the
/// response cache apply as for any other client.
/// </summary>
internal sealed class InProcessHandler(IServiceScopeFactory scopes) : HttpMessageHandler
{
    private RequestDelegate? _pipeline;

    /// <summary>Gives the handler the pipeline of the server.</summary>
    public RequestDelegate Use(RequestDelegate pipeline) => _pipeline = pipeline;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var pipeline =
            _pipeline ?? throw new InvalidOperationException("The pipeline of the server has not been built yet.");
        using MemoryStream received = new();
        InProcessResponse response = new();
        FeatureCollection features = new();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature());
        features.Set<IHttpResponseFeature>(response);
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(received));
        DefaultHttpContext http = new(features) { ServiceScopeFactory = scopes, RequestAborted = cancellationToken };
        try
        {
            await CopyAsync(request, http, cancellationToken);
            await pipeline(http);

            // The response is sent when it is complete, so it starts only now.
            await response.StartAsync();
            await http.Response.CompleteAsync();
            return ResponseOf(http, received.ToArray(), request);
        }
        finally
        {
            // Also disposes the services of the request.
            await response.CompleteAsync();
        }
    }

    private static async Task CopyAsync(
        HttpRequestMessage request,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var url = request.RequestUri!;
        http.Request.Method = request.Method.Method;
        http.Request.Protocol = HttpProtocol.Http11;
        http.Request.Scheme = url.Scheme;
        http.Request.Host = HostString.FromUriComponent(url);
        http.Request.Path = PathString.FromUriComponent(url);
        http.Request.QueryString = QueryString.FromUriComponent(url);
        http.Connection.RemoteIpAddress =
            request.Options.TryGetValue(Caller.AddressKey, out var address) && address is not null
                ? address
                : IPAddress.Loopback;
        if (request.Options.TryGetValue(PartnerVisit.Key, out var visit) && visit is not null)
        {
            http.Features.Set(visit);
        }

        foreach (var header in request.Headers)
        {
            http.Request.Headers[header.Key] = header.Value.ToArray();
        }

        if (request.Content is { } content)
        {
            foreach (var header in content.Headers)
            {
                http.Request.Headers[header.Key] = header.Value.ToArray();
            }

            MemoryStream body = new();
            await content.CopyToAsync(body, cancellationToken);
            body.Position = 0;
            http.Request.ContentLength = body.Length;
            http.Request.Body = body;
        }
    }

    private static HttpResponseMessage ResponseOf(HttpContext http, byte[] body, HttpRequestMessage request)
    {
        HttpResponseMessage response = new((HttpStatusCode)http.Response.StatusCode)
        {
            RequestMessage = request,
            Content = new ByteArrayContent(body),
        };
        foreach (var (name, values) in http.Response.Headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                response.Content.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        return response;
    }
}
