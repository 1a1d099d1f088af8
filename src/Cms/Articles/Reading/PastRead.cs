using Cms.Reading;

namespace Cms.Articles.Reading;

/// <summary>Something of the past: new editions leave it as it was, but what readers may no longer see is gone from it.</summary>
/// <param name="Past">When.</param>
/// <param name="Only">The article that was read; null for a list, or where there was none.</param>
internal sealed record PastRead(PastTime Past, ArticleId? Only) : IListRead
{
    public bool IsChangedBy(ArticleState? before, ArticleState? after) =>
        (Only is null || Only == (after ?? before)?.Id)
        && (before is null != after is null || after?.UpdatedAt <= Past.At);
}
