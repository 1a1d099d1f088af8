using Cms.Changes;
using Cms.Data;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Routes.Redirects;

/// <summary>The redirect to delete.</summary>
public sealed record DeleteRedirectInput : MutationInput
{
    /// <summary>The redirect's id.</summary>
    public required RedirectId Id { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>A redirect that was deleted.</summary>
/// <param name="RedirectId">The id that it had.</param>
/// <param name="From">The path that it redirected.</param>
public sealed record DeletedRedirect(RedirectId RedirectId, string From) : IStoredResult;

/// <summary>Deletes a redirect. The path then leads to what was last published there, or to nothing.</summary>
public sealed class DeleteRedirect(CmsDatabase database)
{
    public Task<Result<DeletedRedirect>> Handle(
        DeleteRedirectInput input,
        Actor actor,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync<DeletedRedirect>(
            actor,
            async (db, token) =>
            {
                if (await db.Redirects.SingleOrDefaultAsync(r => r.Id == input.Id, token) is not { } redirect)
                {
                    return new RedirectNotFound(input.Id) { Path = ["id"] };
                }

                if (redirect.Conflict(input.ExpectedVersion) is { } conflict)
                {
                    return conflict;
                }

                db.Remove(redirect);
                db.Announce(ChangeKind.RedirectChanged, redirect.Id);
                return new DeletedRedirect(redirect.Id, redirect.From);
            },
            cancellationToken
        );
}
