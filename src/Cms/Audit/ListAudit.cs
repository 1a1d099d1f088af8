using Cms.Data;
using Cms.GraphQL;
using Cms.People;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Audit;

/// <summary>A filter for the audit log. All given conditions must be met.</summary>
public sealed record AuditFilterInput
{
    /// <summary>
    /// The person who did it: the tenant id and the object id in Entra ID, separated by a slash, as
    /// <c>desk { people { nodes { key } } }</c> returns them.
    /// </summary>
    public string? Actor { get; init; }

    /// <summary>What was done: the name of a mutation, or of an operation of the server.</summary>
    public string? Action { get; init; }

    /// <summary>The id of what it was done to, such as the id of an article.</summary>
    public string? Subject { get; init; }

    /// <summary>The time at or after which it was done.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The time before which it was done.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>Lists entries of the audit log, newest first. Each page is a range of an index.</summary>
public sealed class ListAudit(ReadContexts contexts)
{
    private static readonly ListHash Log = ListHash.Of("audit");

    /// <exception cref="RequestError">The actor is not a key.</exception>
    public async Task<Connection<AuditEntry>> Handle(
        AuditFilterInput? where,
        PageArguments page,
        CancellationToken cancellationToken
    )
    {
        var actor = where?.Actor is { } text
            ? PersonKey.TryParse(text, out var key)
                ? key
                : throw new RequestError(
                    ErrorCodes.BadUserInput,
                    "The actor is not a person's key. Send the tenant id and the object id, separated by a slash."
                )
            : (PersonKey?)null;
        using var lease = await contexts.RentAsync(cancellationToken);
        var rows = await Matching(lease.Db).Page(Log, page).AsNoTracking().ToListAsync(cancellationToken);
        return contexts.Connect(Log, page, rows, Matching);

        IQueryable<AuditEntry> Matching(CmsDbContext db)
        {
            IQueryable<AuditEntry> entries = db.AuditEntries;
            if (actor is { } person)
            {
                entries = entries.Where(e => e.ActorKey == person);
            }

            if (where?.Action is { } action)
            {
                entries = entries.Where(e => e.Action == action);
            }

            if (where?.Subject is { } subject)
            {
                entries = entries.Where(e => e.Subject == subject);
            }

            if (where?.From is { } from)
            {
                entries = entries.Where(e => e.At >= from);
            }

            if (where?.Until is { } until)
            {
                entries = entries.Where(e => e.At < until);
            }

            return entries;
        }
    }
}
