using Cms.Articles;
using Cms.Media;
using Cms.Tools;

namespace Cms.Body;

/// <summary>
/// What references lead to at the moment of reading. A target that is not here, or whose address is neither http(s) nor a path
/// of this site, leaves no link behind.
/// </summary>
public sealed record ReferenceTargets
{
    public static readonly ReferenceTargets None = new();

    public IReadOnlyDictionary<ArticleId, PageTarget> Articles { get; init; } = new Dictionary<ArticleId, PageTarget>();

    public IReadOnlyDictionary<ToolId, PageTarget> Tools { get; init; } = new Dictionary<ToolId, PageTarget>();

    public IReadOnlyDictionary<MediaId, MediaTarget> Media { get; init; } = new Dictionary<MediaId, MediaTarget>();

    internal PageTarget? Page(Block embed) =>
        embed switch
        {
            ArticleEmbed article => Articles.GetValueOrDefault(article.Article),
            ToolEmbed tool => Tools.GetValueOrDefault(tool.Tool),
            _ => null,
        };
}

/// <summary>A page that an embed leads to. The slug names it in Markdown; without one the Markdown names the id.</summary>
public sealed record PageTarget(string Title, string Url, string? Slug = null)
{
    internal bool IsLinkable => SiteAddress.IsSafe(Url);
}

/// <summary>A picture as it is delivered; its own words stand in where the body gives none.</summary>
/// <param name="Url">Where it is.</param>
/// <param name="Alt">Its own alternative text.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Srcset">The same in several widths, as HTML lists them.</param>
/// <param name="Caption">Its own caption.</param>
/// <param name="Credit">Who is to be named beside it.</param>
/// <param name="Path">Its file, as Markdown names it; without one the Markdown names the id.</param>
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
