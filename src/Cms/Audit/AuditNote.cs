namespace Cms.Audit;

/// <summary>An entry about an act that changes no audited entity, such as a sign-in.</summary>
public sealed record AuditNote
{
    /// <summary>What was done.</summary>
    public required string Action { get; init; }

    /// <summary>The id of what it was done to.</summary>
    public required string Subject { get; init; }

    /// <summary>The entry in one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>The fields before; null if there were none.</summary>
    public IReadOnlyDictionary<string, object?>? Before { get; init; }

    /// <summary>The fields after; null if there are none.</summary>
    public IReadOnlyDictionary<string, object?>? After { get; init; }
}
