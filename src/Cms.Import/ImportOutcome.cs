namespace Cms.Import;

public enum ImportOutcome
{
    Imported,
    Unchanged,

    /// <summary>The provider cancelled or withheld the story, and import withdrew it.</summary>
    Withdrawn,

    /// <summary>The provider cancelled or withheld the story, and import ended the schedule that it had made.</summary>
    Unscheduled,
}
