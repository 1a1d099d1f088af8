using System.Globalization;
using Cms.Data;
using Cms.GraphQL;
using Cms.People;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Changes;

/// <summary>A page of the change log, oldest first.</summary>
public sealed class ChangePage
{
    /// <summary>The changes, in the order in which they were made.</summary>
    public required IReadOnlyList<IChange> Nodes { get; init; }

    /// <summary>
    /// Pass this cursor as `after` to read the next page, now or later. It is present even if the page is empty.
    /// </summary>
    public required string EndCursor { get; init; }

    /// <summary>Whether more changes follow.</summary>
    public required bool HasNextPage { get; init; }

    /// <summary>
    /// The cursor for the end of the log. To start a copy of the newsroom's content, request `latest`, read all content
    /// once, and then continue from that cursor.
    /// </summary>
    public required string Latest { get; init; }
}

/// <summary>
/// Lists the changes of a partner, oldest first. They are in a log of the partner's own, which the feature of partners keeps.
/// </summary>
/// <param name="entitlement">What the partner receives now.</param>
/// <param name="after">The cursor of the last change that the partner has read; null to begin.</param>
/// <param name="size">The maximum number of changes.</param>
/// <param name="cancellationToken">Cancelled when the request ends.</param>
public delegate Task<ChangePage> ListChangesOfPartner(
    Entitlement entitlement,
    string? after,
    int size,
    CancellationToken cancellationToken
);

/// <summary>Lists public changes, starting at any position in the log. A partner's changes are in a log of its own.</summary>
public sealed class ListChanges(ReadContexts contexts, PublicChanges shown, ListChangesOfPartner ofPartner)
{
    /// <summary>The maximum number of changes in one response.</summary>
    public const int MaxSize = 500;

    public const int DefaultSize = 100;

    public Task<ChangePage> Handle(Viewer viewer, string? after, int? first, CancellationToken cancellationToken)
    {
        var size = first ?? DefaultSize;
        if (size is < 1 or > MaxSize)
        {
            throw new RequestError(
                ErrorCodes.PageSize,
                string.Create(CultureInfo.InvariantCulture, $"Request 1 to {MaxSize} changes; `first` was {size}.")
            );
        }

        return viewer.Entitlement is { } entitlement
            ? ofPartner(entitlement, after, size, cancellationToken)
            : ListAsync(after, size, cancellationToken);
    }

    private async Task<ChangePage> ListAsync(string? after, int size, CancellationToken cancellationToken)
    {
        using var lease = await contexts.RentAsync(AnyChange(), cancellationToken);
        var end = await EndAsync(lease.Db, cancellationToken);
        var from = after is null ? 0 : ChangeCursor.Read(after, end);

        // Changes committed after the end was read belong to the next page.
        var changes = await lease
            .Db.Changes.Where(change => change.Seq > from && change.Seq <= end.Seq)
            .OrderBy(change => change.Seq)
            .Take(size)
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        var last = changes is [.., var newest] ? newest.Seq : from;
        return new ChangePage
        {
            Nodes = [.. changes.Select(change => shown.Of(change, end.Epoch))],
            EndCursor = (end with { Seq = last }).Write(),
            HasNextPage = last < end.Seq,
            Latest = end.Write(),
        };
    }

    private ReadTracker.Recorded AnyChange()
    {
        foreach (var subject in Enum.GetValues<ChangeSubject>())
        {
            contexts.Reads.Any(subject);
        }

        return contexts.Reads.AsItGoes;
    }

    internal static async Task<ChangeCursor> EndAsync(CmsDbContext db, CancellationToken cancellationToken)
    {
        var counter = await db.ChangeCounters.Select(c => new { c.Epoch, c.Seq }).SingleAsync(cancellationToken);
        return new ChangeCursor(counter.Epoch, counter.Seq);
    }
}
