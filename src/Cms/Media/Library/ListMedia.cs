using System.Globalization;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Media.Library;

/// <summary>A filter for the images in the library.</summary>
public sealed record MediaNarrowing
{
    public bool MissingAlt { get; init; }

    public bool MissingCredit { get; init; }

    public int? ExpiringWithinDays { get; init; }

    public bool Unused { get; init; }

    public string? Folder { get; init; }

    public string? Tag { get; init; }

    public string? Text { get; init; }
}

/// <summary>Lists the images in the library, newest first.</summary>
public sealed class ListMedia(ReadContexts contexts, TimeProvider clock)
{
    // The maximum number of words in a search. Further words are ignored.
    private const int MaxTerms = 8;
    private const int MaxDays = 3_650;

    public async Task<Connection<MediaAsset>?> Handle(
        PageArguments page,
        MediaNarrowing where,
        CancellationToken cancellationToken
    )
    {
        if (where.ExpiringWithinDays is < 0 or > MaxDays)
        {
            throw new RequestError(
                ErrorCodes.BadUserInput,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Set expiringWithinDays to a number from 0 to {MaxDays}; it was {where.ExpiringWithinDays}."
                )
            );
        }

        var list = ListHash.Of("desk media").With(where);
        var until = clock.Now().AddDays(where.ExpiringWithinDays ?? 0);
        using var lease = await contexts.RentAsync(cancellationToken);
        var images = Narrowed(lease.Db, where, until);
        if (page.Cursor is { } cursor)
        {
            var from = Cursor.Read<MediaId>(list, cursor, []);
            images = page.Backward ? images.Where(a => a.Id > from) : images.Where(a => a.Id < from);
        }

        if (page.Until is { } limit)
        {
            var end = Cursor.Read<MediaId>(list, limit, []);
            images = page.Backward ? images.Where(a => a.Id < end) : images.Where(a => a.Id > end);
        }

        // Ids increase with the time of creation.
        var rows = await (page.Backward ? images.OrderBy(a => a.Id) : images.OrderByDescending(a => a.Id))
            .Take(page.Size + 1)
            .ToListAsync(cancellationToken);
        return Connection.Page(
            rows,
            page,
            asset => Cursor.Write(list, asset.Id),
            contexts.Counting(db => Narrowed(db, where, until), () => contexts.Reads.AsItGoes)
        );
    }

    private static IQueryable<MediaAsset> Narrowed(CmsDbContext db, MediaNarrowing where, DateTimeOffset until)
    {
        var images = db.Library.AsNoTracking();
        if (where is { MissingAlt: true, MissingCredit: true })
        {
            images = images.Where(a => a.Gap == MediaGap.AltAndCredit);
        }
        else if (where.MissingAlt)
        {
            images = images.Where(a => a.Gap == MediaGap.Alt || a.Gap == MediaGap.AltAndCredit);
        }
        else if (where.MissingCredit)
        {
            images = images.Where(a => a.Gap == MediaGap.Credit || a.Gap == MediaGap.AltAndCredit);
        }

        if (where.ExpiringWithinDays is not null)
        {
            images = images.Where(a => a.ExpiresAt <= until);
        }

        if (where.Unused)
        {
            images = images.Where(a => !db.MediaUses.Any(use => use.MediaId == a.Id));
        }

        if (where.Folder is { } folder)
        {
            // The folder and all folders below it. '0' is the character after '/'.
            var (from, to) = ($"{folder}/", $"{folder}0");
            images = images.Where(a =>
                a.Folder == folder || (string.Compare(a.Folder, from) >= 0 && string.Compare(a.Folder, to) < 0)
            );
        }

        if (where.Tag is { } slug)
        {
            images = images.Where(a =>
                db.MediaTags.Any(t => t.MediaId == a.Id && db.Tags.Any(tag => tag.Slug == slug && tag.Id == t.TagId))
            );
        }

        foreach (var term in LibraryTerms.Of(where.Text ?? "").Take(MaxTerms))
        {
            var beyond = term + char.MaxValue;
            images = images.Where(a =>
                db.MediaTerms.Where(t => string.Compare(t.Term, term) >= 0 && string.Compare(t.Term, beyond) < 0)
                    .Select(t => t.MediaId)
                    .Contains(a.Id)
            );
        }

        return images;
    }
}

/// <summary>Reads one image in the library; null if there is none.</summary>
public sealed class ReadMedia(ReadContexts contexts)
{
    public async Task<MediaAsset?> Handle(MediaId id, CancellationToken cancellationToken)
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        return await lease.Db.Library.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, cancellationToken);
    }
}
