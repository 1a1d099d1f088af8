using Cms.Site.Layout;

namespace Cms.Site.Pages;

/// <content>Pages that answer one request, such as why a form was refused. They are never kept.</content>
public sealed partial class SitePages
{
    /// <summary>Sends a page that only this request may see.</summary>
    /// <param name="page">What to show.</param>
    /// <param name="path">The path that the page's links to itself and to sign-in return to.</param>
    public async Task SendOnceAsync(HttpContext http, ShownPage page, string path)
    {
        var address = PageAddress.Of(path, SiteRoutes.OriginOf(http.Request, settings));
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

    /// <summary>
    /// Sends a page with the newest revisions that the signed-in person may read. For everybody else, the page does not
    /// exist.
    /// </summary>
    /// <param name="make">Reads what the page needs and says what to show.</param>
    public async Task SendDraftAsync(HttpContext http, Func<PageRequest, Task<PageResult>> make)
    {
        var address = PageAddress.Of(http.Request.Path.Value ?? "/", SiteRoutes.OriginOf(http.Request, settings));
        var caller = host.CallerOf(http);
        try
        {
            await WriteAsync(
                http,
                await MakeAsync(address, make, caller with { IsDraft = true }, known: []),
                PageState.Private
            );
        }
        catch (Exception refusal) when (refusal is SignInEndedException or NotAllowedException)
        {
            await WriteAsync(
                http,
                await MakeAsync(
                    address,
                    _ => Task.FromResult<PageResult>(PageResult.Missing),
                    caller with
                    {
                        Cookie = null,
                    },
                    known: []
                ),
                PageState.Private
            );
        }
        catch (ApiUnavailableException failure)
        {
            Report(address.Path, failure);
            await SendUnavailableAsync(http, failure);
        }
    }

    /// <summary>Says that the API did not answer. The page has a link to try the same address again.</summary>
    public async Task SendUnavailableAsync(HttpContext http, ApiUnavailableException failure)
    {
        var address = PageAddress.Of(
            http.Request.Path.Value ?? "/",
            SiteRoutes.OriginOf(http.Request, settings),
            http.Request.Query.ToDictionary(p => p.Key, p => p.Value.ToString(), StringComparer.Ordinal)
        );
        var page = await MakeUnavailableAsync(address, failure);
        await WriteAsync(http, page, PageState.Unavailable, isPrivate: true);
    }

    private async Task<ViewerSubject?> ViewerAsync(Caller caller, CancellationToken cancellationToken)
    {
        try
        {
            return (await api.SendAsync<ViewerData>("SiteViewer", null, caller, cancellationToken)).Viewer;
        }
        catch (Exception refusal) when (refusal is SignInEndedException or NotAllowedException)
        {
            // A blocked person reads what everybody can read.
            return null;
        }
    }
}
