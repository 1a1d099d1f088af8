using Cms.Foundation;
using Cms.Panel;
using Cms.People;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Desk;

/// <summary>The number of articles in each list of the desk. Articles in the trash count only as trashed.</summary>
public sealed record DeskCounts
{
    /// <summary>Articles that were never published.</summary>
    public required int Drafts { get; init; }

    /// <summary>Articles in review.</summary>
    public required int InReview { get; init; }

    /// <summary>Articles for which an editor asked for changes.</summary>
    public required int ChangesRequested { get; init; }

    /// <summary>Articles whose newest revision is approved.</summary>
    public required int Approved { get; init; }

    /// <summary>Scheduled articles.</summary>
    public required int Scheduled { get; init; }

    /// <summary>Articles that readers can see.</summary>
    public required int Published { get; init; }

    /// <summary>Withdrawn articles.</summary>
    public required int Withdrawn { get; init; }

    /// <summary>Articles in the trash.</summary>
    public required int Trashed { get; init; }

    /// <summary>Articles that are assigned to you.</summary>
    public required int AssignedToMe { get; init; }

    /// <summary>Articles in review that you are asked to review.</summary>
    public required int WaitingForMyReview { get; init; }

    /// <summary>Articles whose due date has passed and whose newest revision is not published.</summary>
    public required int Overdue { get; init; }

    /// <summary>Articles with a take in review.</summary>
    public required int TakesInReview { get; init; }

    /// <summary>Articles with a take that you are assigned to write and have not submitted.</summary>
    public required int TakesAssignedToMe { get; init; }

    /// <summary>Articles with a take whose due date has passed and that nobody has submitted.</summary>
    public required int TakesOverdue { get; init; }

    /// <summary>Articles with a published take that a correction made stale.</summary>
    public required int StaleTakes { get; init; }
}

/// <summary>
/// Counts the articles in each list of the desk, in one statement. Each count equals the length of the list with the
/// same filter.
/// </summary>
public sealed class CountDeskArticles(ReadContexts contexts, NewsroomTime newsroom, TimeProvider clock)
{
    public async Task<DeskCounts?> Handle(Viewer viewer, CancellationToken cancellationToken)
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        var db = lease.Db;
        var now = clock.Now();
        var isMe = new DeskPersonFilterInput { IsMe = true };
        var drafts = await OfAsync(new() { Status = new() { Eq = ArticleStatus.Draft } });
        var inReview = await OfAsync(new() { Review = new() { Eq = ReviewState.InReview } });
        var changesRequested = await OfAsync(new() { Review = new() { Eq = ReviewState.ChangesRequested } });
        var approved = await OfAsync(new() { Review = new() { Eq = ReviewState.Approved } });
        var scheduled = await OfAsync(new() { IsScheduled = true });
        var published = await OfAsync(new() { Status = new() { Eq = ArticleStatus.Published } });
        var withdrawn = await OfAsync(new() { Status = new() { Eq = ArticleStatus.Withdrawn } });
        var trashed = await OfAsync(new() { IsTrashed = true });
        var assigned = await OfAsync(new() { Assignee = isMe });
        var waiting = await OfAsync(
            new()
            {
                Reviewer = isMe,
                Review = new() { Eq = ReviewState.InReview },
            }
        );
        var overdue = await OfAsync(new() { Due = DuePeriod.Overdue });

        var takesInReview = await OfAsync(new() { Take = new() { Status = new() { Eq = TakeStatus.InReview } } });
        var takesAssigned = await OfAsync(
            new()
            {
                Take = new()
                {
                    Assignee = isMe,
                    Status = new() { In = [TakeStatus.Requested, TakeStatus.Drafted, TakeStatus.ChangesRequested] },
                },
            }
        );
        var takesOverdue = await OfAsync(new() { Take = new() { Due = DuePeriod.Overdue } });
        var staleTakes = await OfAsync(new() { Take = new() { IsStale = true } });

        // The counter has exactly one row.
        return await db
            .ChangeCounters.Select(_ => new DeskCounts
            {
                Drafts = drafts.Count(),
                InReview = inReview.Count(),
                ChangesRequested = changesRequested.Count(),
                Approved = approved.Count(),
                Scheduled = scheduled.Count(),
                Published = published.Count(),
                Withdrawn = withdrawn.Count(),
                Trashed = trashed.Count(),
                AssignedToMe = assigned.Count(),
                WaitingForMyReview = waiting.Count(),
                Overdue = overdue.Count(),
                TakesInReview = takesInReview.Count(),
                TakesAssignedToMe = takesAssigned.Count(),
                TakesOverdue = takesOverdue.Count(),
                StaleTakes = staleTakes.Count(),
            })
            .SingleAsync(cancellationToken);

        async Task<IQueryable<DeskPlace>> OfAsync(DeskArticleFilterInput where)
        {
            var filter = await DeskArticleFilter.CreateAsync(db, where, viewer, newsroom, now, cancellationToken);
            return filter.Places(db, DeskOrder.Updated);
        }
    }
}
