using Cms.Studio.Access;

namespace Cms.Studio.Layout;

/// <summary>A sentence that says what a form has done. The next page shows it once.</summary>
public sealed class Notices(IHttpContextAccessor requests)
{
    private const string Cookie = "cms-studio-notice";
    private const int MaxLength = 500;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private HttpContext Http =>
        requests.HttpContext ?? throw new InvalidOperationException("A page is made only for a request.");

    /// <summary>Keeps a sentence for the next page.</summary>
    public void Say(string sentence) =>
        Http.Response.Cookies.Append(
            Cookie,
            sentence.Length <= MaxLength ? sentence : sentence[..(MaxLength - 1)] + "…",
            new CookieOptions
            {
                Path = DoorSign.Of(Http.Request.Path).Path,
                HttpOnly = true,
                SameSite = SameSiteMode.Strict,
                Secure = Http.Request.IsHttps,
                MaxAge = Lifetime,
                IsEssential = true,
            }
        );

    /// <summary>Returns the sentence that the last page left, and forgets it; null if there is none.</summary>
    public string? Take()
    {
        if (!HttpMethods.IsGet(Http.Request.Method) || Http.Request.Cookies[Cookie] is not { Length: > 0 } sentence)
        {
            return null;
        }

        Http.Response.Cookies.Delete(Cookie, new CookieOptions { Path = DoorSign.Of(Http.Request.Path).Path });
        return sentence;
    }
}
