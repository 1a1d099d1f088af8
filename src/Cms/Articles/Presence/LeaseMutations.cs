using Cms.GraphQL;
using Cms.People;

namespace Cms.Articles.Presence;

[MutationType]
public static class LeaseMutations
{
    /// <summary>
    /// Tells others that a page has an article open. If no other page holds the lease, the page gets it for 60 seconds.
    /// A lease never prevents anybody from saving: expectedVersion does that.
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
    /// Keeps a page's presence and lease for 60 more seconds. If isMine is false, another page has the lease.
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
    /// Gives the lease to a page, even if a different page holds it. When that page renews, it learns that it has lost
    /// the lease.
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
    /// Tells others that a page closed an article. If the page held the lease, the lease becomes free.
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
