using Cms.Site.Articles;
using Cms.Site.Home;

namespace Cms.Site.Taxonomy;

/// <summary>A category, and what editors put on its front.</summary>
public sealed record CategoryAnswer(CategoryData? Category, FrontData? Front);

/// <summary>A section of the publication.</summary>
public sealed record CategoryData(string Slug, string Name, ArticleList Articles);

/// <summary>A tag; null if there is none.</summary>
public sealed record TagAnswer(TagData? Tag);

/// <summary>A topic.</summary>
public sealed record TagData(string Slug, string Name, ArticleList Articles);

/// <summary>A source; null if there is none.</summary>
public sealed record SourceAnswer(SourceData? Source);

/// <summary>A publication that stories come from.</summary>
public sealed record SourceData(string Slug, string Name, string? Homepage, ArticleList Articles);

/// <summary>An author; null if there is none.</summary>
public sealed record AuthorAnswer(AuthorData? Author);

/// <summary>A person who writes for the newsroom.</summary>
public sealed record AuthorData(
    string Slug,
    string Name,
    string? Bio,
    IReadOnlyList<AuthorLinkData> Links,
    PortraitData? Avatar,
    ArticleList Articles
);

/// <summary>A page of an author on another site.</summary>
public sealed record AuthorLinkData(string Label, string Url);

/// <summary>The picture of a person.</summary>
public sealed record PortraitData(string Url, string? Alt, string? Credit);
