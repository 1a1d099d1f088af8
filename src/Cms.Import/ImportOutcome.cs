namespace Cms.Import;

public enum ImportOutcome
{
    Imported,
    Unchanged,

    /// <summary>The provider took the story back, and it was withdrawn.</summary>
    Withdrawn,

    /// <summary>The provider took the story back, and the schedule that import had made was ended.</summary>
    Unscheduled,
}
