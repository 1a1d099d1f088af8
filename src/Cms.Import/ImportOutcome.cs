namespace Cms.Import;

public enum ImportOutcome
{
    Imported,
    Unchanged,

    /// <summary>Its provider took it back, and readers see it no longer.</summary>
    Withdrawn,

    /// <summary>Its provider took it back before import's own schedule published it.</summary>
    Unscheduled,
}
