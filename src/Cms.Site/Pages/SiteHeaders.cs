using Microsoft.Extensions.Primitives;

namespace Cms.Site.Pages;

/// <summary>The security headers of pages.</summary>
internal static class SiteHeaders
{
    /// <summary>
    /// Allows only scripts, styles, images and connections of this site. Scripts cannot turn text into HTML or into
    /// the address of a script, except through the policy that registers the service worker (Trusted Types).
    /// </summary>
    /// <param name="frames">The origins that the page can show in frames.</param>
    /// <param name="ancestors">The origins that can show the page in a frame; null for none.</param>
    public static void Protect(
        IHeaderDictionary headers,
        IReadOnlyCollection<string> frames,
        string? ancestors,
        string referrer
    )
    {
        headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
            + "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; "
            + $"frame-src {(frames.Count == 0 ? "'none'" : string.Join(' ', frames))}; frame-ancestors {ancestors ?? "'none'"}; "
            + "require-trusted-types-for 'script'; trusted-types site-worker";
        // Browsers that know frame-ancestors ignore this older header. It cannot name other origins.
        headers.XFrameOptions = ancestors switch
        {
            null => "DENY",
            "'self'" => "SAMEORIGIN",
            _ => StringValues.Empty,
        };
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = referrer;
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }
}
