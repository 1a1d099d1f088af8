using Cms.Articles;
using Cms.Data;
using Cms.GraphQL;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Partners.Takedowns;

/// <summary>Loads takedowns.</summary>
public sealed class TakedownById(ReadContexts contexts) : BatchLoader<EditionId, Takedown?>
{
    protected override async Task<Dictionary<EditionId, Takedown?>> ReadAsync(
        List<EditionId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        return await lease
            .Db.Takedowns.AsNoTracking()
            .Where(t => keys.Contains(t.Id))
            .ToDictionaryAsync(t => t.Id, Takedown? (t) => t, cancellationToken);
    }
}

/// <summary>
/// Loads the takedowns of withdrawn articles. An article that was withdrawn several times has the one of the last time,
/// if partners have to confirm that one.
/// </summary>
public sealed class TakedownByArticle(ReadContexts contexts) : BatchLoader<ArticleId, Takedown?>
{
    protected override async Task<Dictionary<ArticleId, Takedown?>> ReadAsync(
        List<ArticleId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        var db = lease.Db;
        return await db
            .Takedowns.AsNoTracking()
            .Where(t => keys.Contains(t.ArticleId))
            .Where(t => db.Articles.Any(a => a.Id == t.ArticleId && a.EditionCount == t.EditionNumber))
            .ToDictionaryAsync(t => t.ArticleId, Takedown? (t) => t, cancellationToken);
    }
}

/// <summary>How many partners received an article, and how many have confirmed its takedown.</summary>
public readonly record struct TakedownCounts(int Partners, int Acknowledged);

/// <summary>Counts the partners of takedowns.</summary>
public sealed class CountsOfTakedown(ReadContexts contexts) : BatchLoader<EditionId, TakedownCounts>
{
    protected override async Task<Dictionary<EditionId, TakedownCounts>> ReadAsync(
        List<EditionId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        var db = lease.Db;
        var partners = await db
            .Received.Where(r => keys.Contains(r.TakedownId))
            .Select(r => new { r.TakedownId, r.PartnerId })
            .Distinct()
            .GroupBy(r => r.TakedownId)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToListAsync(cancellationToken);
        var acknowledged = await db
            .TakedownAcknowledgements.Where(a => keys.Contains(a.TakedownId))
            .GroupBy(a => a.TakedownId)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(count => count.Key, count => count.Count, cancellationToken);
        return partners.ToDictionary(
            count => count.Key,
            count => new TakedownCounts(count.Count, acknowledged.GetValueOrDefault(count.Key))
        );
    }
}

/// <summary>Loads pages of the partners of takedowns, in order of name.</summary>
public sealed class PartnersOfTakedown(ReadContexts contexts)
    : BatchLoader<(EditionId Takedown, bool? IsAcknowledged, PageArguments Page), Connection<TakedownPartner>>
{
    protected override async Task<
        Dictionary<(EditionId Takedown, bool? IsAcknowledged, PageArguments Page), Connection<TakedownPartner>>
    > ReadAsync(
        List<(EditionId Takedown, bool? IsAcknowledged, PageArguments Page)> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        Dictionary<(EditionId, bool?, PageArguments), Connection<TakedownPartner>> pages = [];
        using var lease = await contexts.RentAsync(cancellationToken);
        foreach (var same in keys.GroupBy(key => (key.IsAcknowledged, key.Page), key => key.Takedown))
        {
            var (isAcknowledged, page) = same.Key;
            List<EditionId> takedowns = [.. same];
            var found = await (
                takedowns is [var only]
                    ? One(lease.Db, only, isAcknowledged, page)
                    : FirstOfEach(lease.Db, takedowns, isAcknowledged, page)
            ).ToListAsync(cancellationToken);
            var shown = await DetailsAsync(lease.Db, takedowns, found, cancellationToken);
            foreach (var takedown in takedowns)
            {
                var list = HashOf(takedown, isAcknowledged);
                pages.Add(
                    (takedown, isAcknowledged, page),
                    Connection.Page(
                        [.. shown[takedown]],
                        page,
                        partner => Cursor.Write(list, partner.PartnerId),
                        contexts.Counting(
                            db => Listed(db, isAcknowledged).Where(l => l.TakedownId == takedown),
                            () => contexts.Reads.AsItGoes
                        )
                    )
                );
            }
        }

        return pages;
    }

    private static ListHash HashOf(EditionId takedown, bool? isAcknowledged) =>
        ListHash.Of("takedown partners").With(takedown.Value).With($"{isAcknowledged}");

    // Each takedown with each of its partners.
    private static IQueryable<Listing> Listed(CmsDbContext db, bool? isAcknowledged)
    {
        var (received, owed) = (db.Received, db.Owed);
        var pairs =
            from takedown in db.Takedowns
            from partner in db.Partners
            where received.Any(r => r.TakedownId == takedown.Id && r.PartnerId == partner.Id)
            select new Listing
            {
                TakedownId = takedown.Id,
                PartnerId = partner.Id,
                Name = partner.Name,
                Slug = partner.Slug,
            };
        return isAcknowledged switch
        {
            true => pairs.Where(p => !owed.Any(r => r.TakedownId == p.TakedownId && r.PartnerId == p.PartnerId)),
            false => pairs.Where(p => owed.Any(r => r.TakedownId == p.TakedownId && r.PartnerId == p.PartnerId)),
            null => pairs,
        };
    }

    private static IQueryable<Listing> One(
        CmsDbContext db,
        EditionId takedown,
        bool? isAcknowledged,
        PageArguments page
    )
    {
        var rows = Listed(db, isAcknowledged).Where(l => l.TakedownId == takedown);
        rows = page.Cursor is { } from ? Beside(rows, from, page.Backward) : rows;
        rows = page.Until is { } until ? Beside(rows, until, !page.Backward) : rows;
        return (page.Backward ? rows.OrderByDescending(l => l.Slug) : rows.OrderBy(l => l.Slug)).Take(page.Size + 1);

        // A cursor contains only the id, because names change.
        IQueryable<Listing> Beside(IQueryable<Listing> list, string cursor, bool isBefore)
        {
            var id = Cursor.Read<PartnerId>(HashOf(takedown, isAcknowledged), cursor, []);
            var slug = db.Partners.Where(p => p.Id == id).Select(p => p.Slug);
            return isBefore
                ? list.Where(l => string.Compare(l.Slug, slug.First()) < 0)
                : list.Where(l => string.Compare(l.Slug, slug.First()) > 0);
        }
    }

    private static IQueryable<Listing> FirstOfEach(
        CmsDbContext db,
        List<EditionId> takedowns,
        bool? isAcknowledged,
        PageArguments page
    )
    {
        if (page.Cursor is not null || page.Until is not null)
        {
            // A cursor belongs to one list.
            throw Cursor.Foreign();
        }

        var (size, listed) = (page.Size + 1, Listed(db, isAcknowledged));
        var chosen = db.Takedowns.Where(t => takedowns.Contains(t.Id));
        return page.Backward
            ? chosen.SelectMany(t => listed.Where(l => l.TakedownId == t.Id).OrderByDescending(l => l.Slug).Take(size))
            : chosen.SelectMany(t => listed.Where(l => l.TakedownId == t.Id).OrderBy(l => l.Slug).Take(size));
    }

    private static async Task<ILookup<EditionId, TakedownPartner>> DetailsAsync(
        CmsDbContext db,
        List<EditionId> takedowns,
        List<Listing> found,
        CancellationToken cancellationToken
    )
    {
        var partners = found.Select(l => l.PartnerId).Distinct().ToList();
        var received = (
            await db
                .Received.Where(r => takedowns.Contains(r.TakedownId) && partners.Contains(r.PartnerId))
                .ToListAsync(cancellationToken)
        ).ToLookup(r => (r.TakedownId, r.PartnerId));
        var acknowledged = await db
            .TakedownAcknowledgements.AsNoTracking()
            .Where(a => takedowns.Contains(a.TakedownId) && partners.Contains(a.PartnerId))
            .ToDictionaryAsync(a => (a.TakedownId, a.PartnerId), cancellationToken);
        return found.ToLookup(
            l => l.TakedownId,
            l =>
            {
                var editions = received[(l.TakedownId, l.PartnerId)].ToList();
                var first = editions.OrderBy(e => e.FirstAt).ThenBy(e => e.EditionId.Value).First();
                var last = editions.OrderBy(e => e.LastAt).ThenBy(e => e.EditionId.Value).Last();
                var confirmed = acknowledged.GetValueOrDefault((l.TakedownId, l.PartnerId));
                return new TakedownPartner(
                    l.PartnerId,
                    l.Name,
                    first.Number,
                    first.FirstAt,
                    first.Channel,
                    last.Number,
                    last.LastAt,
                    confirmed?.At,
                    confirmed?.Channel,
                    confirmed?.By
                );
            }
        );
    }

    private sealed class Listing
    {
        public EditionId TakedownId { get; init; }

        public PartnerId PartnerId { get; init; }

        public string Name { get; init; } = "";

        public string Slug { get; init; } = "";
    }
}
