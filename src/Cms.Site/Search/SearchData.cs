using Cms.Site.Articles;
using Cms.Site.Layout;
using Cms.Site.Pages;

namespace Cms.Site.Search;

/// <summary>The answer to a search.</summary>
public sealed record SearchAnswer(HitList Search);

/// <summary>A page of search results, and the number of all results by section, topic, tool and source.</summary>
public sealed record HitList(int TotalCount, PageInfoData PageInfo, IReadOnlyList<Hit> Nodes, FacetsData Facets);

/// <summary>A search result.</summary>
public sealed record Hit(CardData Article, IReadOnlyList<Highlight> Highlights);

/// <summary>A passage with search terms: text that is escaped for HTML, with each match in a <c>mark</c> element.</summary>
/// <param name="Field"><c>HEADLINE</c>, <c>SUMMARY</c> or <c>TEXT</c>.</param>
public sealed record Highlight(string Field, string Html);

/// <summary>The number of results by section, topic, tool and source.</summary>
public sealed record FacetsData(
    IReadOnlyList<CategoryFacet> Categories,
    IReadOnlyList<TagFacet> Tags,
    IReadOnlyList<ToolFacet> Tools,
    IReadOnlyList<SourceFacet> Sources
);

/// <summary>The number of results in a category.</summary>
public sealed record CategoryFacet(int Count, SectionData Category);

/// <summary>The number of results with a tag.</summary>
public sealed record TagFacet(int Count, SectionData Tag);

/// <summary>The number of results about a tool.</summary>
public sealed record ToolFacet(int Count, SectionData Tool);

/// <summary>The number of results from a source.</summary>
public sealed record SourceFacet(int Count, SectionData Source);
