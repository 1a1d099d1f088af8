using Cms.Studio.Api;

namespace Cms.Studio.Articles;

/// <summary>A page of the list of articles.</summary>
public sealed record ArticleListData(ArticleDesk? Desk, Choices Personas, Choices Categories);

/// <summary>The articles and how many each list has. The lists are null if the person may not see them.</summary>
public sealed record ArticleDesk(ArticleRows? Articles, ArticleCounts? Counts, Staff? People, TagNames? Tags);

/// <summary>Tags to suggest.</summary>
public sealed record TagNames(IReadOnlyList<Named> Nodes);

/// <summary>The AI model that drafted a text.</summary>
public sealed record DraftingModel(string Model);

/// <summary>Some articles.</summary>
public sealed record ArticleRows(IReadOnlyList<ArticleRow> Nodes, PageInfo PageInfo);

/// <summary>An article in a list.</summary>
public sealed record ArticleRow(
    string Id,
    string Headline,
    string Slug,
    ArticleStatus Status,
    ReviewState Review,
    DateTimeOffset? ScheduledAt,
    string? ScheduleRefusal,
    DateTimeOffset? EmbargoUntil,
    DateTimeOffset? TrashedAt,
    DateTimeOffset? DueAt,
    DateTimeOffset? WithdrawAt,
    int WordCount,
    DateTimeOffset UpdatedAt,
    string UpdatedBy,
    Named? Source,
    Named? Category,
    Named? Assignee,
    DraftingModel? DraftedWith,
    Picture? HeroImage,
    IReadOnlyList<PanelCell> Panel
)
{
    /// <summary>What state the article is in, in a word or two.</summary>
    public string State =>
        this switch
        {
            { TrashedAt: not null } => "In the trash",
            { ScheduleRefusal: not null } => "Not published",
            { ScheduledAt: not null } => "Scheduled",
            { Status: ArticleStatus.Withdrawn } => "Withdrawn",
            { Status: ArticleStatus.Published } => "Published",
            { Review: ReviewState.Approved } => "Approved",
            { Review: ReviewState.InReview } => "In review",
            { Review: ReviewState.ChangesRequested } => "Changes requested",
            _ => "Draft",
        };

    /// <summary>The colour of the state: the name of a rule in the stylesheet.</summary>
    public string Dot =>
        this switch
        {
            { TrashedAt: not null } => "trashed",
            { ScheduleRefusal: not null } => "refused",
            { ScheduledAt: not null } => "scheduled",
            { Status: ArticleStatus.Withdrawn } => "withdrawn",
            { Status: ArticleStatus.Published } => "published",
            { Review: ReviewState.Approved } => "approved",
            { Review: ReviewState.InReview } => "review",
            { Review: ReviewState.ChangesRequested } => "changes",
            _ => "draft",
        };

    /// <summary>What happens to the newest revision of an article that has been published; null if nothing does.</summary>
    public string? Next =>
        Status is ArticleStatus.Draft
            ? null
            : Review switch
            {
                ReviewState.InReview => "Update in review",
                ReviewState.ChangesRequested => "Update needs changes",
                ReviewState.Approved => "Update approved",
                _ => null,
            };
}

/// <summary>A persona and its take on an article.</summary>
public sealed record PanelCell(Named Persona, PanelTake? Take)
{
    /// <summary>The state of the take: the name of a rule in the stylesheet.</summary>
    public string Mark =>
        Take switch
        {
            null or { Status: TakeStatus.Retracted } => "none",
            { IsStale: true } => "stale",
            { Status: TakeStatus.Approved } => "approved",
            { Status: TakeStatus.InReview } => "review",
            { Status: TakeStatus.ChangesRequested } => "changes",
            _ => "open",
        };

    /// <summary>The state of the take, in words.</summary>
    public string Words =>
        Take switch
        {
            null or { Status: TakeStatus.Retracted } => "no take",
            { IsStale: true } => "stale after a correction",
            { Status: TakeStatus.Approved } => "approved",
            { Status: TakeStatus.InReview } => "in review",
            { Status: TakeStatus.ChangesRequested } => "changes requested",
            { Status: TakeStatus.Requested } => "requested",
            _ => "draft",
        };

    /// <summary>Returns the state of each take of a panel, in words.</summary>
    public static string InWords(IReadOnlyList<PanelCell> panel) =>
        panel is [] ? "No panel" : string.Join(", ", panel.Select(cell => $"{cell.Persona.Name}: {cell.Words}"));
}

/// <summary>The state of a take.</summary>
public sealed record PanelTake(TakeStatus Status, bool IsStale);

/// <summary>The number of articles in each list. The API counts up to <see cref="Layout.Counted.MostArticles" />.</summary>
public sealed record ArticleCounts(
    int WrittenByMe,
    int WaitingForMyReview,
    int Drafts,
    int InReview,
    int ChangesRequested,
    int Approved,
    int Scheduled,
    int Published,
    int Withdrawn,
    int Overdue,
    int TakesInReview,
    int StaleTakes,
    int Trashed
);

/// <summary>Whether readers see an article.</summary>
public enum ArticleStatus
{
    Draft,
    Published,
    Withdrawn,
}

/// <summary>The state of the review of the newest revision.</summary>
public enum ReviewState
{
    Drafting,
    InReview,
    ChangesRequested,
    Approved,
}

/// <summary>The state of the newest revision of a take.</summary>
public enum TakeStatus
{
    Requested,
    Drafted,
    InReview,
    ChangesRequested,
    Approved,
    Retracted,
}
