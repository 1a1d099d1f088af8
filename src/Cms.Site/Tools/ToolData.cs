using Cms.Site.Articles;
using Cms.Site.Layout;

namespace Cms.Site.Tools;

/// <summary>A tool; null if there is none.</summary>
public sealed record ToolAnswer(ToolData? Tool);

/// <summary>A product, model, library or service that articles are about.</summary>
public sealed record ToolData(
    string Id,
    string Slug,
    string Name,
    string Kind,
    string? Maker,
    string? Url,
    string? Summary,
    bool? IsBookmarked,
    PictureData? Logo,
    IReadOnlyList<SectionData> Tags,
    ArticleList Articles
);
