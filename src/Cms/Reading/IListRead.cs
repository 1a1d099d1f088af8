namespace Cms.Reading;

/// <summary>A page of a list that an answer shows.</summary>
internal interface IListRead
{
    /// <summary>Whether the page, or the count, may be another once an article stands otherwise.</summary>
    bool IsChangedBy(ArticleState? before, ArticleState? after);
}

/// <summary>A slug that no visible article has: a slug stays its article's, so that only one that appears can have it.</summary>
internal sealed record AbsentArticle : IListRead
{
    public static AbsentArticle Instance { get; } = new();

    public bool IsChangedBy(ArticleState? before, ArticleState? after) => before is null && after is not null;
}
