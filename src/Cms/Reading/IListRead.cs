namespace Cms.Reading;

/// <summary>A page of a list, or another result, that certain changes of articles invalidate.</summary>
internal interface IListRead
{
    /// <summary>
    /// Returns whether the page or its count may change when an article changes from one state to another.
    /// </summary>
    bool IsChangedBy(ArticleState? before, ArticleState? after);
}

/// <summary>
/// Records that no visible article has a slug. Slugs never move between articles, so only an article that becomes
/// visible can take it.
/// </summary>
internal sealed record AbsentArticle : IListRead
{
    public static AbsentArticle Instance { get; } = new();

    public bool IsChangedBy(ArticleState? before, ArticleState? after) => before is null && after is not null;
}
