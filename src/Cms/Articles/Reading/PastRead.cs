using Cms.Reading;

namespace Cms.Articles.Reading;

/// <summary>
/// Records a read of a past time. New editions do not change its result, but withdrawing or republishing an article
/// does.
/// </summary>
/// <param name="Past">The past time.</param>
/// <param name="Only">The article that was read; null for a list, or if no article was found.</param>
internal sealed record PastRead(PastTime Past, ArticleId? Only) : IListRead
{
    public bool IsChangedBy(ArticleState? before, ArticleState? after) =>
        (Only is null || Only == (after ?? before)?.Id)
        && (before is null != after is null || after?.UpdatedAt <= Past.At);
}
