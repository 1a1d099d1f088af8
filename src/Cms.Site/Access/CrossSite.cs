namespace Cms.Site.Access;

/// <summary>
/// Checks whether a request that changes something comes from a page of this site. SameSite=Lax blocks most other
/// sites, but not pages on another subdomain. The server applies the same rules to its API.
/// </summary>
internal static class CrossSite
{
    public static bool IsOwn(HttpRequest request)
    {
        if (request.Headers.Origin.Count > 0)
        {
            return request.Headers.Origin is [{ } origin]
                && origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
        }

        // Older browsers send neither header. Pages of other origins can send X-Requested-With only after a preflight.
        return request.Headers["Sec-Fetch-Site"] is [var site]
            ? site == "same-origin"
            : request.Headers["X-Requested-With"].Count > 0;
    }
}
