using Cms.Studio.Api;

namespace Cms.Studio.Activity;

/// <summary>A page of what happened.</summary>
public sealed record ActivityData(ActivityDesk? Desk);

/// <summary>What the person may see of it.</summary>
public sealed record ActivityDesk(ActivityItems? Activity);

/// <summary>Some of it.</summary>
public sealed record ActivityItems(IReadOnlyList<ActivityItem> Nodes, PageInfo PageInfo);

/// <summary>Something that somebody did.</summary>
public sealed record ActivityItem(
    ActivityKind Kind,
    DateTimeOffset At,
    string? By,
    ActivityArticle? Article,
    ActivityComment? Comment,
    ActivityRevision? Revision
)
{
    /// <summary>What they did, as the rest of a sentence that begins with their name.</summary>
    public string Words =>
        Kind switch
        {
            ActivityKind.Saved when Revision?.Label is { } label => $"saved revision {Revision.Number}, “{label}”, of",
            ActivityKind.Saved when Revision?.IsAutosave == true => "edited",
            ActivityKind.Saved => $"saved revision {Revision?.Number} of",
            ActivityKind.Submitted => "submitted for review",
            ActivityKind.Approved => "approved",
            ActivityKind.ChangesRequested => "asked for changes to",
            ActivityKind.Commented => "commented on",
            ActivityKind.Published => "published",
            ActivityKind.Updated => "updated",
            ActivityKind.Corrected => "corrected",
            ActivityKind.ReleasedUnderEmbargo => "released under embargo",
            ActivityKind.Withdrawn => "withdrew",
            _ => "moved to the trash",
        };

    /// <summary>The colour of the step: the name of a rule in the stylesheet.</summary>
    public string Dot =>
        Kind switch
        {
            ActivityKind.Published or ActivityKind.Updated or ActivityKind.Corrected => "published",
            ActivityKind.Approved => "approved",
            ActivityKind.Submitted => "review",
            ActivityKind.ChangesRequested => "changes",
            ActivityKind.ReleasedUnderEmbargo => "scheduled",
            ActivityKind.Withdrawn or ActivityKind.Trashed => "withdrawn",
            _ => "draft",
        };
}

/// <summary>The article.</summary>
public sealed record ActivityArticle(string Id, string Headline);

/// <summary>What somebody wrote.</summary>
public sealed record ActivityComment(string Text);

/// <summary>The revision that was saved.</summary>
public sealed record ActivityRevision(int Number, string? Label, bool IsAutosave);

/// <summary>What somebody did.</summary>
public enum ActivityKind
{
    Approved,
    ChangesRequested,
    Commented,
    Corrected,
    Published,
    ReleasedUnderEmbargo,
    Saved,
    Submitted,
    Trashed,
    Updated,
    Withdrawn,
}
