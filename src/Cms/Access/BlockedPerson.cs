using Cms.People;

namespace Cms.Access;

/// <summary>A person or an application that is let in no longer, whatever their tokens say.</summary>
public sealed class BlockedPerson
{
    public const int MaxReason = 500;
    public const int MaxName = 200;

    public Guid TenantId { get; private init; }

    public Guid ObjectId { get; private init; }

    /// <summary>What they are called, as whoever blocked them wrote it.</summary>
    public string? Name { get; private set; }

    /// <summary>Why, for those who ask later.</summary>
    public required string Reason { get; set; }

    /// <summary>The person who blocked them, as <c>tenant/object</c>.</summary>
    public required string BlockedBy { get; init; }

    /// <summary>When.</summary>
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
