namespace Cms.Studio.Imports;

/// <summary>What an import has done, or what it would do.</summary>
/// <param name="Fingerprint">Identifies the report and the files.</param>
/// <param name="Items">All items and image files.</param>
/// <param name="Notes">What was changed or left out, and what waits for a person.</param>
public sealed record ImportReport(string Fingerprint, IReadOnlyList<ImportItem> Items, IReadOnlyList<string> Notes)
{
    /// <summary>An earlier import of the files that has not ended; null if there is none.</summary>
    public UnfinishedImport? Unfinished { get; init; }

    /// <summary>The items that are in the newsroom as they are in the files.</summary>
    internal int Ready => CountOf(ImportOutcome.Unchanged);

    /// <summary>The items that an import would change.</summary>
    internal int Left => Items.Count - Ready - Refused;

    /// <summary>Whether an import would do anything.</summary>
    public bool HasWork => Items.Any(item => item.Outcome is not (null or ImportOutcome.Unchanged));

    /// <summary>The items that cannot be imported.</summary>
    public int Refused => Items.Count(item => item.Outcome is null);

    /// <summary>Returns how many items there are of each result, in words.</summary>
    /// <param name="isDone">Whether the import has been done.</param>
    internal string Words(bool isDone)
    {
        List<string> parts =
        [
            .. new (int Count, string Words)[]
            {
                (CountOf(ImportOutcome.Added), isDone ? "added" : "to add"),
                (CountOf(ImportOutcome.Changed), isDone ? "changed" : "to change"),
                (CountOf(ImportOutcome.Withdrawn), isDone ? "withdrawn" : "to withdraw"),
                (CountOf(ImportOutcome.Unscheduled), isDone ? "taken off the schedule" : "to take off the schedule"),
                (CountOf(ImportOutcome.Unchanged), "unchanged"),
                (Refused, isDone ? "not imported" : "that cannot be imported"),
            }
                .Where(part => part.Count > 0)
                .Select(part => $"{part.Count:N0} {part.Words}"),
        ];
        return string.Join(", ", parts);
    }

    private int CountOf(ImportOutcome outcome) => Items.Count(item => item.Outcome == outcome);
}

/// <summary>An import that has not ended.</summary>
/// <param name="BeganAt">When it began.</param>
/// <param name="IsRunning">Whether the server runs it now. If it does not, the import was interrupted.</param>
public sealed record UnfinishedImport(DateTimeOffset BeganAt, bool IsRunning);

/// <summary>An item of an import.</summary>
/// <param name="File">The item's file, and its index if the file contains several items.</param>
/// <param name="Kind">What the item is.</param>
/// <param name="Title">Its headline or name; null if the item cannot be read.</param>
/// <param name="Outcome">What the import does with it; null if it cannot be imported.</param>
/// <param name="Reasons">Why it cannot be imported.</param>
/// <param name="ArticleId">The id of the article; null if there is none yet, or if the item is not an article.</param>
public sealed record ImportItem(
    string File,
    ImportKind Kind,
    string? Title,
    ImportOutcome? Outcome,
    IReadOnlyList<string> Reasons,
    string? ArticleId
)
{
    /// <summary>What happens to the item, in words.</summary>
    internal string Words(bool isDone) =>
        Outcome switch
        {
            null => isDone ? "Not imported" : "Cannot be imported",
            ImportOutcome.Added => isDone ? "Added" : "Will be added",
            ImportOutcome.Changed => isDone ? "Changed" : "Will be changed",
            ImportOutcome.Withdrawn => isDone ? "Withdrawn" : "Will be withdrawn",
            ImportOutcome.Unscheduled => isDone ? "Off the schedule" : "Will leave the schedule",
            _ => "Unchanged",
        };

    /// <summary>The colour of the result: the name of a rule in the stylesheet.</summary>
    internal string Dot =>
        Outcome switch
        {
            null => "refused",
            ImportOutcome.Added => "published",
            ImportOutcome.Changed => "changes",
            ImportOutcome.Withdrawn or ImportOutcome.Unscheduled => "withdrawn",
            _ => "draft",
        };

    /// <summary>Returns the address of its page or of the list that it is in; null if it is not in the newsroom.</summary>
    internal string? UrlOf(bool isDone) =>
        ArticleId is not null ? $"{Articles.ArticleFilter.Path}/{ArticleId}"
        : Outcome is null || (Outcome is ImportOutcome.Added && !isDone) ? null
        : Kind switch
        {
            ImportKind.Author => "/studio/authors",
            ImportKind.Front => Fronts.FrontPlace.Path,
            ImportKind.Image => Media.MediaFilter.Path,
            ImportKind.Persona => "/studio/personas",
            ImportKind.Tool => "/studio/tools",
            _ => null,
        };

    /// <summary>What the item is, in words.</summary>
    internal string KindWords =>
        Kind switch
        {
            ImportKind.Article => "Article",
            ImportKind.Author => "Author",
            ImportKind.Front => "Front",
            ImportKind.Image => "Image",
            ImportKind.Persona => "Persona",
            ImportKind.Tool => "Tool",
            _ => "File",
        };
}

/// <summary>What an item of an import is.</summary>
public enum ImportKind
{
    Article,
    Author,
    File,
    Front,
    Image,
    Persona,
    Tool,
}

/// <summary>What an import does with an item.</summary>
public enum ImportOutcome
{
    Added,
    Changed,
    Unchanged,
    Withdrawn,
    Unscheduled,
}
