namespace Cms.Reading;

/// <summary>A record of reading a list page or a similar result that certain changes of articles invalidate.</summary>
internal interface IListRead
{
    /// <summary>
    /// Returns whether the result can change when an article changes from the state before to the state after.
    /// </summary>
    bool IsChangedBy(ArticleState? before, ArticleState? after);
}

/// <summary>
/// Records that no visible article has a certain slug. Only an article that becomes visible, or whose slug changes, can
/// get it.
/// </summary>
internal sealed record AbsentArticle : IListRead
{
    public static AbsentArticle Instance { get; } = new();

    public bool IsChangedBy(ArticleState? before, ArticleState? after) =>
        after is not null && before?.Slug != after.Slug;
}
