using Cms.GraphQL;
using Cms.People;

namespace Cms.Articles.Presence;

[MutationType]
public static class LeaseMutations
{
    /// <summary>
    /// Tells others that a browser tab has an article open. If no other tab holds the lease, the tab gets it for 60
    /// seconds. A lease never prevents anybody from saving. To avoid overwriting newer changes, send expectedVersion
    /// when you save.
    /// </summary>
    [Authorize(Policies.Author)]
    [Payload("lease")]
    [Errors<ArticleNotFound, TabRequired>]
    public static Task<Result<ArticleLease>> AcquireLeaseAsync(
        AcquireLeaseInput input,
        Viewer viewer,
        [Service] AcquireLease operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>
    /// Keeps a browser tab's presence and lease for 60 more seconds. If isMine is false, another tab has the lease.
    /// </summary>
    [Authorize(Policies.Author)]
    [Payload("lease")]
    [Errors<ArticleNotFound, TabRequired>]
    public static Task<Result<ArticleLease>> RenewLeaseAsync(
        RenewLeaseInput input,
        Viewer viewer,
        [Service] RenewLease operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>
    /// Gives the lease to a browser tab, even if a different tab holds it. When that tab renews, it learns that it has
    /// lost the lease.
    /// </summary>
    [Authorize(Policies.Author)]
    [Payload("lease")]
    [Errors<ArticleNotFound, TabRequired>]
    public static Task<Result<ArticleLease>> TakeOverLeaseAsync(
        TakeOverLeaseInput input,
        Viewer viewer,
        [Service] TakeOverLease operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>
    /// Tells others that a browser tab closed an article. If the tab held the lease, the lease becomes free.
    /// </summary>
    [Authorize(Policies.Author)]
    [Payload("lease")]
    [Errors<ArticleNotFound, TabRequired>]
    public static Task<Result<ArticleLease>> ReleaseLeaseAsync(
        ReleaseLeaseInput input,
        Viewer viewer,
        [Service] ReleaseLease operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);
}
