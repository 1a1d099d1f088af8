namespace Cms.Site.Pages;

public sealed partial class SitePages
{
    /// <summary>Sends a file that is made for a partner. It is never kept, because another key must not get it.</summary>
    /// <param name="http">The request.</param>
    /// <param name="address">The address, without the key.</param>
    /// <param name="make">Reads what the file needs and returns it.</param>
    /// <param name="feedKey">The key of the partner.</param>
    /// <exception cref="SignInEndedException">The key does not work.</exception>
    /// <exception cref="NotAllowedException">The partner may not read now.</exception>
    /// <exception cref="ApiUnavailableException">The API did not answer.</exception>
    internal async Task SendToPartnerAsync(
        HttpContext http,
        PageAddress address,
        Func<PageRequest, Task<TextPage>> make,
        string feedKey
    )
    {
        Caller caller = new(Address: http.Connection.RemoteIpAddress) { FeedKey = feedKey };
        var page = await MakeAsync(address, async request => await make(request), caller, known: [], hasShell: false);
        await WriteAsync(http, page, PageState.Partner);
    }
}
