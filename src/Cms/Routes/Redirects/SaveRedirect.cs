using Cms.Body;
using Cms.Changes;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Routes.Redirects;

/// <summary>The path to redirect, and its target.</summary>
public sealed record SaveRedirectInput : MutationInput
{
    /// <summary>The path to redirect, such as /about/team. Its case and a slash at its end do not matter.</summary>
    public required string From { get; init; }

    /// <summary>A path of the front end, or a full URL that begins with https:// or http://.</summary>
    public required string To { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>
/// Redirects a path at which nothing is published, or changes the target of its redirect. If the target is itself
/// redirected, the new redirect leads directly to the final target. Redirects to this path lead to the new target.
/// </summary>
public sealed class SaveRedirect(CmsDatabase database, SiteAddresses site, TimeProvider clock)
{
    public async Task<Result<Redirect>> Handle(
        SaveRedirectInput input,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        // The query of a request does not change where it is redirected, so a redirect cannot depend on one.
        if (input.From.AsSpan().ContainsAny('?', '#') || SitePath.Normalise(input.From) is not { } from)
        {
            return new PathMalformed("from") { Path = ["from"] };
        }

        if (!IsTarget(input.To))
        {
            return new RedirectTargetMalformed { Path = ["to"] };
        }

        return await database.WriteAsync<Redirect>(
            actor,
            (db, token) => SaveAsync(db, from, input, actor, token),
            cancellationToken
        );
    }

    private static bool IsTarget(string to) =>
        to.StartsWith('/')
            ? to.Length <= WebAddress.MaxLength
                && !SitePath.HasForbidden(to)
                && (SitePath.WithoutQuery(to) is "/" || SitePath.Normalise(to) is not null)
            : WebAddress.IsWellFormed(to);

    private async Task<Result<Redirect>> SaveAsync(
        CmsDbContext db,
        string from,
        SaveRedirectInput input,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        // Two redirects that are saved at the same time could form a chain.
        await db.LockChangesAsync(cancellationToken);
        if (await db.HasContentAtAsync(site, from, cancellationToken))
        {
            return new PathInUse(from) { Path = ["from"] };
        }

        var (to, toPath) = (input.To, SitePath.Normalise(input.To));
        if (await db.Redirects.SingleOrDefaultAsync(r => r.From == toPath, cancellationToken) is { } next)
        {
            (to, toPath) = (next.To, next.ToPath);
        }

        if (toPath == from)
        {
            return new RedirectLoop(from) { Path = ["to"] };
        }

        var redirect = await db.Redirects.SingleOrDefaultAsync(r => r.From == from, cancellationToken);
        if (redirect?.Conflict(input.ExpectedVersion) is { } conflict)
        {
            return conflict;
        }

        if (redirect is null)
        {
            redirect = new Redirect { Id = RedirectId.New(), From = from };
            db.Add(redirect);
        }

        redirect.Lead(to, actor.Contributor, clock.Now());
        db.Announce(ChangeKind.RedirectChanged, redirect.Id);
        foreach (var leading in await db.Redirects.Where(r => r.ToPath == from).ToListAsync(cancellationToken))
        {
            leading.Follow(to);
            db.Announce(ChangeKind.RedirectChanged, leading.Id);
        }

        return redirect;
    }
}
