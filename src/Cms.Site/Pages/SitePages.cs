using System.Collections.Concurrent;
using System.Net;
using Cms.Site.Errors;
using Cms.Site.Layout;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http.Extensions;
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
    private const string ForPartners = "private, no-cache";
    private const string PartnersVary = "Accept-Encoding, Authorization";
    private const long Capacity = 64_000_000;

    // Readers wait no longer than this for a check if the page is known.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(600);

    // How long a page can be shown without a check to readers who would have to wait.
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = Capacity });
    private readonly ConcurrentDictionary<string, Lazy<Task<KeptPage>>> _refreshing = new(StringComparer.Ordinal);
    private readonly ILogger _log = logs.CreateLogger<SitePages>();
    private readonly KeptOrigins _origins = new(logs.CreateLogger<SitePages>());
    private Answer<ShellData>? _shell;

    public void Dispose()
    {
        _kept.Dispose();
        _partnerFiles.Dispose();
    }

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
        if (!isShared && !caller.IsPublic)
        {
            await SendPrivateAsync(http, address, make, caller);
            return;
        }

        var (page, state) = await FindAsync(address, make, caller.Address, hasShell: !isShared);
        await WriteAsync(http, page, state);
    }

    // Returns a page for anonymous readers, kept or new. Readers share it, so it is never read for one of them.
    private async Task<(KeptPage Page, PageState State)> FindAsync(
        PageAddress address,
        Func<PageRequest, Task<PageResult>> make,
        IPAddress? reader,
        bool hasShell = true
    )
    {
        var key = address.Origin + address.PathAndQuery;
        var last = _kept.Get<KeptPage>(key);
        if (
            last is not null
            && !last.IsExpired(clock.GetUtcNow())
            && (
                clock.GetUtcNow() - last.CheckedAt < host.Revalidate
                // A feed of a thousand articles is made of many answers, and asking for each costs more than sending it.
                || (!hasShell && last.CheckedChange is { } change && change == host.LastChange())
            )
        )
        {
            return (last, PageState.Current);
        }

        // Readers who come at the same time wait for the same answers.
        Lazy<Task<KeptPage>> own = new(() =>
            RefreshAsync(key, address, make, new Caller(Address: reader), last, hasShell)
        );
        var first = _refreshing.GetOrAdd(key, own);
        try
        {
            KeptPage page;
            try
            {
                page = await WithinPatience(first);
            }
            catch (TooManyRequestsException) when (first != own)
            {
                // The reader who came first has sent too many requests. That is no reason to refuse this one.
                page = await WithinPatience(own);
            }

            return (page, ReferenceEquals(page, last) ? PageState.Current : PageState.Made);
        }
        catch (TimeoutException) when (last is not null)
        {
            return (last, PageState.Late);
        }
        catch (ApiUnavailableException failure)
        {
            Report(address.PathAndQuery, failure);
            return last is not null && CanBeOld(last)
                ? (last, PageState.Unchecked)
                : (await MakeUnavailableAsync(address, failure), PageState.Unavailable);
        }

        async Task<KeptPage> WithinPatience(Lazy<Task<KeptPage>> refresh)
        {
            // A page that nobody has read for a while may show what was withdrawn since, so its readers wait.
            if (last is null || clock.GetUtcNow() - last.CheckedAt > Fresh || !CanBeOld(last))
            {
                return await refresh.Value;
            }

            try
            {
                return await refresh.Value.WaitAsync(Patience, clock);
            }
            catch (TimeoutException) when (!CanBeOld(last))
            {
                // An article was withdrawn while this reader waited.
                return await refresh.Value;
            }
        }
    }

    // Whether readers may get a page that was not checked again.
    private bool CanBeOld(KeptPage page) => page.CheckedChange is not { } change || !host.IsWithdrawnSince(change);

    // Asks for the answers of a kept page again, and makes the page if one of them has changed.
    private async Task<KeptPage> RefreshAsync(
        string key,
        PageAddress address,
        Func<PageRequest, Task<PageResult>> make,
        Caller caller,
        KeptPage? last,
        bool hasShell
    )
    {
        // The entry is removed at the end, so it must have been added first.
        await Task.Yield();
        try
        {
            // What changes from here on can be missing in the answers.
            var change = host.LastChange();
            IReadOnlyList<IPageRead> known = [];
            if (last is not null)
            {
                known = await CheckAsync(last, caller);
                if (
                    known.SequenceEqual(last.Reads, ReferenceEqualityComparer.Instance)
                    && !last.IsExpired(clock.GetUtcNow())
                )
                {
                    (last.CheckedAt, last.CheckedChange) = (clock.GetUtcNow(), change);
                    return last;
                }
            }

            var page = await MakeAsync(address, make, caller, known, hasShell: hasShell);
            page.CheckedChange = change;
            if (page.CanBeKept && _origins.Accept(address.Origin))
            {
                _kept.Set(key, page, new MemoryCacheEntryOptions { Size = page.Size });
            }

            return page;
        }
        finally
        {
            _refreshing.TryRemove(key, out _);
        }
    }

    private async Task<IReadOnlyList<IPageRead>> CheckAsync(KeptPage page, Caller caller)
    {
        try
        {
            return await Task.WhenAll(page.Reads.Select(read => read.CheckAsync(api, caller, CancellationToken.None)));
        }
        catch (UnknownCursorException)
        {
            // The list does not know the cursor any more. The page says what to do when it is made again.
            return [];
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
            var viewer = caller.Cookie is null ? null : await ViewerAsync(caller, http.RequestAborted);
            if (viewer is null)
            {
                caller = caller with { Cookie = null };
            }

            if (!caller.IsPublic)
            {
                await WriteAsync(http, await MakeAsync(address, make, caller, known: [], viewer), PageState.Private);
                return;
            }
        }
        catch (SignInEndedException)
        {
            // The session ended after it was checked.
        }
        catch (ApiUnavailableException failure)
        {
            Report(address.PathAndQuery, failure);
            var (kept, state) = await FindAsync(address, make, caller.Address);
            await WriteAsync(http, kept, IsCurrent(state) ? PageState.Unchecked : state, isPrivate: true);
            return;
        }
        catch (NotAllowedException)
        {
            // A blocked person reads what everybody can read.
            var (open, state) = await FindAsync(address, make, caller.Address);
            await WriteAsync(http, open, state, isPrivate: true);
            return;
        }

        // The page is more useful than an error. It says that the reader is no longer signed in.
        var (page, found) = await FindAsync(address, make, caller.Address);
        await WriteAsync(http, page, IsCurrent(found) ? PageState.Ended : found, isPrivate: true);
    }

    private static bool IsCurrent(PageState state) => state is PageState.Current or PageState.Made;

    private async Task<KeptPage> MakeAsync(
        PageAddress address,
        Func<PageRequest, Task<PageResult>> make,
        Caller caller,
        IReadOnlyList<IPageRead> known,
        ViewerSubject? viewer = null,
        bool hasShell = true
    )
    {
        // A preview is read without the session, so that the answer says whether the link works.
        PageRequest request = new(
            api,
            address,
            caller.Preview is null ? caller : caller with { Cookie = null },
            known,
            CancellationToken.None
        );
        var shell = hasShell ? ShellAsync(request) : null;
        var result = await make(request);
        if (result is MissingPage)
        {
            result = await ErrorPages.FindAsync(request);
        }

        if (result is TextPage text)
        {
            return KeptPage.Of(
                text.Text,
                StatusCodes.Status200OK,
                location: null,
                request.Reads,
                [],
                clock.GetUtcNow(),
                contentType: text.ContentType,
                expiresAt: text.ExpiresAt,
                links: text.Links
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
        var html = await RenderAsync(
            shown,
            ContextOf(address, await (shell ?? ShellAsync(request)), viewer, shown.Preview)
        );
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

    // The sections and the panel are the same for everybody, so a page for one reader asks for them without the session.
    private async Task<ShellData> ShellAsync(PageRequest request)
    {
        Caller anybody = new(Address: request.Caller.Address);
        var shell = await api.QueryAsync<ShellData>("SiteShell", null, anybody, _shell, CancellationToken.None);
        _shell = shell;
        request.Add(new PageRead<ShellData>("SiteShell", Variables: null, shell));
        return shell.Data;
    }

    private async Task<KeptPage> MakeUnavailableAsync(PageAddress address, ApiUnavailableException failure)
    {
        var shown =
            failure is TooManyRequestsException
                ? PageResult.Show<TooManyRequestsPage>() with
                {
                    Status = StatusCodes.Status429TooManyRequests,
                }
                : PageResult.Show<UnavailablePage>() with
                {
                    Status = StatusCodes.Status503ServiceUnavailable,
                };
        var html = await RenderAsync(shown, ContextOf(address, _shell?.Data ?? ShellData.Empty, viewer: null));
        return KeptPage.Of(html, shown.Status, location: null, [], [], clock.GetUtcNow());
    }

    private PageContext ContextOf(
        PageAddress address,
        ShellData shell,
        ViewerSubject? viewer,
        PreviewState preview = PreviewState.None
    ) =>
        new()
        {
            Settings = settings,
            Shell = shell,
            Address = address,
            Assets = assets.For(shell),
            Reader = viewer is null ? null : new Reader(viewer.Key),
            CanSignIn = host.CanSignIn,
            Preview = preview,
            DeveloperLinks = host.DeveloperLinks,
        };

    private Task<string> RenderAsync(ShownPage page, PageContext context) =>
        RenderAsync<PageRoot>((nameof(PageRoot.Context), context), (nameof(PageRoot.Page), page));

    private async Task<string> RenderAsync<T>(params (string Name, object? Value)[] parameters)
        where T : IComponent
    {
        // Services of components belong to one request, and this object lives as long as the server.
        await using var scope = services.CreateAsyncScope();
        await using HtmlRenderer renderer = new(scope.ServiceProvider, logs);
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (
                await renderer.RenderComponentAsync<T>(
                    ParameterView.FromDictionary(
                        parameters.ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal)
                    )
                )
            ).ToHtmlString()
        );
    }

    private async Task WriteAsync(HttpContext http, KeptPage page, PageState state, bool isPrivate = false)
    {
        var response = http.Response;
        var headers = response.Headers;
        var isPreview = page.Preview is not PreviewState.None;
        SiteHeaders.Protect(
            headers,
            page.Frames,
            page.Preview switch
            {
                PreviewState.None => null,
                // The Studio has the same origin, and nobody else may show what only staff can read.
                PreviewState.Draft => "'self'",
                _ => settings.PreviewFrames,
            },
            isPreview ? "no-referrer" : "strict-origin-when-cross-origin"
        );
        if (isPreview)
        {
            headers["X-Robots-Tag"] = "noindex";
        }

        isPrivate |= state is PageState.Private;
        var isPartner = state is PageState.Partner or PageState.PartnerAgain;
        headers.CacheControl =
            isPartner ? ForPartners
            : isPrivate || state is PageState.Unavailable ? "private, no-store"
            // Nobody else keeps a page that may have changed.
            : state is PageState.Late ? "no-store"
            : "public, max-age=0, s-maxage=5, stale-while-revalidate=60, stale-if-error=86400";
        headers[HeaderNames.Vary] = isPartner ? PartnersVary : "Accept-Encoding, Cookie";
        headers["Cache-Status"] = state switch
        {
            PageState.Private or PageState.Partner => "site; fwd=bypass",
            PageState.Made or PageState.Unavailable => "site; fwd=uri-miss",
            PageState.Late or PageState.Unchecked => "site; hit; detail=stale",
            _ => "site; hit",
        };
        if (!isPrivate && !isPartner && page.Keys is { Length: > 0 } keys)
        {
            headers["Surrogate-Key"] = keys;
        }

        if (page.Links is { } links)
        {
            headers.Link = links;
        }

        response.StatusCode = page.Status;
        if (state is PageState.Unavailable)
        {
            headers.RetryAfter = "30";
        }

        if (page.Location is { } location)
        {
            headers.Location = Escaped(location);
            return;
        }

        response.ContentType = page.ContentType;
        if (state is PageState.Unchecked)
        {
            // A notice changes the page, so it must not be stored by anybody.
            headers.CacheControl = "no-store";
            await WriteTextAsync(http, page.With(await RenderAsync<Notice>((nameof(Notice.At), page.CheckedAt))));
            return;
        }

        if (state is PageState.Ended)
        {
            var back = http.Request.Path + http.Request.QueryString;
            await WriteTextAsync(http, page.With(await RenderAsync<EndedNotice>((nameof(EndedNotice.Back), back))));
            return;
        }

        var (body, coding) =
            Accepts(http.Request, "br") ? (page.Compressed, "br")
            : page.Gzipped is { } gzipped && Accepts(http.Request, "gzip") ? (gzipped, "gzip")
            : (page.Bytes, null);
        if (!isPrivate && page.Status == StatusCodes.Status200OK)
        {
            // Each coding has its own validator (RFC 9110, section 8.8.3.3).
            var tag = coding is null ? page.ETag : $"{page.ETag[..^1]}-{coding}\"";
            headers.ETag = tag;

            // A file for a partner can change and return to what it was, so only its validator says whether it has changed.
            var lastModified = isPartner ? null : page.LastModified;
            response.GetTypedHeaders().LastModified = lastModified;
            if (IsKnown(http.Request, tag, lastModified))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                response.ContentType = null;
                return;
            }
        }

        if (coding is not null)
        {
            headers.ContentEncoding = coding;
        }

        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await response.Body.WriteAsync(body, http.RequestAborted);
        }
    }

    // Headers hold only ASCII, and addresses that editors enter can have any letter.
    private static string Escaped(string address)
    {
        if (address.StartsWith('/'))
        {
            return UriHelper.Encode(new Uri(address, UriKind.Relative));
        }

        var uri = new Uri(address);
        return new UriBuilder(uri) { Host = uri.IdnHost }
            .Uri
            .AbsoluteUri;
    }

    private static Task WriteTextAsync(HttpContext http, string html) =>
        HttpMethods.IsHead(http.Request.Method)
            ? Task.CompletedTask
            : http.Response.WriteAsync(html, http.RequestAborted);

    // The date counts only if the client sends no validator (RFC 9110, section 13.1.3).
    private static bool IsKnown(HttpRequest request, string tag, DateTimeOffset? lastModified) =>
        request.Headers.IfNoneMatch.Count > 0
            ? request.Headers.IfNoneMatch.Any(sent =>
                sent is not null && (sent.Trim() == "*" || sent.Contains(tag, StringComparison.Ordinal))
            )
            : lastModified <= request.GetTypedHeaders().IfModifiedSince;

    private static bool Accepts(HttpRequest request, string coding) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var codings)
        && codings.Any(accepted =>
            accepted.Value.Equals(coding, StringComparison.OrdinalIgnoreCase) && accepted.Quality is not 0
        );

    /// <summary>Logs that the API did not answer a request.</summary>
    internal void Report(string path, Exception failure) => LogUnavailable(path, failure.Message);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path}: the API did not answer. {Problem}")]
    private partial void LogUnavailable(string path, string problem);

    private enum PageState
    {
        /// <summary>The page was kept, and the API's answers are still the same.</summary>
        Current,

        /// <summary>The page was made now.</summary>
        Made,

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

        /// <summary>The file was made for a partner, whose programs keep it and ask whether it has changed.</summary>
        Partner,

        /// <summary>The same file, which was made for an earlier request of the partner.</summary>
        PartnerAgain,
    }
}
