using Cms.Access;
using Cms.Articles.Reading;
using Cms.GraphQL;
using Cms.Panel;
using Cms.Panel.Reading;
using Cms.Taxonomy;

namespace Cms.Articles.Desk;

/// <summary>A filter for articles on the desk. All given conditions must be met.</summary>
public sealed record DeskArticleFilterInput
{
    /// <summary>The maximum number of conditions in one filter, including those inside <c>and</c>.</summary>
    public const int MaxConditions = 20;

    /// <summary>More conditions that must all be met, such as a second tag.</summary>
    public List<DeskArticleFilterInput>? And { get; init; }

    /// <summary>Whether the article is a draft, published or withdrawn.</summary>
    public ArticleStatusOperationFilterInput? Status { get; init; }

    /// <summary>The state of the review of the newest revision.</summary>
    public ReviewStateOperationFilterInput? Review { get; init; }

    /// <summary>The category of the newest revision.</summary>
    public CategoryFilterInput? Category { get; init; }

    /// <summary>The tags of the newest revision.</summary>
    public TagListFilterInput? Tags { get; init; }

    /// <summary>A person who drafted a revision of the article or is assigned to the article.</summary>
    public DeskAuthorFilterInput? Author { get; init; }

    /// <summary>The person who writes the article.</summary>
    public DeskPersonFilterInput? Assignee { get; init; }

    /// <summary>The person who is asked to review the article.</summary>
    public DeskPersonFilterInput? Reviewer { get; init; }

    /// <summary>When the article is due. A due date no longer counts once the newest revision is published.</summary>
    public DuePeriod? Due { get; init; }

    /// <summary>An active persona that has no approved take on the article.</summary>
    public PersonaFilterInput? MissingTakeOf { get; init; }

    /// <summary>A take on the article. The article must have at least one take that meets all conditions.</summary>
    public DeskTakeFilterInput? Take { get; init; }

    /// <summary>Whether the article has at least one unresolved comment thread.</summary>
    public bool? HasOpenComments { get; init; }

    /// <summary>Whether the article is scheduled.</summary>
    public bool? IsScheduled { get; init; }

    /// <summary>Whether the article has an embargo that has not ended.</summary>
    public bool? IsEmbargoed { get; init; }

    /// <summary>Whether the article is in the trash; default false.</summary>
    public bool? IsTrashed { get; init; }

    /// <summary>When the article last changed.</summary>
    public DateTimeOperationFilterInput? UpdatedAt { get; init; }

    /// <summary>Whether only articles match that the viewer works on.</summary>
    internal bool IsOfViewer => Author?.IsMe is true || Assignee?.IsMe is true || Reviewer?.IsMe is true;

    /// <summary>Returns this filter and all filters nested in it. All of them must be met.</summary>
    internal List<DeskArticleFilterInput> Flatten()
    {
        List<DeskArticleFilterInput> flat = [this];
        for (var i = 0; i < flat.Count; i++)
        {
            flat.AddRange(flat[i].And ?? []);
            if (flat.Count > MaxConditions)
            {
                throw new RequestError(
                    ErrorCodes.BadUserInput,
                    $"A filter can have at most {MaxConditions} conditions. Remove some, or split the query."
                );
            }
        }

        return flat;
    }
}

/// <summary>A condition on the status of an article.</summary>
public sealed record ArticleStatusOperationFilterInput
{
    /// <summary>Equal to this status.</summary>
    public ArticleStatus? Eq { get; init; }

    /// <summary>Equal to one of these.</summary>
    public List<ArticleStatus>? In { get; init; }
}

/// <summary>A condition on the state of a review.</summary>
public sealed record ReviewStateOperationFilterInput
{
    /// <summary>Equal to this state.</summary>
    public ReviewState? Eq { get; init; }

    /// <summary>Equal to one of these.</summary>
    public List<ReviewState>? In { get; init; }
}

/// <summary>A condition on the people who write an article.</summary>
public sealed record DeskAuthorFilterInput
{
    /// <summary>The id of a member of staff.</summary>
    public StaffId? Id { get; init; }

    /// <summary>Whether the person is you.</summary>
    public bool? IsMe { get; init; }
}

/// <summary>A condition on the assignee or the reviewer of an article, or on the assignee of a take.</summary>
public sealed record DeskPersonFilterInput
{
    /// <summary>The id of a member of staff.</summary>
    public StaffId? Id { get; init; }

    /// <summary>Whether the person is you.</summary>
    public bool? IsMe { get; init; }

    /// <summary>Whether the article or take has no such person.</summary>
    public bool? IsNone { get; init; }
}

/// <summary>The order of a list of articles on the desk. Set exactly one field.</summary>
public sealed record DeskArticleSortInput
{
    /// <summary>By the time of the last change.</summary>
    public SortEnumType? UpdatedAt { get; init; }

    /// <summary>
    /// By due date. Articles that have no due date or whose newest revision is published are left out.
    /// </summary>
    public SortEnumType? DueAt { get; init; }

    /// <summary>By the time for which the article is scheduled. Articles that are not scheduled are left out.</summary>
    public SortEnumType? ScheduledAt { get; init; }
}

/// <summary>A condition on a take. All given conditions must be met.</summary>
public sealed record DeskTakeFilterInput
{
    /// <summary>The persona that the take is written for.</summary>
    public PersonaFilterInput? Persona { get; init; }

    /// <summary>The status of the newest revision.</summary>
    public TakeStatusOperationFilterInput? Status { get; init; }

    /// <summary>The person who writes the take.</summary>
    public DeskPersonFilterInput? Assignee { get; init; }

    /// <summary>When the take is due. A due date no longer counts once the take is submitted.</summary>
    public DuePeriod? Due { get; init; }

    /// <summary>Whether a correction made the published take stale.</summary>
    public bool? IsStale { get; init; }
}

/// <summary>A condition on the status of a take.</summary>
public sealed record TakeStatusOperationFilterInput
{
    /// <summary>Equal to this status.</summary>
    public TakeStatus? Eq { get; init; }

    /// <summary>Equal to one of these.</summary>
    public List<TakeStatus>? In { get; init; }
}
