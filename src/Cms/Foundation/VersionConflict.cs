using Cms.GraphQL;

namespace Cms.Foundation;

/// <summary>Somebody saved since the caller last read; nothing was overwritten.</summary>
/// <param name="CurrentVersion">The version that stands now.</param>
/// <param name="ChangedBy">Who saved it.</param>
/// <param name="ChangedAt">When it was saved.</param>
public sealed record VersionConflict(int CurrentVersion, string ChangedBy, DateTimeOffset ChangedAt)
    : UserError("Someone else saved this since you opened it. Reload, compare and save again.");
