namespace Cms.Site.Api;

/// <summary>Fetches the images of an API on another server, so that pages load everything from one place.</summary>
internal static class ForwardedImages
{
    private static readonly string[] Passed =
    [
        "Cache-Control",
        "Content-Security-Policy",
        "Content-Type",
        "ETag",
        "Last-Modified",
        "Retry-After",
    ];

    public static void MapForwardedImages(this WebApplication app, Uri api)
    {
        var http = SiteServices.RemoteClientOf(api);
        app.Lifetime.ApplicationStopped.Register(http.Dispose);
        app.MapGet("/i/{**path}", (HttpContext context) => SendAsync(context, http));
    }

    private static async Task SendAsync(HttpContext context, HttpClient http)
    {
        using HttpRequestMessage request = new(
            HttpMethod.Get,
            (context.Request.Path + context.Request.QueryString.Value).TrimStart('/')
        );
        request.Options.Set(Caller.AddressKey, context.Connection.RemoteIpAddress);
        if (context.Request.Headers.IfNoneMatch is [{ } tag])
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        }

        HttpResponseMessage image;
        try
        {
            image = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        }
        catch (Exception failure)
            when (failure is HttpRequestException or TaskCanceledException
                && !context.RequestAborted.IsCancellationRequested
            )
        {
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
            return;
        }

        using (image)
        {
            context.Response.StatusCode = (int)image.StatusCode;
            foreach (var name in Passed)
            {
                if (
                    image.Headers.TryGetValues(name, out var values)
                    || image.Content.Headers.TryGetValues(name, out values)
                )
                {
                    context.Response.Headers[name] = values.ToArray();
                }
            }

            // Earlier files of an image redirect to the newest one.
            if (image.Headers.Location is { } location)
            {
                context.Response.Headers.Location = location.IsAbsoluteUri
                    ? location.PathAndQuery
                    : location.OriginalString;
            }

            context.Response.Headers.XContentTypeOptions = "nosniff";
            await image.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
    }
}
