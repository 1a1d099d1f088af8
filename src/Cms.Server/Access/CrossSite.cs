namespace Cms.Server.Access;

/// <summary>
/// Whether a request that a cookie signs in was made by one of our own pages. SameSite=Lax keeps most others off, but not
/// pages of another subdomain, and not sockets.
/// </summary>
internal static class CrossSite
{
    // Pages of other origins cannot send these without asking first (CORS), and never together with a cookie.
    private static readonly string[] Preflighted = ["GraphQL-Preflight", "X-Requested-With"];

    public static bool IsOwn(HttpRequest request)
    {
        if (request.Headers.Origin.Count > 0)
        {
            return request.Headers.Origin is [{ } origin]
                && origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
        }

        if (request.HttpContext.WebSockets.IsWebSocketRequest)
        {
            return false;
        }

        // Browsers leave Origin out of what their own pages GET, and older ones know no Sec-Fetch-Site.
        return request.Headers["Sec-Fetch-Site"] is [var site]
            ? site == "same-origin"
            : Preflighted.Any(name => request.Headers[name].Count > 0);
    }
}
