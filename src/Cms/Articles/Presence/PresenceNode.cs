using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Cms.Reading;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Presence;

/// <summary>
/// The browser tabs that have an article open, and whether the requesting tab holds the lease. At most one tab holds
/// the lease, and it does not prevent anybody from saving.
/// </summary>
[ObjectType<ArticleLease>(Name = "DeskLease", Bind = Bind.Explicit, Fields = [nameof(ArticleLease.ArticleId)])]
public static class DeskLeaseNode
{
    /// <summary>Whether the requesting tab holds the lease.</summary>
    public static bool IsMine([Parent] ArticleLease lease) => MineIn(lease)?.IsHolder is true;

    /// <summary>
    /// When the requesting tab's presence and lease end, unless it renews them; null if the tab is not in
    /// <c>present</c>.
    /// </summary>
    public static DateTimeOffset? GetExpiresAt([Parent] ArticleLease lease) => MineIn(lease)?.ExpiresAt;

    /// <summary>
    /// All browser tabs that have the article open, in the order in which they opened it. The requesting tab is
    /// included if it has the article open.
    /// </summary>
    [ListSize(3)]
    public static IReadOnlyList<ArticlePresence> GetPresent([Parent] ArticleLease lease) => lease.Present;

    private static ArticlePresence? MineIn(ArticleLease lease) =>
        lease.Present.FirstOrDefault(p => p.PersonKey == lease.Person && p.Tab == lease.Tab);
}

/// <summary>A browser tab that has an article open.</summary>
[ObjectType<ArticlePresence>(
    Name = "DeskPresence",
    Bind = Bind.Explicit,
    Fields = [nameof(ArticlePresence.Name), nameof(ArticlePresence.Since), nameof(ArticlePresence.IsHolder)]
)]
public static class DeskPresenceNode
{
    /// <summary>Whether the tab is yours.</summary>
    public static bool IsMe([Parent] ArticlePresence presence, Viewer viewer) => presence.PersonKey == viewer.Key;
}

[ObjectType<Article>(Name = "DeskArticle", Bind = Bind.Explicit)]
public static class DeskArticlePresence
{
    /// <summary>The browser tabs that have the article open now, in the order in which they opened it.</summary>
    [ListSize(2)]
    public static IDataLoaderResult<List<ArticlePresence>> GetPresentAsync(
        [Parent] Article article,
        [Service] PresenceByArticle presence
    ) => presence.Load(article.Id);
}

/// <summary>Loads the browser tabs that have articles open.</summary>
public sealed class PresenceByArticle(ReadContexts contexts, TimeProvider clock)
    : GroupLoader<ArticleId, ArticlePresence>
{
    protected override ArticleId KeyOf(ArticlePresence row) => row.ArticleId;

    protected override async Task<List<ArticlePresence>> ReadRowsAsync(
        List<ArticleId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        var now = clock.Now();
        using var lease = await contexts.RentAsync(cancellationToken);
        var rows = await lease
            .Db.Presence.AsNoTracking()
            .Where(p => keys.Contains(p.ArticleId) && p.ExpiresAt > now)
            .ToListAsync(cancellationToken);
        return [.. rows.OrderBy(p => p.Since).ThenBy(p => p.Tab, StringComparer.Ordinal)];
    }
}
