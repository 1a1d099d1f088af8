using Cms.Articles;
using Cms.Changes;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media;
using Cms.People;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Partners.Log;

/// <summary>
/// Brings the log of a partner up to date: it compares what the partner can see now with the rows of the log, for the
/// articles that have changed since, or for all articles if the agreement includes others than before. It works in steps
/// of limited size. Each step is one transaction, and can be interrupted or run twice without harm.
/// </summary>
public sealed class UpdatePartnerLog(ReadContexts contexts, CmsDatabase database, TimeProvider clock)
{
    /// <summary>How long a partner can be away without having to read everything again.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    private const int MaxSteps = 20;
    private const int StepSize = 500;

    private static readonly Actor Server = Actor.Server.For("updatePartnerLog");
    private static readonly TimeSpan Sweep = TimeSpan.FromDays(1);

    /// <summary>Returns the log, and whether it has everything that the partner can see now.</summary>
    /// <param name="entitlement">What the partner receives now.</param>
    /// <param name="cancellationToken">Cancelled when the request ends.</param>
    public async Task<(PartnerLog Log, bool IsComplete)> Handle(
        Entitlement entitlement,
        CancellationToken cancellationToken
    )
    {
        for (var step = 0; ; step++)
        {
            var (log, next) = await NextAsync(entitlement, cancellationToken);
            if (log is not null && (next is null || step == MaxSteps))
            {
                return (log, next is null);
            }

            await WriteAsync(entitlement.Partner, log?.Version, next!, cancellationToken);
        }
    }

    // Reads what the next step has to do; null if there is nothing to do.
    private async Task<(PartnerLog?, Step?)> NextAsync(Entitlement entitlement, CancellationToken cancellationToken)
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        var db = lease.Db;

        // The end of the change log is read before the articles, so that no change is missed. A change in between is
        // compared twice.
        var end = await ListChanges.EndAsync(db, cancellationToken);
        var log = await db
            .PartnerLogs.AsNoTracking()
            .SingleOrDefaultAsync(l => l.PartnerId == entitlement.Partner, cancellationToken);
        var now = clock.Now();
        return (
            log,
            log is null || log.Source != end.Epoch ? Begin(entitlement, end, now)
            : !log.IsFor(entitlement) ? await ReviewAsync(db, log, entitlement, now, cancellationToken)
            : log.IsReviewing ? await CompareAsync(db, log, now, cancellationToken)
            : log.ReadTo < end.Seq ? await FollowAsync(db, log, entitlement, now, end.Seq, cancellationToken)
            : await AdvancesAsync(db, log, entitlement, now, cancellationToken) is { } advances ? advances
            : log.SweptAt + Sweep <= now ? Forget(now)
            : null
        );
    }

    private async Task WriteAsync(PartnerId partner, int? seen, Step step, CancellationToken cancellationToken)
    {
        await database.WriteAsync<bool>(
            Server,
            async (db, token) =>
            {
                var log = await db.PartnerLogs.SingleOrDefaultAsync(l => l.PartnerId == partner, token);
                if (log?.Version != seen)
                {
                    // Another request has taken this step.
                    return false;
                }

                await step(db, log, token);
                return true;
            },
            cancellationToken
        );
    }

    // A restored database can lack what the partner was told, so it has to read everything again.
    private static Step Begin(Entitlement entitlement, ChangeCursor end, DateTimeOffset now) =>
        (db, log, _) =>
        {
            log ??= db.Add(new PartnerLog { PartnerId = entitlement.Partner }).Entity;
            log.Restart(end.Epoch, end.Seq, now);
            log.Review(entitlement);
            return Task.CompletedTask;
        };

    private static async Task<Step> ReviewAsync(
        CmsDbContext db,
        PartnerLog seen,
        Entitlement entitlement,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var numbers = new[] { seen.Agreement, entitlement.Agreement };
        var versions = await db
            .Agreements.AsNoTracking()
            .Where(a => a.PartnerId == entitlement.Partner && numbers.Contains(a.Number))
            .Select(a => a.Terms)
            .ToListAsync(cancellationToken);
        var showsOther = versions is [var before, var after] && !before.ShowsSameAs(after);
        return async (db, log, token) =>
        {
            if (showsOther)
            {
                var partner = entitlement.Partner;
                await TouchAsync(log!, db.PartnerArticles.Where(a => a.PartnerId == partner), now, token);
            }

            log!.Review(entitlement);
        };
    }

    // Compares the next articles, in the order of their ids.
    private static async Task<Step> CompareAsync(
        CmsDbContext db,
        PartnerLog seen,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var (partner, after) = (seen.PartnerId, seen.ReviewedTo ?? default);
        var visible = await db
            .VisibleArticles.Where(l => l.FacetId == FacetId.All && l.ArticleId > after)
            .OrderBy(l => l.ArticleId)
            .Select(l => l.ArticleId)
            .Take(StepSize)
            .ToListAsync(cancellationToken);
        var known = await db
            .PartnerArticles.Where(a => a.PartnerId == partner && a.ArticleId > after)
            .OrderBy(a => a.ArticleId)
            .Select(a => a.ArticleId)
            .Take(StepSize)
            .ToListAsync(cancellationToken);
        var ids = visible.Union(known).OrderBy(id => id.Value).Take(StepSize).ToList();
        var apply = await ApplyAsync(db, partner, ids, _ => now, cancellationToken);
        return async (db, log, token) =>
        {
            await apply(db, log!, token);
            if (ids.Count < StepSize)
            {
                log!.EndReview();
            }
            else
            {
                log!.ReviewedTo = ids[^1];
            }
        };
    }

    private static async Task<Step> FollowAsync(
        CmsDbContext db,
        PartnerLog seen,
        Entitlement entitlement,
        DateTimeOffset now,
        long end,
        CancellationToken cancellationToken
    )
    {
        var from = seen.ReadTo;
        var changes = await db
            .Changes.AsNoTracking()
            .Where(change => change.Seq > from && change.Seq <= end)
            .OrderBy(change => change.Seq)
            .Take(StepSize)
            .ToListAsync(cancellationToken);
        var times = changes
            .Where(change => change.Kind.Subject is ChangeSubject.Article)
            .GroupBy(change => new ArticleId(change.SubjectId.Value))
            .ToDictionary(group => group.Key, group => group.Last().OccurredAt);
        var others = changes
            .Select(change => (change.Kind.Subject, change.SubjectId))
            .Where(change => change.Subject is not ChangeSubject.Article)
            .Distinct()
            .ToList();
        var partner = seen.PartnerId;
        var apply = await ApplyAsync(db, partner, [.. times.Keys], id => times[id], cancellationToken);
        return async (db, log, token) =>
        {
            foreach (var (subject, id) in others)
            {
                if (ShownBy(db, entitlement, subject, id) is { } shown)
                {
                    await TouchAsync(log!, shown.Where(a => a.PartnerId == partner), now, token);
                }
            }

            await apply(db, log!, token);
            log!.ReadTo = changes is [.., var last] ? last.Seq : end;

            // A merge of terms can move articles into the agreement, or out of it.
            if (others.Any(change => Selects(entitlement, change.Subject)))
            {
                log.Review(entitlement);
            }
        };
    }

    private static bool Selects(Entitlement entitlement, ChangeSubject subject) =>
        subject switch
        {
            ChangeSubject.Category => entitlement.Categories.Count > 0,
            ChangeSubject.Tag => entitlement.Tags.Count > 0 || entitlement.ExcludedTags.Count > 0,
            ChangeSubject.Tool => entitlement.Tools.Count > 0,
            _ => false,
        };

    // The articles that show what has changed.
    private static IQueryable<PartnerArticle>? ShownBy(
        CmsDbContext db,
        Entitlement entitlement,
        ChangeSubject subject,
        SubjectId id
    )
    {
        var (facet, media) = (new FacetId(id.Value), new MediaId(id.Value));
        var listings = db.VisibleArticles;
        return subject switch
        {
            ChangeSubject.Media => entitlement.HasImages
                ? db.PartnerArticles.Where(a =>
                    db.EditionMedia.Any(m => m.MediaId == media && m.EditionId == a.EditionId)
                )
                : null,
            ChangeSubject.Persona when entitlement.HiddenPersonas.Any(hidden => hidden.Value == id.Value) => null,
            ChangeSubject.Front or ChangeSubject.Redirect => null,
            _ => db.PartnerArticles.Where(a => listings.Any(l => l.ArticleId == a.ArticleId && l.FacetId == facet)),
        };
    }

    private static async Task TouchAsync(
        PartnerLog log,
        IQueryable<PartnerArticle> articles,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var seq = log.Seq + 1;
        var touched = await articles
            .Where(a => a.State == PartnerArticleState.Included)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(a => a.Seq, seq)
                        .SetProperty(a => a.Change, PartnerArticleChange.Updated)
                        .SetProperty(a => a.ChangedAt, now),
                cancellationToken
            );
        if (touched > 0)
        {
            log.Next();
        }
    }

    // Reads what the partner can see of some articles, and returns what writes it to the rows.
    private static async Task<Func<CmsDbContext, PartnerLog, CancellationToken, Task>> ApplyAsync(
        CmsDbContext db,
        PartnerId partner,
        List<ArticleId> ids,
        Func<ArticleId, DateTimeOffset> timeOf,
        CancellationToken cancellationToken
    )
    {
        var current = await (
            from listing in db.VisibleArticles
            where listing.FacetId == FacetId.All && ids.Contains(listing.ArticleId)
            join edition in db.Editions on listing.EditionId equals edition.Id
            select new CurrentEdition(listing.ArticleId, edition.Id, edition.CorrectionSequence)
        ).ToDictionaryAsync(edition => edition.ArticleId, cancellationToken);
        var gone = ids.FindAll(id => !current.ContainsKey(id));
        var tombstones = await db
            .Editions.Where(e =>
                gone.Contains(e.ArticleId) && e.Kind == EditionKind.Withdrawn && e.SupersededAt == null
            )
            .ToDictionaryAsync(e => e.ArticleId, e => e.Id, cancellationToken);

        // What was withdrawn after the partner read it between two updates of the log.
        List<ArticleId> withdrawn = [.. tombstones.Keys];
        var received = withdrawn is []
            ? []
            : await db
                .PartnerDeliveries.Where(d => d.PartnerId == partner && withdrawn.Contains(d.ArticleId))
                .Select(d => d.ArticleId)
                .Distinct()
                .ToListAsync(cancellationToken);
        return async (db, log, token) =>
        {
            var rows = await db
                .PartnerArticles.Where(a => a.PartnerId == partner && ids.Contains(a.ArticleId))
                .ToDictionaryAsync(a => a.ArticleId, token);
            List<PartnerArticle> changed = [];
            foreach (var id in ids)
            {
                var row = rows.GetValueOrDefault(id);
                if (current.TryGetValue(id, out var edition))
                {
                    row ??= db.Add(new PartnerArticle { PartnerId = partner, ArticleId = id }).Entity;
                    if (row.Include(edition))
                    {
                        changed.Add(row);
                    }
                }
                else
                {
                    row ??= received.Contains(id)
                        ? db.Add(new PartnerArticle { PartnerId = partner, ArticleId = id }).Entity
                        : null;
                    if (row?.Remove(tombstones.TryGetValue(id, out var tombstone) ? tombstone : null) is true)
                    {
                        changed.Add(row);
                    }
                }
            }

            // A number that no row has would tell how much happens outside the agreement.
            var seq = changed is [] ? log.Seq : log.Next();
            changed.ForEach(row => row.Number(seq, timeOf(row.ArticleId)));
        };
    }

    // Nothing is announced when a partner begins to see an article under embargo, or does not see it any more because its
    // release was recalled. So the few editions under embargo are compared each time.
    private static async Task<Step?> AdvancesAsync(
        CmsDbContext db,
        PartnerLog seen,
        Entitlement entitlement,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (entitlement.SeesUntil is null && seen.Advances.Count == 0)
        {
            return null;
        }

        var shown = await db.AdvancesFor(entitlement).Take(StepSize).ToListAsync(cancellationToken);
        var changed = seen.Advances.Except(shown).Concat(shown.Except(seen.Advances)).ToList();
        if (changed.Count == 0)
        {
            return null;
        }

        var ids = await db
            .Editions.Where(e => changed.Contains(e.Id))
            .Select(e => e.ArticleId)
            .Distinct()
            .ToListAsync(cancellationToken);
        var apply = await ApplyAsync(db, seen.PartnerId, ids, _ => now, cancellationToken);
        return async (db, log, token) =>
        {
            await apply(db, log!, token);
            log!.Advances = shown;
        };
    }

    private static Step Forget(DateTimeOffset now) =>
        async (db, log, token) =>
        {
            var (partner, before) = (log!.PartnerId, now - KeptFor);
            var old = db.PartnerArticles.Where(a =>
                a.PartnerId == partner && a.State != PartnerArticleState.Included && a.ChangedAt < before
            );
            log.ForgottenTo = Math.Max(log.ForgottenTo, await old.MaxAsync(a => (long?)a.Seq, token) ?? 0);
            log.SweptAt = now;
            await old.ExecuteDeleteAsync(token);
        };

    // Changes the rows of the log. It runs in a transaction, and only if the log has not changed since it was read.
    private delegate Task Step(CmsDbContext db, PartnerLog? log, CancellationToken cancellationToken);
}
