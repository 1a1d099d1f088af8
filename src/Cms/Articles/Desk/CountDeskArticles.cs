using Cms.Articles.Timeline;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Panel;
using Cms.People;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Desk;

/// <summary>
/// The number of articles in each list of the desk. Articles in the trash count only as trashed. Counting stops at 1,000:
/// this number means 1,000 or more.
/// </summary>
public sealed record DeskCounts
{
    /// <summary>The number at which counting stops, so that a long list costs no more than a short one.</summary>
    public const int Most = 1000;

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

    /// <summary>Articles that you have written or are assigned to write.</summary>
    public required int WrittenByMe { get; init; }

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
/// Counts the articles in the lists of the desk that somebody asks for, in one statement. Each count equals the length of
/// the list with the same filter, up to <see cref="DeskCounts.Most" />.
/// </summary>
public sealed class CountDeskArticles(ReadContexts contexts, NewsroomTime newsroom, TimeProvider clock)
{
    public async Task<DeskCounts?> Handle(ColumnSet asked, Viewer viewer, CancellationToken cancellationToken)
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        var db = lease.Db;
        var now = clock.Now();
        var isMe = new DeskPersonFilterInput { IsMe = true };
        var hasMany = await db.SeesManyAsync(viewer, cancellationToken);
        var drafts = await OfAsync(nameof(DeskCounts.Drafts), new() { Status = new() { Eq = ArticleStatus.Draft } });
        var inReview = await FewAsync(
            nameof(DeskCounts.InReview),
            new() { Review = new() { Eq = ReviewState.InReview } }
        );
        var changesRequested = await FewAsync(
            nameof(DeskCounts.ChangesRequested),
            new() { Review = new() { Eq = ReviewState.ChangesRequested } }
        );
        var approved = await FewAsync(
            nameof(DeskCounts.Approved),
            new() { Review = new() { Eq = ReviewState.Approved } }
        );
        var scheduled = await FewAsync(nameof(DeskCounts.Scheduled), new() { IsScheduled = true });
        var published = await OfAsync(
            nameof(DeskCounts.Published),
            new() { Status = new() { Eq = ArticleStatus.Published } }
        );
        var withdrawn = await FewAsync(
            nameof(DeskCounts.Withdrawn),
            new() { Status = new() { Eq = ArticleStatus.Withdrawn } }
        );
        var trashed = await OfAsync(nameof(DeskCounts.Trashed), new() { IsTrashed = true });
        var written = await OfAsync(nameof(DeskCounts.WrittenByMe), new() { Author = new() { IsMe = true } });
        var assigned = await FewAsync(nameof(DeskCounts.AssignedToMe), new() { Assignee = isMe });
        var waiting = await FewAsync(
            nameof(DeskCounts.WaitingForMyReview),
            new()
            {
                Reviewer = isMe,
                Review = new() { Eq = ReviewState.InReview },
            }
        );
        var overdue = await FewAsync(nameof(DeskCounts.Overdue), new() { Due = DuePeriod.Overdue });

        var takesInReview = await FewAsync(
            nameof(DeskCounts.TakesInReview),
            new() { Take = new() { Status = new() { Eq = TakeStatus.InReview } } }
        );

        // A person has written many takes, and has few to write.
        var me = viewer.Key.GetValueOrDefault();
        var listed = db.ListingsOf(viewer).Untrashed();
        var takesAssigned = db
            .Takes.Where(t => t.AssigneeKey == me)
            .Unsubmitted()
            .Select(t => t.ArticleId)
            .Distinct()
            .Where(id => listed.Any(l => l.ArticleId == id))
            .Take(LimitOf(nameof(DeskCounts.TakesAssignedToMe)));
        var takesOverdue = await TakesOverdueAsync();
        var staleTakes = await FewAsync(nameof(DeskCounts.StaleTakes), new() { Take = new() { IsStale = true } });

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
                WrittenByMe = written.Count(),
                AssignedToMe = assigned.Count(),
                WaitingForMyReview = waiting.Count(),
                Overdue = overdue.Count(),
                TakesInReview = takesInReview.Count(),
                TakesAssignedToMe = takesAssigned.Count(),
                TakesOverdue = takesOverdue.Count(),
                StaleTakes = staleTakes.Count(),
            })
            .SingleAsync(cancellationToken);

        // Few articles of the newsroom are in these lists, and an author can work on many.
        Task<IQueryable<DeskPlace>> FewAsync(string name, DeskArticleFilterInput where) =>
            OfAsync(name, where, isShort: hasMany);

        // Of the articles of a person who has many, most have no overdue take. So the overdue takes are read first.
        async Task<IQueryable<ArticleId>> TakesOverdueAsync()
        {
            var name = nameof(DeskCounts.TakesOverdue);
            if (!hasMany)
            {
                var few = await OfAsync(name, new() { Take = new() { Due = DuePeriod.Overdue } });
                return few.Select(place => place.ArticleId);
            }

            var (from, to) = newsroom.Bounds(DuePeriod.Overdue, now);
            return db
                .Takes.Where(t => t.DueAt >= from && t.DueAt < to)
                .Unsubmitted()
                .Select(t => t.ArticleId)
                .Distinct()
                .Where(id => listed.Any(l => l.ArticleId == id))
                .Take(LimitOf(name));
        }

        // Of a count that nobody asks for, no row is read. The statement is the same for all requests.
        async Task<IQueryable<DeskPlace>> OfAsync(string name, DeskArticleFilterInput where, bool isShort = false)
        {
            var filter = await DeskArticleFilter.CreateAsync(db, where, viewer, newsroom, now, cancellationToken);
            return filter.Places(db, DeskOrder.Updated, isShort: isShort).Take(LimitOf(name));
        }

        int LimitOf(string name) => asked.Has<DeskCounts>(name) ? DeskCounts.Most : 0;
    }
}
