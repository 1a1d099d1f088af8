using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Net.Http.Headers;

namespace Cms.Site.Pages;

public sealed partial class SitePages
{
    private const int TagBytes = 12;

    /// <summary>Sends a file that is made for a partner. It is never kept, because another key must not get it.</summary>
    /// <remarks>
    /// The validator names the state that the file was made of, and the content. If the state that the client knows is
    /// still current, the file is not made. The state is read first, so that it is never newer than the content.
    /// </remarks>
    /// <param name="http">The request.</param>
    /// <param name="address">The address, without the key.</param>
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
        Func<PageRequest, Task<string>> readState,
        Func<PageRequest, Task<TextPage>> make,
        string feedKey,
        PartnerVisit visit
    )
    {
        Caller caller = new(Address: http.Connection.RemoteIpAddress) { FeedKey = feedKey, Visit = visit };
        var state = HashOf(await readState(new PageRequest(api, address, caller, [], http.RequestAborted)));
        var known = PartnerTag()
            .Matches(http.Request.Headers.IfNoneMatch.ToString())
            .Select(match =>
                (Tag: match.Value, State: match.Groups["state"].Value, Content: match.Groups["content"].Value)
            )
            .ToList();
        if (known.Find(tag => tag.State == state) is { Tag: { } current })
        {
            WriteUnchanged(http, current);
            return;
        }

        var page = await MakeAsync(address, async request => await make(request), caller, known: [], hasShell: false);
        var content = page.ETag.Trim('"');
        if (known.Find(tag => tag.Content == content) is { Tag: { } same })
        {
            // Something else has changed. The client keeps the tag with which it has stored the content.
            WriteUnchanged(http, same);
            return;
        }

        page.ETag = $"\"{state}.{content}\"";
        await WriteAsync(http, page, PageState.Partner);
    }

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
}
