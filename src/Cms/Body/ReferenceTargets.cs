using Cms.Articles;
using Cms.Media;
using Cms.Tools;

namespace Cms.Body;

/// <summary>
/// The current targets of a body's references. A reference is not linked if its target is missing, or if the target's
/// address is neither http(s) nor a path on this site.
/// </summary>
public sealed record ReferenceTargets
{
    public static readonly ReferenceTargets None = new();

    public IReadOnlyDictionary<ArticleId, PageTarget> Articles { get; init; } = new Dictionary<ArticleId, PageTarget>();

    public IReadOnlyDictionary<ToolId, PageTarget> Tools { get; init; } = new Dictionary<ToolId, PageTarget>();

    public IReadOnlyDictionary<MediaId, MediaTarget> Media { get; init; } = new Dictionary<MediaId, MediaTarget>();

    /// <summary>The sites whose pages are shown as embeds. Pages of other sites are shown as links.</summary>
    public EmbedHosts Hosts { get; init; } = EmbedHosts.None;

    /// <summary>The <c>sizes</c> attribute of images.</summary>
    public string ImageSizes { get; init; } = "100vw";

    /// <summary>The labels of callouts; null for none.</summary>
    public CalloutLabelsInput? CalloutLabels { get; init; }

    internal PageTarget? Page(Block embed) =>
        embed switch
        {
            ArticleEmbed article => Articles.GetValueOrDefault(article.Article),
            ToolEmbed tool => Tools.GetValueOrDefault(tool.Tool),
            _ => null,
        };
}

/// <summary>
/// A page that an embed links to. Markdown refers to it by its slug, or by its id if there is no slug.
/// </summary>
public sealed record PageTarget(string Title, string Url, string? Slug = null)
{
    internal bool IsLinkable => SiteAddress.IsSafe(Url);
}

/// <summary>An image to show. Its alternative text and caption are used where the body has none.</summary>
/// <param name="Url">The address of the image.</param>
/// <param name="Alt">The alternative text from the media library.</param>
/// <param name="Width">The width in pixels.</param>
/// <param name="Height">The height in pixels.</param>
/// <param name="Srcset">The image in several widths, as in HTML's <c>srcset</c> attribute.</param>
/// <param name="Caption">The caption from the media library.</param>
/// <param name="Credit">The credit to show beside the image.</param>
/// <param name="Path">
/// The path of the image's file, which Markdown uses to refer to the image; null to use the image's id.
/// </param>
public sealed record MediaTarget(
    string Url,
    string Alt = "",
    int? Width = null,
    int? Height = null,
    string? Srcset = null,
    string Caption = "",
    string? Credit = null,
    string? Path = null
)
{
    internal bool IsLinkable => SiteAddress.IsSafe(Url);
}

internal static class SiteAddress
{
    public static bool IsSafe(string url) =>
        url is ['/', ..]
            ? url is not (['/', '/', ..] or ['/', '\\', ..]) && !url.Any(char.IsControl)
            : LinkAddress.Parse(url) is { IsMail: false };
}
