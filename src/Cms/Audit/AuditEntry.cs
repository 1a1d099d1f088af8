using Cms.Articles;
using Cms.People;

namespace Cms.Audit;

/// <summary>The kind of request or process that caused an entry of the audit log.</summary>
public enum AuditVia
{
    /// <summary>A mutation.</summary>
    Mutation,

    /// <summary>A request other than a mutation, such as an upload or a sign-in.</summary>
    Http,

    /// <summary>The import of files and wire stories.</summary>
    Import,

    /// <summary>The server itself, such as a schedule that came due.</summary>
    Server,
}

/// <summary>
/// An entry of the audit log: who did what, and which values changed. Each entry contains the hash of the one before
/// it, so an entry that is changed, removed, inserted or moved later breaks the chain.
/// </summary>
public sealed class AuditEntry
{
    /// <summary>The hash before the first entry.</summary>
    public const string FirstHash = "0000000000000000000000000000000000000000000000000000000000000000";

    public const int MaxName = 200;
    public const int MaxAction = 100;
    public const int MaxSubject = 100;
    public const int MaxSummary = 500;

    /// <summary>The entry's number. Numbers start at 1, follow commit order and have no gaps.</summary>
    public required long Seq { get; init; }

    /// <summary>When it was done.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The person's key in Entra ID; null if no person did it.</summary>
    public PersonKey? ActorKey { get; init; }

    /// <summary>The name of the person or process at that time.</summary>
    public required string ActorName { get; init; }

    /// <summary>The kind of request or process that caused the entry.</summary>
    public required AuditVia Via { get; init; }

    /// <summary>What was done: the name of a mutation, or of an operation of the server.</summary>
    public required string Action { get; init; }

    /// <summary>The id of what it was done to. The subject may have been deleted since.</summary>
    public required string Subject { get; init; }

    /// <summary>The article whose history contains the entry; null if there is none.</summary>
    public ArticleId? ArticleId { get; init; }

    /// <summary>The entry in one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>The fields that were changed, as they were before, in canonical JSON; null for a new subject.</summary>
    public string? Before { get; init; }

    /// <summary>The fields that were changed, as they are now, in canonical JSON; null for a deleted subject.</summary>
    public string? After { get; init; }

    /// <summary>The hash of the entry before this one.</summary>
    public required string PreviousHash { get; init; }

    /// <summary>The SHA-256 hash of all other fields of the entry, in hexadecimal.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>Computes the hash, after everything else is set.</summary>
    internal AuditEntry Seal()
    {
        Hash = this.ComputeHash();
        return this;
    }
}

/// <summary>The single row that stores the end of the audit log.</summary>
public sealed class AuditCounter
{
    public required int Id { get; init; }

    /// <summary>The last number assigned; 0 for an empty log.</summary>
    public required long Seq { get; init; }

    /// <summary>The hash of the last entry.</summary>
    public required string Hash { get; set; }
}
