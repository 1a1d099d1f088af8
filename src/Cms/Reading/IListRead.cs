namespace Cms.Reading;

/// <summary>A page of a list that an answer shows.</summary>
internal interface IListRead
{
    /// <summary>Whether the page or its count may differ after an article changes from one state to another.</summary>
    bool IsChangedBy(ArticleState? before, ArticleState? after);
}

/// <summary>A slug that no visible article has. Slugs never move between articles, so only an article that appears can take it.</summary>
internal sealed record AbsentArticle : IListRead
{
    public static AbsentArticle Instance { get; } = new();

    public bool IsChangedBy(ArticleState? before, ArticleState? after) => before is null && after is not null;
}
