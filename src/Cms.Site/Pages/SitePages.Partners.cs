using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Net.Http.Headers;

namespace Cms.Site.Pages;

public sealed partial class SitePages
{
    private const int TagBytes = 12;

    private const long PartnerCapacity = 64_000_000;

    // How long a file is kept that nobody asks for.
    private static readonly TimeSpan Unused = TimeSpan.FromHours(1);

    private readonly MemoryCache _partnerFiles = new(new MemoryCacheOptions { SizeLimit = PartnerCapacity });

    /// <summary>
    /// Sends a file that is made for a partner. It is kept for the key and for what else decides the content, and sent again
    /// while what the partner receives cannot be different.
    /// </summary>
    /// <remarks>
    /// The validator names the state that the file was made of, and the content. If the state that the client knows is
    /// still current, the file is not made. The state is read first, so that it is never newer than the content. The same
    /// is true of the standing, which says whether a file that was kept is still right.
    /// </remarks>
    /// <param name="http">The request.</param>
    /// <param name="address">The address, without the key.</param>
    /// <param name="parameters">What decides the content, besides the key and the settings of the site.</param>
    /// <param name="readState">Reads a text that is different whenever the file can be different.</param>
    /// <param name="make">Reads what the file needs and returns it.</param>
    /// <param name="feedKey">The key of the partner.</param>
    /// <param name="visit">The request, which is counted.</param>
    /// <exception cref="SignInEndedException">The key does not work.</exception>
    /// <exception cref="NotAllowedException">The partner may not read now.</exception>
    /// <exception cref="ApiUnavailableException">The API did not answer.</exception>
    internal async Task SendToPartnerAsync(
        HttpContext http,
        PageAddress address,
        string parameters,
        Func<PageRequest, Task<string>> readState,
        Func<PageRequest, Task<TextPage>> make,
        string feedKey,
        PartnerVisit visit
    )
    {
        var known = TagsIn(http.Request);
        var place = HashOf($"{feedKey} {address.Origin} {parameters}");
        var standing = host.Partners is { } gate ? await gate.StandingOf(feedKey, http.RequestAborted) : null;
        if (standing is not null && await TrySendAgainAsync(http, place, standing, known, visit))
        {
            return;
        }

        Caller caller = new(Address: http.Connection.RemoteIpAddress) { FeedKey = feedKey, Visit = visit };
        var state = HashOf(await readState(new PageRequest(api, address, caller, [], http.RequestAborted)));
        if (known.Find(tag => tag.State == state) is { Tag: { } current })
        {
            WriteUnchanged(http, current);
            return;
        }

        var canBeSentAgain = false;
        var page = await MakeAsync(
            address,
            async request =>
            {
                var file = await make(request);
                canBeSentAgain = file.CanBeSentAgain;
                return file;
            },
            caller,
            known: [],
            hasShell: false
        );
        var content = page.ETag.Trim('"');
        page.ETag = $"\"{state}.{content}\"";
        if (standing is not null && visit.Turn is { } received)
        {
            // The file is never checked with the answers that it was made of.
            page.Reads = [];
            PartnerFile file = new(standing, received, state, content, canBeSentAgain ? page : null);
            _partnerFiles.Set(
                place,
                file,
                new MemoryCacheEntryOptions { Size = file.Size, SlidingExpiration = Unused }
            );
        }

        if (known.Find(tag => tag.Content == content) is { Tag: { } same })
        {
            // Something else has changed. The client keeps the tag with which it has stored the content.
            WriteUnchanged(http, same);
            return;
        }

        await WriteAsync(http, page, PageState.Partner);
    }

    // Sends a file that was made before, if it is still right and if the request is admitted.
    private async Task<bool> TrySendAgainAsync(
        HttpContext http,
        string place,
        object standing,
        List<PartnerTagParts> known,
        PartnerVisit visit
    )
    {
        if (_partnerFiles.Get<PartnerFile>(place) is not { } file)
        {
            return false;
        }

        if (!file.Standing.Equals(standing))
        {
            _partnerFiles.Remove(place);
            return false;
        }

        var current = known.Find(tag => tag.State == file.State)?.Tag;
        if (current is null && file.Page is null)
        {
            return false;
        }

        await host.Partners!.AdmitAsync(standing, visit, http);
        if (current is not null)
        {
            WriteUnchanged(http, current);
            return true;
        }

        if (!await host.Partners!.DeliverAsync(file.Received, visit, http.RequestAborted))
        {
            return false;
        }

        if (known.Find(tag => tag.Content == file.Content) is { Tag: { } same })
        {
            WriteUnchanged(http, same);
            return true;
        }

        await WriteAsync(http, file.Page!, PageState.PartnerAgain);
        return true;
    }

    private static List<PartnerTagParts> TagsIn(HttpRequest request) =>
        request.Headers.IfNoneMatch.Count == 0
            ? []
            :
            [
                .. PartnerTag()
                    .Matches(request.Headers.IfNoneMatch.ToString())
                    .Select(match => new PartnerTagParts(
                        match.Value,
                        match.Groups["state"].Value,
                        match.Groups["content"].Value
                    )),
            ];

    private static void WriteUnchanged(HttpContext http, string tag)
    {
        var headers = http.Response.Headers;
        http.Response.StatusCode = StatusCodes.Status304NotModified;
        (headers.ETag, headers.CacheControl, headers[HeaderNames.Vary]) = (tag, ForPartners, PartnersVary);
    }

    private static string HashOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, TagBytes));

    // The content can be sent in several codings, and each has its own tag.
    [GeneratedRegex(
        "\"(?<state>[0-9a-f]{24})\\.(?<content>[0-9a-f]{24})(-(br|gzip))?\"",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex PartnerTag();

    private sealed record PartnerTagParts(string Tag, string State, string Content);

    /// <summary>A file that was made for a partner.</summary>
    /// <param name="Standing">What the partner received was decided by, read before the file was made.</param>
    /// <param name="Received">What the API remembers of the request for which it was made.</param>
    /// <param name="Page">The file; null if it must be made for each request.</param>
    private sealed record PartnerFile(object Standing, object Received, string State, string Content, KeptPage? Page)
    {
        public long Size => (Page?.Size ?? 0) + 2_000;
    }
}
