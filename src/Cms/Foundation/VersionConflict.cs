using Cms.GraphQL;

namespace Cms.Foundation;

/// <summary>The object has changed since you read it. Nothing was saved.</summary>
/// <param name="CurrentVersion">The current version.</param>
/// <param name="ChangedBy">Who made the last change.</param>
/// <param name="ChangedAt">When the last change was made.</param>
public sealed record VersionConflict(int CurrentVersion, string ChangedBy, DateTimeOffset ChangedAt)
    : UserError("This has changed since you opened it. Reload, compare and save again.")
{
    /// <summary>Returns a conflict if a version other than the current one is expected; otherwise null.</summary>
    public static VersionConflict? Of(int? expected, int current, string changedBy, DateTimeOffset changedAt) =>
        expected is { } version && version != current
            ? new VersionConflict(current, changedBy, changedAt) { Path = ["expectedVersion"] }
            : null;
}
