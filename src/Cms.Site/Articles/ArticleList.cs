using Cms.Site.Pages;

namespace Cms.Site.Articles;

/// <summary>A page of a list of articles.</summary>
public sealed record ArticleList(int TotalCount, PageInfoData PageInfo, IReadOnlyList<CardData> Nodes);
