namespace Cms.Server.Access;

/// <summary>
/// Checks whether a request that is signed in by cookie comes from a page of this server. SameSite=Lax blocks most
/// other sites, but not pages on another subdomain. Sockets do not rely on it.
/// </summary>
internal static class CrossSite
{
    // Pages of other origins can send these headers only after a CORS preflight, and never with a cookie.
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

        // Browsers omit Origin in GET requests to the same origin, and older browsers do not send Sec-Fetch-Site.
        return request.Headers["Sec-Fetch-Site"] is [var site]
            ? site == "same-origin"
            : Preflighted.Any(name => request.Headers[name].Count > 0);
    }
}
