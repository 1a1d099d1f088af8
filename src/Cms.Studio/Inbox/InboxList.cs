using Cms.Studio.Api;
using Cms.Studio.Articles;
using Cms.Studio.Takedowns;

namespace Cms.Studio.Inbox;

/// <summary>A page of the inbox.</summary>
public sealed record InboxData(InboxDesk? Desk);

/// <summary>The inbox of the person; null if they may not have one.</summary>
public sealed record InboxDesk(InboxItems? Inbox);

/// <summary>Some items.</summary>
public sealed record InboxItems(IReadOnlyList<InboxItem> Nodes, PageInfo PageInfo, int UnreadCount);

/// <summary>Something that needs the person.</summary>
public sealed record InboxItem(
    InboxKind Kind,
    DateTimeOffset At,
    bool IsRead,
    InboxArticle? Article,
    InboxComment? Comment,
    InboxTake? Take,
    InboxTakedown? Takedown
)
{
    /// <summary>What the person is asked to do.</summary>
    public string Sentence =>
        Kind switch
        {
            InboxKind.Assigned => "You are asked to write this article.",
            InboxKind.ChangesRequested => "An editor asked for changes.",
            InboxKind.Mention => $"{Comment?.Author ?? "Somebody"} mentioned you in a comment.",
            InboxKind.Review => "You are asked to review this article.",
            InboxKind.ScheduleFailed => "This article could not be published at its scheduled time.",
            InboxKind.TakedownOverdue =>
                $"{Takedown?.Names ?? "Partners"} did not confirm in time that the copies are deleted.",
            InboxKind.TakeChangesRequested => $"An editor asked for changes to the take of {Take?.Persona.Name}.",
            _ => $"You are asked to write the take of {Take?.Persona.Name}.",
        };

    /// <summary>What somebody wrote about it; null if nothing.</summary>
    public string? Words =>
        Kind switch
        {
            InboxKind.Mention => Comment?.Text,
            InboxKind.ScheduleFailed => Article?.ScheduleRefusal,
            InboxKind.TakeRequested => Take?.Brief,
            _ => null,
        };

    /// <summary>The model that drafted what the person is asked about; null if a person did.</summary>
    public string? Model =>
        Kind is InboxKind.TakeRequested or InboxKind.TakeChangesRequested
            ? Take?.DraftedWith?.Model
            : Article?.DraftedWith?.Model;

    /// <summary>The address where it is done; null if it is not known.</summary>
    public string? Href =>
        Takedown is { } takedown ? TakedownWords.PathOf(takedown.Id)
        : Article is { } article ? $"{ArticleFilter.Path}/{article.Id}{Part}"
        : null;

    /// <summary>The part of the editor where it is done.</summary>
    public string Part =>
        Kind switch
        {
            InboxKind.Mention or InboxKind.ChangesRequested => "#comments",
            InboxKind.TakeRequested or InboxKind.TakeChangesRequested => "#panel",
            InboxKind.ScheduleFailed => "#checks",
            _ => "",
        };
}

/// <summary>The article of an item.</summary>
public sealed record InboxArticle(string Id, string Headline, string? ScheduleRefusal, DraftingModel? DraftedWith);

/// <summary>The comment that mentions the person.</summary>
public sealed record InboxComment(string Author, string Text);

/// <summary>The take that the person writes.</summary>
public sealed record InboxTake(string? Brief, DraftingModel? DraftedWith, Named Persona);

/// <summary>The takedown that partners have not confirmed, and some of these partners.</summary>
public sealed record InboxTakedown(string Id, int OwingCount, InboxPartners Partners)
{
    /// <summary>The names of the partners.</summary>
    public string Names
    {
        get
        {
            IReadOnlyList<string> names = [.. Partners.Nodes.Select(partner => partner.Name)];
            var more = OwingCount - names.Count;
            return (names, more) switch
            {
                ([], _) => "Partners",
                (_, > 0) => $"{string.Join(", ", names)} and {more} more",
                ([var only], _) => only,
                _ => $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}",
            };
        }
    }
}

/// <summary>Some partners that have not confirmed a takedown.</summary>
public sealed record InboxPartners(IReadOnlyList<InboxPartner> Nodes);

/// <summary>A partner that has not confirmed a takedown.</summary>
public sealed record InboxPartner(string Name);

/// <summary>Why an item is in the inbox.</summary>
public enum InboxKind
{
    Assigned,
    ChangesRequested,
    Mention,
    Review,
    ScheduleFailed,
    TakeChangesRequested,
    TakedownOverdue,
    TakeRequested,
}

/// <summary>The answer to an inbox that is marked as read.</summary>
public sealed record InboxRead(Outcome MarkInboxRead);
