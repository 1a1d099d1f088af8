namespace Cms.Import;

/// <summary>What an import did with an item, or what a dry run would do with it.</summary>
public enum ImportOutcome
{
    /// <summary>The item is new.</summary>
    Added,

    /// <summary>The item was imported before, and its file has changed.</summary>
    Changed,

    /// <summary>The item was imported before, and its file has not changed.</summary>
    Unchanged,

    /// <summary>The provider cancelled or withheld the story, and import withdrew it.</summary>
    Withdrawn,

    /// <summary>The provider cancelled or withheld the story, and import ended the schedule that it had made.</summary>
    Unscheduled,
}
