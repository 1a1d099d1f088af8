namespace Cms.Articles.Reading;

/// <summary>Something of the past: new editions leave it as it was, but what readers may no longer see is gone from it.</summary>
/// <param name="Past">When.</param>
/// <param name="Only">The article that was read; null for a list, or where there was none.</param>
internal sealed record PastRead(PastTime Past, ArticleId? Only) : IListRead
{
    public bool IsChangedBy(ArticleImage? before, ArticleImage? after) =>
        (Only is null || Only == (after ?? before)?.Id)
        && (before is null != after is null || after?.UpdatedAt <= Past.At);
}

/// <summary>A slug that no visible article has: a slug stays its article's, so that only one that appears can have it.</summary>
internal sealed record AbsentArticle : IListRead
{
    public static AbsentArticle Instance { get; } = new();

    public bool IsChangedBy(ArticleImage? before, ArticleImage? after) => before is null && after is not null;
}
