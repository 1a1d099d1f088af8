using Cms.Articles.Comments;
using Cms.Articles.Desk;
using Cms.Data;
using Cms.GraphQL;
using Cms.People;
using Cms.Reading;

namespace Cms.Articles.Timeline;

/// <summary>What somebody did.</summary>
public enum DeskActivityKind
{
    /// <summary>Saved a revision.</summary>
    Saved,

    /// <summary>Submitted the article for review, or saved it after approval, which returns it to review.</summary>
    Submitted,

    /// <summary>Asked for changes.</summary>
    ChangesRequested,

    /// <summary>Approved the newest revision.</summary>
    Approved,

    /// <summary>Published the article.</summary>
    Published,

    /// <summary>Updated the published article.</summary>
    Updated,

    /// <summary>Corrected the published article.</summary>
    Corrected,

    /// <summary>Withdrew the published article.</summary>
    Withdrawn,

    /// <summary>Commented on the article.</summary>
    Commented,

    /// <summary>Put the article in the trash.</summary>
    Trashed,

    /// <summary>Released the article under embargo.</summary>
    ReleasedUnderEmbargo,
}

/// <summary>Something that somebody did to an article.</summary>
public sealed class DeskActivity : ITimelineItem
{
    /// <summary>What they did.</summary>
    public required DeskActivityKind Kind { get; init; }

    /// <summary>When they did it.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The name of the person; null if it is not recorded.</summary>
    public string? By { get; init; }

    [GraphQLIgnore]
    public required ArticleId ArticleId { get; init; }

    [GraphQLIgnore]
    public RevisionId? RevisionId { get; init; }

    [GraphQLIgnore]
    public CommentId? CommentId { get; init; }

    [GraphQLIgnore]
    public int Rank { get; init; }

    Guid ITimelineItem.RowId => RevisionId?.Value ?? CommentId?.Value ?? EditionId?.Value ?? ArticleId.Value;

    [GraphQLIgnore]
    public EditionId? EditionId { get; init; }
}

/// <summary>
/// Lists what was done to articles, newest first, as far as the content records it: each revision, edition and comment.
/// For each article, also the latest step of its review and its latest move to the trash.
/// </summary>
public sealed class ListActivity(ReadContexts contexts)
{
    // The order of things that happened at the same time.
    private const int Saves = 0;
    private const int Comments = 1;
    private const int Reviews = 2;
    private const int Editions = 3;
    private const int Trash = 4;

    private static readonly ListHash List = ListHash.Of("desk activity");

    public async Task<Connection<DeskActivity>?> Handle(
        PageArguments page,
        Viewer viewer,
        CancellationToken cancellationToken
    )
    {
        var seesMany = await contexts.SeesManyAsync(viewer, cancellationToken);
        return await contexts.PageAsync(
            List,
            page,
            descending: true,
            db => Sources(db, viewer, seesMany),
            cancellationToken,
            // A count reads every article of the viewer, so it never begins with those of others.
            db => Sources(db, viewer, seesMany: false)
        );
    }

    private static List<TimelineSource<DeskActivity>> Sources(CmsDbContext db, Viewer viewer, bool seesMany)
    {
        var (revisions, editions, comments) = (
            (IQueryable<Revision>)db.Revisions,
            (IQueryable<Edition>)db.Editions,
            db.Comments.Where(c => c.DeletedAt == null)
        );
        if (!viewer.Is(Role.Editor))
        {
            var own = db.OwnArticles(viewer);
            var ids = own.Select(f => f.ArticleId);
            (revisions, editions, comments) = seesMany
                // A page of many articles is read in order of time.
                ? (
                    revisions.Where(r => own.Any(f => f.ArticleId == r.ArticleId)),
                    editions.Where(e => own.Any(f => f.ArticleId == e.ArticleId)),
                    comments.Where(c => own.Any(f => f.ArticleId == c.ArticleId))
                )
                : (
                    revisions.Where(r => ids.Contains(r.ArticleId)),
                    editions.Where(e => ids.Contains(e.ArticleId)),
                    comments.Where(c => ids.Contains(c.ArticleId))
                );
        }

        return
        [
            new TimelineSource<Revision, RevisionId, DeskActivity>(
                Saves,
                revisions,
                TimelineRows.BySave,
                r => new DeskActivity
                {
                    Kind = DeskActivityKind.Saved,
                    Rank = Saves,
                    At = r.SavedAt,
                    By = r.Drafter.Name,
                    ArticleId = r.ArticleId,
                    RevisionId = r.Id,
                }
            ),
            new TimelineSource<Comment, CommentId, DeskActivity>(
                Comments,
                comments,
                TimelineRows.ByComment,
                c => new DeskActivity
                {
                    Kind = DeskActivityKind.Commented,
                    Rank = Comments,
                    At = c.CreatedAt,
                    By = c.Author.Name,
                    ArticleId = c.ArticleId,
                    CommentId = c.Id,
                }
            ),
            new TimelineSource<DeskListing, ArticleId, DeskActivity>(
                Reviews,
                db.ListingsOf(viewer, seesMany).Where(l => l.ReviewChangedAt != null),
                TimelineRows.ByReview,
                l => new DeskActivity
                {
                    Kind =
                        l.Review == ReviewState.Approved ? DeskActivityKind.Approved
                        : l.Review == ReviewState.ChangesRequested ? DeskActivityKind.ChangesRequested
                        : DeskActivityKind.Submitted,
                    Rank = Reviews,
                    At = l.ReviewChangedAt!.Value,
                    By = db.Articles.Where(a => a.Id == l.ArticleId).Select(a => a.ReviewChangedBy).Single(),
                    ArticleId = l.ArticleId,
                }
            ),
            new TimelineSource<Edition, EditionId, DeskActivity>(
                Editions,
                editions,
                TimelineRows.ByIssue,
                e => new DeskActivity
                {
                    Kind =
                        e.Kind == EditionKind.Published ? DeskActivityKind.Published
                        : e.Kind == EditionKind.Updated ? DeskActivityKind.Updated
                        : e.Kind == EditionKind.Corrected ? DeskActivityKind.Corrected
                        : e.Kind == EditionKind.Advance ? DeskActivityKind.ReleasedUnderEmbargo
                        : DeskActivityKind.Withdrawn,
                    Rank = Editions,
                    At = e.LiveFrom,
                    By = e.IssuedBy,
                    ArticleId = e.ArticleId,
                    EditionId = e.Id,
                }
            ),
            new TimelineSource<DeskListing, ArticleId, DeskActivity>(
                Trash,
                db.ListingsOf(viewer, seesMany).Where(l => l.TrashedAt != null),
                TimelineRows.ByTrash,
                l => new DeskActivity
                {
                    Kind = DeskActivityKind.Trashed,
                    Rank = Trash,
                    At = l.TrashedAt!.Value,
                    By = db.Articles.Where(a => a.Id == l.ArticleId).Select(a => a.TrashedBy).Single(),
                    ArticleId = l.ArticleId,
                }
            ),
        ];
    }
}
