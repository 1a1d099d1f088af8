using Cms.Reading;

namespace Cms.Articles.Reading;

/// <summary>
/// Records a read of a past time. The result can change only if an article appears or is withdrawn, or if a new edition
/// is dated at or before that time.
/// </summary>
/// <param name="Past">The past time.</param>
/// <param name="Only">The article that was read; null for a list, or if no article was found.</param>
internal sealed record PastRead(PastTime Past, ArticleId? Only) : IListRead
{
    public bool IsChangedBy(ArticleState? before, ArticleState? after) =>
        (Only is null || Only == (after ?? before)?.Id)
        && (before is null != after is null || after?.UpdatedAt <= Past.At);
}
