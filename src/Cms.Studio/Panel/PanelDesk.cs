using Cms.Studio.Api;
using Cms.Studio.Articles;

namespace Cms.Studio.Panel;

/// <summary>A page of the panel desk.</summary>
public sealed record PanelDeskData(PanelDesk? Desk, Choices Personas);

/// <summary>The articles with their panels, and how many takes need somebody.</summary>
public sealed record PanelDesk(PanelRows? Panel, Staff? People, PanelCounts? Counts);

/// <summary>Some articles.</summary>
public sealed record PanelRows(IReadOnlyList<PanelRow> Nodes, PageInfo PageInfo);

/// <summary>An article and the take of each persona.</summary>
public sealed record PanelRow(
    string Id,
    string Headline,
    ArticleStatus Status,
    ReviewState Review,
    DateTimeOffset? ScheduledAt,
    DraftingModel? DraftedWith,
    IReadOnlyList<MatrixCell> Panel
);

/// <summary>A persona and its take; null if it has none on this article.</summary>
public sealed record MatrixCell(NamedKey Persona, MatrixTake? Take)
{
    /// <summary>The state of the take: the name of a rule in the stylesheet.</summary>
    public string Mark =>
        Take switch
        {
            null or { Status: TakeStatus.Retracted } => "none",
            { IsStale: true } => "stale",
            { IsOverdue: true } => "overdue",
            { Status: TakeStatus.Approved } => "approved",
            { Status: TakeStatus.InReview } => "review",
            { Status: TakeStatus.ChangesRequested } => "changes",
            _ => "open",
        };

    /// <summary>The state of the take, in words.</summary>
    public string Words =>
        Take switch
        {
            null => "No take",
            { Status: TakeStatus.Retracted } => "Retracted",
            { IsStale: true } => "Stale",
            { IsOverdue: true } => "Overdue",
            { Status: TakeStatus.Approved } => "Approved",
            { Status: TakeStatus.InReview } => "In review",
            { Status: TakeStatus.ChangesRequested } => "Changes requested",
            { Status: TakeStatus.Requested } => "Requested",
            _ => "Draft",
        };

    /// <summary>Whether an editor can ask for a take.</summary>
    public bool CanBeRequested => Take is null or { Status: TakeStatus.Retracted };
}

/// <summary>A take in the matrix.</summary>
public sealed record MatrixTake(
    string Id,
    int Version,
    TakeStatus Status,
    bool IsStale,
    bool IsOverdue,
    DateTimeOffset? DueAt,
    string? Verdict,
    Stance? Stance,
    string? Drafter,
    DraftingModel? DraftedWith,
    Named? Assignee
);

/// <summary>The position that a take adopts.</summary>
public enum Stance
{
    Supportive,
    Mixed,
    Skeptical,
}

/// <summary>The number of articles whose takes need somebody.</summary>
public sealed record PanelCounts(int TakesAssignedToMe, int TakesInReview, int TakesOverdue, int StaleTakes);

/// <summary>A request for a take, as the form of a cell sends it.</summary>
public sealed class TakeForm
{
    /// <summary>The name under which the forms of all cells are handled.</summary>
    internal const string Handler = "request";

    /// <summary>The id of the article.</summary>
    public string? Article { get; set; }

    /// <summary>The id of the persona.</summary>
    public string? Persona { get; set; }

    /// <summary>The version of the retracted take that is asked for again; null if there is none.</summary>
    public int? Version { get; set; }

    /// <summary>The id of the writer; empty for nobody.</summary>
    public string? Assignee { get; set; }

    public string? Brief { get; set; }

    /// <summary>When the take is due, in the zone of the newsroom; empty for no time.</summary>
    public string? Due { get; set; }
}

/// <summary>The answer to a request for a take.</summary>
public sealed record TakeRequested(Outcome RequestTake);

/// <summary>The slugs of the personas.</summary>
public sealed record PersonaSlugs(PersonaSlugList Personas);

/// <summary>Some personas.</summary>
public sealed record PersonaSlugList(IReadOnlyList<PersonaSlug> Nodes);

/// <summary>The slug of a persona.</summary>
public sealed record PersonaSlug(string Slug);
