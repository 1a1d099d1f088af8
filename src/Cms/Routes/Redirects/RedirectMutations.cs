using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Routes.Redirects;

[MutationType]
public static class RedirectMutations
{
    /// <summary>
    /// Redirects a path at which nothing is published, or changes the target of its redirect. Redirects never form
    /// chains: if the target is itself redirected, the new redirect leads directly to the final target.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("redirect")]
    [Errors<VersionConflict, PathMalformed, RedirectTargetMalformed, PathInUse, RedirectLoop>]
    public static Task<Result<Redirect>> SaveRedirectAsync(
        SaveRedirectInput input,
        Viewer viewer,
        [Service] SaveRedirect operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>Deletes a redirect. The path then leads to what was last published there, or to nothing.</summary>
    [Authorize(Policies.Editor)]
    [Payload("deletedRedirect")]
    [Errors<RedirectNotFound, VersionConflict>]
    public static Task<Result<DeletedRedirect>> DeleteRedirectAsync(
        DeleteRedirectInput input,
        Viewer viewer,
        [Service] DeleteRedirect operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);
}
