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

/// <summary>Lists public changes, starting at any position in the log. A partner's changes are in a log of its own.</summary>
public sealed class ListChanges(ReadContexts contexts, PublicChanges shown, IPartnerChanges partners)
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
            ? partners.ListAsync(entitlement, after, size, cancellationToken)
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
