using Cms.Site.Articles;
using Cms.Site.Layout;

namespace Cms.Site.Home;

/// <summary>The articles that editors chose for the home page, and the newest ones.</summary>
public sealed record HomeData(FrontData? Front, Nodes<CardData> Articles);

/// <summary>The articles that editors chose, in their order.</summary>
public sealed record FrontData(IReadOnlyList<CardData> Articles);
