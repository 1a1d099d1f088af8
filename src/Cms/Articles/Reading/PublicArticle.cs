using Cms.Body;
using Cms.Bookmarks;
using Cms.Reading;
using Cms.Routes;

namespace Cms.Articles.Reading;

/// <summary>An article as readers see it now: its current edition.</summary>
public sealed class PublicArticle : EditionView, IEmbed, IPageContent, IBookmarkTarget
{
    internal static Projection<Edition, PublicArticle> Columns { get; } = Of<PublicArticle>();
}

/// <summary>An article as readers saw it at a past time.</summary>
public sealed class ArticleSnapshot : EditionView
{
    internal static Projection<Edition, ArticleSnapshot> Columns { get; } = Of<ArticleSnapshot>();
}
