using Cms.Site.Layout;

namespace Cms.Site.Pages;

/// <content>Pages that answer one request, such as why a form was refused. They are never kept.</content>
public sealed partial class SitePages
{
    /// <summary>Sends a page that only this request may see.</summary>
    /// <param name="page">What to show.</param>
    /// <param name="path">The path that the page's links to itself and to sign-in return to; null for the request's.</param>
    public async Task SendOnceAsync(HttpContext http, ShownPage page, string? path = null)
    {
        var address = AddressOf(http, path);
        var caller = host.CallerOf(http);
        try
        {
            var viewer = caller.Cookie is null ? null : await ViewerAsync(caller, http.RequestAborted);
            var made = await MakeAsync(
                address,
                _ => Task.FromResult<PageResult>(page),
                viewer is null ? caller with { Cookie = null } : caller,
                known: [],
                viewer
            );
            await WriteAsync(http, made, PageState.Private);
        }
        catch (ApiUnavailableException failure)
        {
            // The sentence can be shown without the API; only the sections may be missing.
            Report(address.PathAndQuery, failure);
            var html = await RenderAsync(page, ContextOf(address, _shell?.Data ?? ShellData.Empty, viewer: null));
            await WriteAsync(
                http,
                KeptPage.Of(html, page.Status, location: null, [], [], clock.GetUtcNow()),
                PageState.Private
            );
        }
    }

    /// <summary>Says that the API did not answer.</summary>
    public async Task SendUnavailableAsync(HttpContext http, ApiUnavailableException failure)
    {
        Report(http.Request.Path, failure);
        var page = await MakeUnavailableAsync(AddressOf(http, path: null), failure);
        await WriteAsync(http, page, PageState.Unavailable, isPrivate: true);
    }

    private PageAddress AddressOf(HttpContext http, string? path) =>
        PageAddress.Of(path ?? http.Request.Path.Value ?? "/", SiteRoutes.OriginOf(http.Request, settings));

    private async Task<ViewerSubject?> ViewerAsync(Caller caller, CancellationToken cancellationToken)
    {
        try
        {
            return (await api.SendAsync<ViewerData>("SiteViewer", null, caller, cancellationToken)).Viewer;
        }
        catch (SignInEndedException)
        {
            return null;
        }
    }
}
