using Cms.Articles.Desk;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Presence;

/// <summary>The article that a browser tab has open.</summary>
public abstract record LeaseInput : MutationInput
{
    /// <summary>The article's id.</summary>
    public required ArticleId Article { get; init; }

    /// <summary>
    /// A random id for the browser tab, such as a UUID: at most 64 lower-case letters, digits and hyphens.
    /// </summary>
    public required string Tab { get; init; }
}

/// <summary>The article that a browser tab opened.</summary>
public sealed record AcquireLeaseInput : LeaseInput;

/// <summary>The article that a browser tab still has open.</summary>
public sealed record RenewLeaseInput : LeaseInput;

/// <summary>The article whose lease a browser tab takes over.</summary>
public sealed record TakeOverLeaseInput : LeaseInput;

/// <summary>The article that a browser tab closed.</summary>
public sealed record ReleaseLeaseInput : LeaseInput;

/// <summary>Records that a browser tab opened an article. It gets the lease if no other tab holds it.</summary>
public sealed class AcquireLease(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<ArticleLease>> Handle(
        AcquireLeaseInput input,
        Actor actor,
        CancellationToken cancellationToken
    ) => database.LeaseAsync(input, actor, clock.Now(), LeaseMove.Stay, cancellationToken);
}

/// <summary>Records that a browser tab still has an article open. It gets the lease if no other tab holds it.</summary>
public sealed class RenewLease(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<ArticleLease>> Handle(RenewLeaseInput input, Actor actor, CancellationToken cancellationToken) =>
        database.LeaseAsync(input, actor, clock.Now(), LeaseMove.Stay, cancellationToken);
}

/// <summary>
/// Gives the lease to a browser tab, even if a different tab holds it. When that tab renews, it learns that it has lost
/// the lease.
/// </summary>
public sealed class TakeOverLease(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<ArticleLease>> Handle(
        TakeOverLeaseInput input,
        Actor actor,
        CancellationToken cancellationToken
    ) => database.LeaseAsync(input, actor, clock.Now(), LeaseMove.TakeOver, cancellationToken);
}

/// <summary>Records that a browser tab closed an article. If the tab held the lease, the lease becomes free.</summary>
public sealed class ReleaseLease(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<ArticleLease>> Handle(
        ReleaseLeaseInput input,
        Actor actor,
        CancellationToken cancellationToken
    ) => database.LeaseAsync(input, actor, clock.Now(), LeaseMove.Leave, cancellationToken);
}

internal enum LeaseMove
{
    Stay,
    TakeOver,
    Leave,
}

internal static class Leasing
{
    // SQL Server ignores letter case and trailing spaces when it compares keys, so ids have neither.
    private static bool IsTab(string tab) =>
        tab.Length is > 0 and <= ArticlePresence.MaxTab
        && tab.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    // More tabs than this are not recorded, so that nobody can fill the table.
    private const int MaxPresent = 100;

    // A person who opens more tabs loses the oldest one.
    private const int MaxOwn = 5;

    extension(CmsDatabase database)
    {
        public Task<Result<ArticleLease>> LeaseAsync(
            LeaseInput input,
            Actor actor,
            DateTimeOffset now,
            LeaseMove move,
            CancellationToken cancellationToken
        ) =>
            database.WriteAsync<ArticleLease>(
                actor,
                async (db, token) =>
                {
                    if (!IsTab(input.Tab))
                    {
                        return new TabRequired { Path = ["tab"] };
                    }

                    if (await db.ArticleForAsync(input.Article, actor, token) is not { } article)
                    {
                        return new ArticleNotFound(input.Article) { Path = ["article"] };
                    }

                    await db
                        .Presence.Where(p => p.ArticleId == article.Id && p.ExpiresAt <= now)
                        .ExecuteDeleteAsync(token);
                    var present = await db.Presence.Where(p => p.ArticleId == article.Id).ToListAsync(token);
                    var mine = present.SingleOrDefault(p => p.PersonKey == actor.Person && p.Tab == input.Tab);
                    if (move is LeaseMove.Leave)
                    {
                        if (mine is not null)
                        {
                            db.Remove(mine);
                            present.Remove(mine);
                        }
                    }
                    else if (mine is not null || move is LeaseMove.TakeOver || present.Count < MaxPresent)
                    {
                        mine ??= await db.EnterAsync(article.Id, input.Tab, actor, present, now, token);
                        mine.ExpiresAt = now + ArticlePresence.Lifetime;
                        if (move is LeaseMove.TakeOver && present.Find(p => p.IsHolder && p != mine) is { } holder)
                        {
                            // Saved before the new holder, because only one row can be the holder.
                            holder.IsHolder = false;
                            await db.SaveChangesAsync(token);
                        }

                        mine.IsHolder |= !present.Exists(p => p.IsHolder);
                    }

                    return new ArticleLease(
                        article.Id,
                        input.Tab,
                        actor.Person,
                        [.. present.OrderBy(p => p.Since).ThenBy(p => p.Tab, StringComparer.Ordinal)]
                    );
                },
                cancellationToken
            );
    }

    extension(CmsDbContext db)
    {
        // Adds a tab, in place of the person's oldest ones if they have too many.
        private async Task<ArticlePresence> EnterAsync(
            ArticleId article,
            string tab,
            Actor actor,
            List<ArticlePresence> present,
            DateTimeOffset now,
            CancellationToken cancellationToken
        )
        {
            var own = present.Where(p => p.PersonKey == actor.Person).OrderBy(p => p.Since).ToList();
            foreach (var oldest in own.Take(own.Count - MaxOwn + 1))
            {
                db.Remove(oldest);
                present.Remove(oldest);
            }

            // Saved before a new holder is chosen, because only one row can be the holder.
            await db.SaveChangesAsync(cancellationToken);
            var opened = new ArticlePresence
            {
                ArticleId = article,
                PersonKey = actor.Person,
                Tab = tab,
                Name = actor.Contributor.Name,
                Since = now,
            };
            db.Add(opened);
            present.Add(opened);
            return opened;
        }
    }
}
