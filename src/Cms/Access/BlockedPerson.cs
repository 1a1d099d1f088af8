using Cms.Audit;
using Cms.People;

namespace Cms.Access;

/// <summary>A blocked person or application. All their tokens are rejected, even tokens that are still valid.</summary>
public sealed class BlockedPerson : IAudited
{
    string IAudited.AuditSubject => Key.ToString();

    string? IAudited.AuditName => Name;

    public const int MaxReason = 500;
    public const int MaxName = 200;

    public Guid TenantId { get; private init; }

    public Guid ObjectId { get; private init; }

    /// <summary>The name given when they were blocked; null if none was given.</summary>
    public string? Name { get; private set; }

    /// <summary>Why they were blocked.</summary>
    public required string Reason { get; set; }

    /// <summary>
    /// The person who blocked them: the tenant id and the object id in Entra ID, separated by a slash.
    /// </summary>
    public required string BlockedBy { get; init; }

    /// <summary>When they were blocked.</summary>
    public required DateTimeOffset BlockedAt { get; init; }

    public PersonKey Key => new(TenantId, ObjectId);

    public static BlockedPerson Of(PersonKey person, string? name, string reason, PersonKey by, DateTimeOffset now) =>
        new()
        {
            TenantId = person.TenantId,
            ObjectId = person.ObjectId,
            Name = name,
            Reason = reason,
            BlockedBy = by.ToString(),
            BlockedAt = now,
        };
}
