using System.Collections.Concurrent;
using Cms.Site.Api;
using Cms.Site.Errors;
using Cms.Site.Layout;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Net.Http.Headers;

namespace Cms.Site.Pages;

/// <summary>
/// Makes pages and keeps them. A kept page is shown after the API has said that none of its answers has changed, or
/// when the API does not answer.
/// </summary>
public sealed partial class SitePages(
    CmsApi api,
    SiteSettings settings,
    SiteAssets assets,
    SiteHost host,
    IServiceProvider services,
    ILoggerFactory logs,
    TimeProvider clock
) : IDisposable
{
    private const long Capacity = 64_000_000;

    // Readers wait no longer than this for a check if the page is known.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(600);

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = Capacity });
    private readonly ConcurrentDictionary<string, Lazy<Task<KeptPage>>> _making = new(StringComparer.Ordinal);
    private readonly ILogger _log = logs.CreateLogger<SitePages>();
    private Answer<ShellData>? _shell;

    public void Dispose() => _kept.Dispose();

    /// <summary>Sends a page.</summary>
    /// <param name="http">The request.</param>
    /// <param name="address">The address of the page.</param>
    /// <param name="make">Reads what the page needs and says what to show.</param>
    /// <param name="isShared">Whether everybody gets the same, as with a sitemap.</param>
    public async Task SendAsync(
        HttpContext http,
        PageAddress address,
        Func<PageRequest, Task<PageResult>> make,
        bool isShared = false
    )
    {
        var caller = host.CallerOf(http);
        if (isShared)
        {
            caller = new Caller(Address: caller.Address);
        }
        else if (!caller.IsPublic)
        {
            await SendPrivateAsync(http, address, make, caller);
            return;
        }

        var (page, state) = await FindAsync(address, make, caller);
        await WriteAsync(http, page, state);
    }

    /// <summary>Answers a request for a preview that cannot be opened.</summary>
    /// <param name="page">What to show; null if the API did not answer.</param>
    public async Task SendPreviewAsync(HttpContext http, ShownPage? page)
    {
        PageAddress address = new(
            http.Request.Path.Value ?? "/",
            new Dictionary<string, string>(StringComparer.Ordinal),
            new Dictionary<string, string>(StringComparer.Ordinal),
            $"{http.Request.Scheme}://{http.Request.Host}"
        );
        if (page is null)
        {
            await WriteAsync(http, await MakeUnavailableAsync(address), PageState.Unavailable, isPrivate: true);
            return;
        }

        await SendPrivateAsync(
            http,
            address,
            _ => Task.FromResult<PageResult>(page),
            new Caller(Address: http.Connection.RemoteIpAddress)
        );
    }

    /// <summary>Returns a page for anonymous readers, kept or new.</summary>
    private async Task<(KeptPage Page, PageState State)> FindAsync(
        PageAddress address,
        Func<PageRequest, Task<PageResult>> make,
        Caller caller
    )
    {
        var key = address.Origin + address.PathAndQuery;
        var last = _kept.Get<KeptPage>(key);
        if (last is not null && !(last.ExpiresAt <= clock.GetUtcNow()))
        {
            if (clock.GetUtcNow() - last.CheckedAt < host.Revalidate)
            {
                return (last, PageState.Current);
            }

            try
            {
                var checks = Task.WhenAll(
                    last.Reads.Select(read => read.IsCurrentAsync(api, caller, CancellationToken.None))
                );
                if ((await checks.WaitAsync(Patience, clock)).All(isCurrent => isCurrent))
                {
                    last.CheckedAt = clock.GetUtcNow();
                    return (last, PageState.Current);
                }
            }
            catch (TimeoutException)
            {
                return (last, PageState.Late);
            }
            catch (ApiUnavailableException failure)
            {
                LogUnavailable(address.PathAndQuery, failure.Message);
                return (last, PageState.Unchecked);
            }
        }

        var making = _making.GetOrAdd(key, _ => new(() => MakeAsync(address, make, caller, last)));
        try
        {
            var page = await making.Value;
            if (page.CanBeKept)
            {
                _kept.Set(key, page, new MemoryCacheEntryOptions { Size = page.Size });
            }

            return (page, PageState.Current);
        }
        catch (ApiUnavailableException failure)
        {
            LogUnavailable(address.PathAndQuery, failure.Message);
            return last is not null
                ? (last, PageState.Unchecked)
                : (await MakeUnavailableAsync(address), PageState.Unavailable);
        }
        finally
        {
            _making.TryRemove(KeyValuePair.Create(key, making));
        }
    }

    // A page for one reader is made for each request and never kept.
    private async Task SendPrivateAsync(
        HttpContext http,
        PageAddress address,
        Func<PageRequest, Task<PageResult>> make,
        Caller caller
    )
    {
        try
        {
            var reader = caller.Cookie is null
                ? null
                : (await api.SendAsync<ViewerData>("SiteViewer", null, caller, http.RequestAborted)).Viewer;
            var page = await MakeAsync(address, make, caller, last: null, reader);
            await WriteAsync(http, page, PageState.Private);
        }
        catch (SignInEndedException)
        {
            // The page is more useful than an error. It says that the reader is no longer signed in.
            var (page, state) = await FindAsync(address, make, caller with { Cookie = null });
            await WriteAsync(http, page, state is PageState.Current ? PageState.Ended : state, isPrivate: true);
        }
        catch (ApiUnavailableException failure)
        {
            LogUnavailable(address.PathAndQuery, failure.Message);
            var (page, state) = await FindAsync(address, make, new Caller(Address: caller.Address));
            await WriteAsync(http, page, state is PageState.Current ? PageState.Unchecked : state, isPrivate: true);
        }
    }

    private async Task<KeptPage> MakeAsync(
        PageAddress address,
        Func<PageRequest, Task<PageResult>> make,
        Caller caller,
        KeptPage? last,
        ViewerName? viewer = null
    )
    {
        // A preview is read without the session, so that the answer says whether the link works.
        PageRequest request = new(
            api,
            address,
            caller.Preview is null ? caller : caller with { Cookie = null },
            last?.Reads ?? [],
            CancellationToken.None
        );
        var shell = ShellAsync(request);
        var result = await make(request);
        if (result is MissingPage)
        {
            result = await ErrorPages.FindAsync(request);
        }

        if (result is TextPage text)
        {
            await shell;
            return KeptPage.Of(
                text.Text,
                StatusCodes.Status200OK,
                location: null,
                request.Reads,
                [],
                clock.GetUtcNow(),
                contentType: text.ContentType,
                expiresAt: text.ExpiresAt
            );
        }

        if (result is MovedPage moved)
        {
            return KeptPage.Of(
                "",
                StatusCodes.Status301MovedPermanently,
                moved.To,
                request.Reads,
                [],
                clock.GetUtcNow()
            );
        }

        var shown = (ShownPage)result;
        var html = await RenderAsync(shown, ContextOf(address, await shell, viewer, shown.Preview));
        return KeptPage.Of(
            html,
            shown.Status,
            location: null,
            request.Reads,
            shown.Frames,
            clock.GetUtcNow(),
            shown.Preview
        );
    }

    private async Task<ShellData> ShellAsync(PageRequest request)
    {
        var shell = await request.QueryAsync<ShellData>("SiteShell");
        _shell = request.Reads.OfType<PageRead<ShellData>>().FirstOrDefault()?.Answer;
        return shell;
    }

    private async Task<KeptPage> MakeUnavailableAsync(PageAddress address)
    {
        var shown = PageResult.Show<UnavailablePage>() with { Status = StatusCodes.Status503ServiceUnavailable };
        var html = await RenderAsync(shown, ContextOf(address, _shell?.Data ?? ShellData.Empty, viewer: null));
        return KeptPage.Of(html, shown.Status, location: null, [], [], clock.GetUtcNow());
    }

    private PageContext ContextOf(
        PageAddress address,
        ShellData shell,
        ViewerName? viewer,
        PreviewState preview = PreviewState.None
    ) =>
        new()
        {
            Settings = settings,
            Shell = shell,
            Address = address,
            Assets = assets.For(shell),
            Reader = viewer is null
                ? null
                : new Reader(viewer.Name, viewer.Roles.Contains("AUTHOR", StringComparer.Ordinal), viewer.Key),
            CanSignIn = host.CanSignIn,
            Preview = preview,
            DeveloperLinks = host.DeveloperLinks,
        };

    private async Task<string> RenderAsync(ShownPage page, PageContext context)
    {
        await using HtmlRenderer renderer = new(services, logs);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = await renderer.RenderComponentAsync<PageRoot>(
                ParameterView.FromDictionary(
                    new Dictionary<string, object?>(StringComparer.Ordinal)
                    {
                        [nameof(PageRoot.Context)] = context,
                        [nameof(PageRoot.Page)] = page,
                    }
                )
            );
            return root.ToHtmlString();
        });
    }

    private async Task WriteAsync(HttpContext http, KeptPage page, PageState state, bool isPrivate = false)
    {
        var response = http.Response;
        var headers = response.Headers;
        var isPreview = page.Preview is not PreviewState.None;
        SiteHeaders.Protect(
            headers,
            page.Frames,
            isPreview ? settings.PreviewFrames : null,
            isPreview ? "no-referrer" : "strict-origin-when-cross-origin"
        );
        if (isPreview)
        {
            headers["X-Robots-Tag"] = "noindex";
        }

        isPrivate |= state is PageState.Private;
        headers.CacheControl =
            isPrivate || state is PageState.Unavailable
                ? "private, no-store"
                : "public, max-age=0, s-maxage=5, stale-while-revalidate=60, stale-if-error=86400";
        headers[HeaderNames.Vary] = "Accept-Encoding, Cookie";
        headers["Cache-Status"] =
            $"site; {(state is PageState.Private ? "fwd=bypass" : "hit")}{(state is PageState.Late or PageState.Unchecked ? "; detail=stale" : "")}";
        if (!isPrivate && page.Keys is { Length: > 0 } keys)
        {
            headers["Surrogate-Key"] = keys;
        }

        response.StatusCode = page.Status;
        if (state is PageState.Unavailable)
        {
            headers.RetryAfter = "30";
        }

        if (page.Location is { } location)
        {
            headers.Location = location;
            return;
        }

        response.ContentType = page.ContentType;
        if (state is PageState.Unchecked)
        {
            // A notice changes the page, so it must not be stored by anybody.
            headers.CacheControl = "no-store";
            await WriteTextAsync(http, page.With(await NoticeAsync<Notice>((nameof(Notice.At), page.CheckedAt))));
            return;
        }

        if (state is PageState.Ended)
        {
            var back = http.Request.Path + http.Request.QueryString;
            await WriteTextAsync(http, page.With(await NoticeAsync<EndedNotice>((nameof(EndedNotice.Back), back))));
            return;
        }

        if (!isPrivate && page.Status == StatusCodes.Status200OK)
        {
            headers.ETag = page.ETag;
            if (
                http.Request.Headers.IfNoneMatch.Any(sent =>
                    sent?.Contains(page.ETag, StringComparison.Ordinal) == true
                )
            )
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                response.ContentType = null;
                return;
            }
        }

        var isCompressed = AcceptsBrotli(http.Request);
        var body = isCompressed ? page.Compressed : page.Bytes;
        if (isCompressed)
        {
            headers.ContentEncoding = "br";
        }

        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await response.Body.WriteAsync(body, http.RequestAborted);
        }
    }

    private async Task<string> NoticeAsync<TNotice>(params (string Name, object? Value)[] parameters)
        where TNotice : IComponent
    {
        await using HtmlRenderer renderer = new(services, logs);
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (
                await renderer.RenderComponentAsync<TNotice>(
                    ParameterView.FromDictionary(
                        parameters.ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal)
                    )
                )
            ).ToHtmlString()
        );
    }

    private static Task WriteTextAsync(HttpContext http, string html) =>
        HttpMethods.IsHead(http.Request.Method)
            ? Task.CompletedTask
            : http.Response.WriteAsync(html, http.RequestAborted);

    private static bool AcceptsBrotli(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var codings)
        && codings.Any(coding =>
            coding.Value.Equals("br", StringComparison.OrdinalIgnoreCase) && coding.Quality is not 0
        );

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} was shown without asking the API: {Problem}")]
    private partial void LogUnavailable(string path, string problem);

    private enum PageState
    {
        /// <summary>The page is as the API's answers are.</summary>
        Current,

        /// <summary>The API was too slow to say whether the page has changed.</summary>
        Late,

        /// <summary>The API did not answer.</summary>
        Unchecked,

        /// <summary>The API did not answer, and the page was never made.</summary>
        Unavailable,

        /// <summary>The reader's session has ended, so the page is shown as to anonymous readers.</summary>
        Ended,

        /// <summary>The page was made for one reader.</summary>
        Private,
    }
}
