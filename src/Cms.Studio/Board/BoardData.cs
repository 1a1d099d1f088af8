using Cms.Studio.Api;
using Cms.Studio.Articles;

namespace Cms.Studio.Board;

/// <summary>The columns of the board.</summary>
public sealed record BoardData(BoardDesk? Desk);

/// <summary>The articles that are in progress, by state. A column is null if the person may not see it.</summary>
public sealed record BoardDesk(
    BoardColumn? Drafts,
    BoardColumn? Changes,
    BoardColumn? Review,
    BoardColumn? Approved,
    BoardColumn? Scheduled,
    BoardColumn? Published
);

/// <summary>The articles in one state, the most recently changed first.</summary>
public sealed record BoardColumn(IReadOnlyList<BoardCard> Nodes, BoardMore PageInfo);

/// <summary>Whether there are more articles than the column shows.</summary>
public sealed record BoardMore(bool HasNextPage);

/// <summary>An article on the board.</summary>
public sealed record BoardCard(
    string Id,
    string Headline,
    int Version,
    ArticleStatus Status,
    ReviewState Review,
    DateTimeOffset? DueAt,
    DateTimeOffset? ScheduledAt,
    DateTimeOffset UpdatedAt,
    Named? Category,
    Named? Assignee,
    DraftingModel? DraftedWith,
    IReadOnlyList<PanelCell> Panel
);

/// <summary>A step of the review. The board has a button for each that is possible.</summary>
public enum BoardMove
{
    Submit,
    Approve,
    RequestChanges,
    TakeBack,
}

/// <summary>What the form of a card sends.</summary>
public sealed class MoveForm
{
    /// <summary>The name under which the forms of all cards are handled.</summary>
    internal const string Handler = "move";

    /// <summary>The id of the article.</summary>
    public string? Id { get; set; }

    public int? Version { get; set; }

    public BoardMove? Move { get; set; }

    /// <summary>What to change, if changes are asked for.</summary>
    public string? Comment { get; set; }
}

/// <summary>The answer to a submission.</summary>
public sealed record Submitted(Outcome SubmitForReview);

/// <summary>The answer to an approval.</summary>
public sealed record Approved(Outcome ApproveArticle);

/// <summary>The answer to a request for changes.</summary>
public sealed record ChangesAsked(Outcome RequestChanges);

/// <summary>The answer to an article that is taken back from review.</summary>
public sealed record TakenBack(Outcome WithdrawFromReview);
