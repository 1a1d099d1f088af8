using Cms.GraphQL;
using Cms.Panel;
using Cms.People;
using Cms.Taxonomy;

namespace Cms.Articles.Desk;

/// <summary>
/// What the desk's lists filter and order an article by. There is one row for each article, and it is written in the
/// transaction that changes the article.
/// </summary>
public sealed class DeskListing
{
    public required ArticleId ArticleId { get; init; }

    public required bool IsTrashed { get; init; }

    public required ArticleStatus Status { get; init; }

    public required ReviewState Review { get; init; }

    /// <summary>The category of the newest revision.</summary>
    public CategoryId? CategoryId { get; init; }

    public PersonKey? AssigneeKey { get; init; }

    public PersonKey? ReviewerKey { get; init; }

    /// <summary>Whether the article has at least one unresolved comment thread.</summary>
    public required bool HasOpenComments { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When the article is due; null if no date is set or if it has been published since.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public DateTimeOffset? ScheduledAt { get; init; }

    public DateTimeOffset? EmbargoUntil { get; init; }

    public DateTimeOffset? WithdrawAt { get; init; }

    /// <summary>The publication date; null if readers cannot see the article.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    public DateTimeOffset? TrashedAt { get; init; }

    /// <inheritdoc cref="Article.AssignedAt" />
    public DateTimeOffset? AssignedAt { get; init; }

    /// <inheritdoc cref="Article.ReviewChangedAt" />
    public DateTimeOffset? ReviewChangedAt { get; init; }

    /// <inheritdoc cref="Article.ScheduleRefusedAt" />
    public DateTimeOffset? ScheduleRefusedAt { get; init; }

    /// <inheritdoc cref="Article.ScheduleRefusedTo" />
    public PersonKey? ScheduleRefusedTo { get; init; }
}

/// <summary>What the desk's lists filter by that an article can have more than once.</summary>
public enum DeskFacetKind
{
    /// <summary>A tag of the newest revision.</summary>
    Tag,

    /// <summary>A person who drafted a revision of the article or is assigned to the article.</summary>
    Author,

    /// <summary>A person who drafted a revision, is assigned or reviews the article, and so can see it.</summary>
    Member,

    /// <summary>A persona without an approved take on the article.</summary>
    MissingTake,

    /// <summary>A state of a take that somebody should look at, of one persona and of any.</summary>
    OpenTake,

    /// <summary>A person who is assigned to write a take.</summary>
    TakeWriter,
}

/// <summary>A state of a take that somebody should look at.</summary>
public enum OpenTakeState
{
    Requested,
    Drafted,
    InReview,
    ChangesRequested,
    Retracted,

    /// <summary>A correction made the published take stale.</summary>
    Stale,

    /// <summary>It has a due date, and nobody has submitted it.</summary>
    Due,
}

/// <summary>A take on an article, as far as the desk's lists filter by it.</summary>
internal sealed record DeskTakeState(
    ArticleId ArticleId,
    PersonaId PersonaId,
    TakeStatus Status,
    PersonKey? AssigneeKey,
    bool IsApproved,
    bool IsStale,
    bool HasDueDate
)
{
    /// <summary>Returns the states that somebody should look at.</summary>
    public IEnumerable<OpenTakeState> OpenStates() =>
        [
            .. StateOf(Status) is { } state ? [state] : Array.Empty<OpenTakeState>(),
            .. IsStale ? [OpenTakeState.Stale] : Array.Empty<OpenTakeState>(),
            .. HasDueDate && Status.IsUnsubmitted ? [OpenTakeState.Due] : Array.Empty<OpenTakeState>(),
        ];

    /// <summary>Returns the state to filter by; null for approved takes, which most articles have.</summary>
    public static OpenTakeState? StateOf(TakeStatus status) =>
        status switch
        {
            TakeStatus.Requested => OpenTakeState.Requested,
            TakeStatus.Drafted => OpenTakeState.Drafted,
            TakeStatus.InReview => OpenTakeState.InReview,
            TakeStatus.ChangesRequested => OpenTakeState.ChangesRequested,
            TakeStatus.Retracted => OpenTakeState.Retracted,
            _ => null,
        };
}

/// <summary>
/// One value that the desk's lists filter an article by. The time of the last change is repeated here, so that the
/// articles with a value are a range of one index, in order.
/// </summary>
public sealed class DeskFacet
{
    public required ArticleId ArticleId { get; init; }

    public required DeskFacetKind Kind { get; init; }

    public required DeskFacetValue Value { get; init; }

    public required bool IsTrashed { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>The key of a person, or the id of a tag or a persona.</summary>
public readonly record struct DeskFacetValue(Guid First, Guid Second)
{
    public static DeskFacetValue Of(PersonKey person) => new(person.TenantId, person.ObjectId);

    public static DeskFacetValue Of(IEntityId id) => new(id.Value, Guid.Empty);

    /// <summary>Returns the value of a state of the takes of one persona; null for any persona.</summary>
    public static DeskFacetValue Of(PersonaId? persona, OpenTakeState state) =>
        new(persona?.Value ?? Guid.Empty, new Guid((int)state, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]));

    internal static IEnumerable<DeskFacetValue> Of(DeskTakeState take, OpenTakeState state) =>
        [Of(take.PersonaId, state), Of((PersonaId?)null, state)];
}
