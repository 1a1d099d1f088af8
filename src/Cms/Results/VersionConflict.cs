namespace Cms.Results;

/// <summary>Somebody saved since the caller last read; nothing was overwritten.</summary>
public sealed record VersionConflict(int CurrentVersion, string? ChangedBy, DateTimeOffset ChangedAt)
    : UserError("Someone else saved this since you opened it. Reload, compare and save again.");
