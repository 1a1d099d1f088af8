using Cms.Articles;
using Cms.Changes;
using Cms.Panel;

namespace Cms.Tests.Desk;

/// <summary>A small model of the desk: what each operation does, and why it is rejected.</summary>
internal sealed partial class DeskModel
{
    private static readonly TimeSpan LongestFold = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    public DateTimeOffset Now { get; set; }

    public List<Story> Stories { get; } = [];

    public List<Forward> Redirects { get; } = [];

    public List<Voice> Personas { get; } = [];

    public List<Opinion> Takes { get; } = [];

    public List<Remark> Comments { get; } = [];

    /// <summary>The public changes of the current operation.</summary>
    public List<(ChangeKind Kind, Func<string> Subject)> Changes { get; } = [];

    /// <summary>Whether the current operation folded an autosave into the one before it.</summary>
    public bool HasFolded { get; set; }

    public static bool IsEditor(Who who) => who is Who.Erin or Who.Ada;

    public IEnumerable<Story> Present => Stories.Where(story => !story.IsDeleted);

    public static bool MayWorkOn(Story story, Who who) =>
        IsEditor(who)
        || story.Assignee == who
        || story.Reviewer == who
        || story.Takes.Exists(take => take.Assignee == who)
        || story.Revisions.Exists(r => r.Drafter == who);

    public string? NotFound(Story story, Who who) =>
        story.IsDeleted || !MayWorkOn(story, who) ? "ArticleNotFound" : null;

    /// <summary>Returns the term that a term is now; null if it no longer exists.</summary>
    public static Label? Live(Label term) =>
        term.IsGone || term.IsDeleted ? null
        : term.MergedInto is not { } into ? term
        : into.IsGone || into.IsDeleted || into.MergedInto is not null ? null
        : into;

    public static List<Label> Live(IEnumerable<Label> terms) => [.. terms.Select(Live).OfType<Label>().Distinct()];

    public string? ClaimSlug(string slug, Story? by) =>
        slug == "search" ? "SlugReserved"
        : Present.Any(other => other != by && (other.Slug == slug || other.Editions.Exists(e => e.Slug == slug)))
            ? "SlugTaken"
        : null;

    /// <summary>Returns the slug that is made from the headline.</summary>
    public static string SlugOf(Words words) => words.Headline.ToLowerInvariant().Replace(' ', '-');

    public void Save(Story story, Words words, bool isFolding = false)
    {
        story.Slug = story.FollowsHeadline ? SlugOf(words) : story.Slug;
        words.SavedAt = Now;
        words.CreatedAt = Now;
        HasFolded = isFolding;
        if (isFolding)
        {
            words.Number = story.Head.Number;
            words.CreatedAt = story.Head.CreatedAt;
            story.Revisions.Remove(story.Head);
        }
        else
        {
            words.Number = story.Revisions.Count + 1;
        }

        story.Revisions.Add(words);
        if (story.Review is ReviewState.Approved)
        {
            (story.Review, story.Approved) = (ReviewState.InReview, null);
        }

        story.Version++;
    }

    public bool CanFold(Story story, Who who) =>
        story.Head is { IsAutosave: true, Label: null, RestoredFrom: null } head
        && head.Drafter == who
        && Now - head.CreatedAt < LongestFold
        && story.Approved != head
        && story.Scheduled != head
        && !story.Editions.Exists(e => e.Words == head)
        && !Comments.Exists(c => c.Words == head);

    private HashSet<(Opinion Take, int Revision)> PanelOf(Story story) =>
        [.. Takes.Where(take => take.Story == story && take.Approved > 0).Select(take => (take, take.Approved))];

    public Opinion? TakeOf(Story story, Voice persona) =>
        Takes.Find(take => take.Story == story && take.Persona == persona);

    /// <summary>Retracts a take. Readers who see it see the same edition without it.</summary>
    public void Retract(Opinion take)
    {
        var story = take.Story;
        (take.Approved, take.Status, take.IsStale) = (0, TakeStatus.Retracted, false);
        if (story.Live is { } live && live.Takes.Any(shown => shown.Take == take))
        {
            Reissue(story, [.. live.Takes.Where(shown => shown.Take != take)]);
        }
    }

    /// <summary>Shows the current edition with other takes.</summary>
    public void Reissue(Story story, HashSet<(Opinion Take, int Revision)> takes)
    {
        var live = story.Live!;
        Add(story, live with { Kind = EditionKind.Updated, Terms = live.Words!.Terms.Live(), Takes = takes });
        story.Version++;
    }

    private bool IsLive(Story story, Words words) =>
        story.Live is { } live && live.Words == words && live.Takes.SetEquals(PanelOf(story));

    private List<string> Gate(Story story, Words words, bool acknowledges)
    {
        List<string> refusals = [];
        if (words.Summary is null || words.Body is null)
        {
            refusals.Add("ArticleIncomplete");
        }

        if (story.Embargo > Now)
        {
            refusals.Add("ArticleUnderEmbargo");
        }

        if (HasOpenThread(story) || IsUnreviewed(words))
        {
            refusals.Add("CheckFailed");
        }

        if (HasWarning(words) && !acknowledges)
        {
            refusals.Add("WarningsNotAcknowledged");
        }

        return refusals;
    }

    public List<string> PublishHead(Story story, bool acknowledges)
    {
        if (IsLive(story, story.Head))
        {
            var isChanged = EndReview(story) | story.ScheduledAt is not null;
            if (story.ScheduledAt is not null)
            {
                EndPlans(story);
            }

            story.Version += isChanged ? 1 : 0;
            return [];
        }

        if (story.IsTrashed)
        {
            return ["ArticleTrashed"];
        }

        if (Gate(story, story.Head, acknowledges) is [_, ..] refusals)
        {
            return refusals;
        }

        Issue(story, story.Head, story.Live is null ? EditionKind.Published : EditionKind.Updated);
        return [];
    }

    public List<string> Correct(Story story, bool acknowledges)
    {
        if (Gate(story, story.Head, acknowledges) is [_, ..] refusals)
        {
            return refusals;
        }

        var before = story.Live!.Takes;
        Issue(story, story.Head, EditionKind.Corrected);
        foreach (var (take, _) in story.Live!.Takes.Intersect(before))
        {
            take.IsStale = true;
        }

        return [];
    }

    private void Issue(Story story, Words words, EditionKind kind)
    {
        if (kind is EditionKind.Published)
        {
            story.PublishedAt = Now;
        }

        Add(
            story,
            new Issued(kind, story.Slug, words, words.Terms.Live(), PanelOf(story)) { HasWarning = HasWarning(words) }
        );
        EndPlans(story);
        if (words == story.Head)
        {
            EndReview(story);
            story.IsAssigned = false;
        }

        (story.Status, story.FollowsHeadline) = (ArticleStatus.Published, false);
        story.Version++;
    }

    /// <summary>Shows the current edition under a new slug.</summary>
    public void Move(Story story, string slug)
    {
        (story.Slug, story.FollowsHeadline) = (slug, false);
        if (story.Live is { } live)
        {
            Add(
                story,
                live with
                {
                    Kind = EditionKind.Updated,
                    Slug = slug,
                    Terms = live.Words!.Terms.Live(),
                    HasWarning = false,
                }
            );
        }

        story.Version++;
    }

    private void Add(Story story, Issued edition)
    {
        foreach (var term in edition.Terms.All.Where(term => !term.IsPublic))
        {
            term.IsPublic = true;
            Shelves[term.Kind].AnnounceIfPublic(term);
        }

        story.Editions.Add(edition with { At = Now });
        Changes.Add(
            (
                edition.Kind switch
                {
                    EditionKind.Published => ChangeKind.ArticlePublished,
                    EditionKind.Corrected => ChangeKind.ArticleCorrected,
                    EditionKind.Withdrawn => ChangeKind.ArticleWithdrawn,
                    _ => ChangeKind.ArticleUpdated,
                },
                () => story.Id
            )
        );
    }

    public void Withdraw(Story story, Story? successor)
    {
        Add(story, new Issued(EditionKind.Withdrawn, story.Slug, null, TermSet.None, []) { Successor = successor });
        EndPlans(story);
        (story.WithdrawAt, story.PlannedSuccessor) = (null, null);
        story.Status = ArticleStatus.Withdrawn;
        story.Version++;
    }

    private static bool EndReview(Story story)
    {
        var isChanged = (story.Review, story.Reviewer) != (ReviewState.Drafting, null);
        (story.Review, story.Reviewer, story.Approved) = (ReviewState.Drafting, null, null);
        return isChanged;
    }

    private static void EndPlans(Story story) =>
        (story.ScheduledAt, story.Scheduled, story.Embargo, story.IsScheduleRefused) = (null, null, null, false);

    public List<string> Schedule(Story story, DateTimeOffset at, bool acknowledges)
    {
        if (at <= Now)
        {
            return ["TimeNotAhead"];
        }

        if (story.IsTrashed)
        {
            return ["ArticleTrashed"];
        }

        if (story.WithdrawAt <= at)
        {
            return ["WithdrawalScheduled"];
        }

        if (Gate(story, story.Head, acknowledges) is [_, ..] refusals)
        {
            return refusals;
        }

        EndPlans(story);
        (story.ScheduledAt, story.Scheduled, story.Acknowledges) = (at, story.Head, acknowledges);
        story.FollowsHeadline = false;
        story.Version++;
        return [];
    }

    public List<string> Unschedule(Story story)
    {
        if (story.ScheduledAt is null)
        {
            return ["ArticleNotScheduled"];
        }

        EndPlans(story);
        if (story.Live is null)
        {
            (story.WithdrawAt, story.PlannedSuccessor) = (null, null);
        }

        story.Version++;
        return [];
    }

    public List<string> SetEmbargo(Story story, DateTimeOffset? until)
    {
        if (until is null && story.Embargo is null)
        {
            return [];
        }

        if (until <= Now)
        {
            return ["TimeNotAhead"];
        }

        if (until is not null && story.IsTrashed)
        {
            return ["ArticleTrashed"];
        }

        if (until is not null && story.Live is not null)
        {
            return ["ArticleAlreadyPublished"];
        }

        if (until is not null && story.ScheduledAt is not null)
        {
            return ["ArticleScheduled"];
        }

        story.Embargo = until;
        story.Version++;
        return [];
    }

    public List<string> WithdrawNow(Story story, string reason, Story? successor, bool acknowledge)
    {
        if (successor is { Live: null })
        {
            return ["SuccessorNotFound"];
        }

        if (!acknowledge && story.Live is not null && IsUsed(story))
        {
            return ["ArticleInUse"];
        }

        if (story.Live is null)
        {
            return [story.Status is ArticleStatus.Withdrawn ? "ArticleAlreadyWithdrawn" : "ArticleNotPublished"];
        }

        if (reason.Length == 0)
        {
            return ["ReasonRequired"];
        }

        if (successor == story)
        {
            return ["SuccessorNotFound"];
        }

        Withdraw(story, successor);
        return [];
    }

    public List<string> ScheduleWithdrawal(
        Story story,
        DateTimeOffset at,
        string reason,
        Story? successor,
        bool acknowledge
    )
    {
        if (at <= Now)
        {
            return ["TimeNotAhead"];
        }

        if (successor is { Live: null })
        {
            return ["SuccessorNotFound"];
        }

        if (!acknowledge && story.Live is not null && IsUsed(story))
        {
            return ["ArticleInUse"];
        }

        if (story.Live is null && story.ScheduledAt is null)
        {
            return ["ArticleNotPublished"];
        }

        if (story.Live is null && at <= story.ScheduledAt)
        {
            return ["WithdrawalTooEarly"];
        }

        if (reason.Length == 0)
        {
            return ["ReasonRequired"];
        }

        if (successor == story)
        {
            return ["SuccessorNotFound"];
        }

        (story.WithdrawAt, story.PlannedSuccessor) = (at, successor);
        story.Version++;
        return [];
    }

    public List<string> UnscheduleWithdrawal(Story story)
    {
        if (story.WithdrawAt is null)
        {
            return ["WithdrawalNotScheduled"];
        }

        (story.WithdrawAt, story.PlannedSuccessor) = (null, null);
        story.Version++;
        return [];
    }

    /// <summary>Publishes and withdraws what is due. Returns the articles that could not be published.</summary>
    public List<Story> CarryOutDue()
    {
        List<Story> refused = [];
        foreach (var story in Present.Where(s => s.ScheduledAt <= Now).OrderBy(s => s.ScheduledAt).ToList())
        {
            if (IsLive(story, story.Scheduled!))
            {
                Unschedule(story);
            }
            else if (Gate(story, story.Scheduled!, story.Acknowledges).Count > 0)
            {
                RefuseSchedule(story);
                refused.Add(story);
            }
            else
            {
                Issue(story, story.Scheduled!, story.Live is null ? EditionKind.Published : EditionKind.Updated);
            }
        }

        // Articles are in the order of their ids, because that is the order in which they were created.
        foreach (var story in Present.Where(s => s.WithdrawAt <= Now).OrderBy(s => s.WithdrawAt).ToList())
        {
            if (story.Live is null)
            {
                UnscheduleWithdrawal(story);
            }
            else
            {
                Withdraw(story, story.PlannedSuccessor is { Live: not null } successor ? successor : null);
            }
        }

        return refused;
    }

    public List<string> Assign(Story story, Who? assignee, DateTimeOffset? dueAt)
    {
        if (story.IsTrashed)
        {
            return ["ArticleTrashed"];
        }

        if (
            (assignee, dueAt) != (story.Assignee, story.DueAt)
            || (!story.IsAssigned && (assignee is not null || dueAt is not null))
        )
        {
            (story.Assignee, story.DueAt) = (assignee, dueAt);
            story.IsAssigned = assignee is not null || dueAt is not null;
            story.Version++;
        }

        return [];
    }

    public static List<string> Submit(Story story, Who? reviewer)
    {
        if (story.IsTrashed)
        {
            return ["ArticleTrashed"];
        }

        if (story.Review is ReviewState.Approved)
        {
            return ["ArticleAlreadyApproved"];
        }

        if ((story.Review, story.Reviewer) != (ReviewState.InReview, reviewer))
        {
            (story.Review, story.Reviewer) = (ReviewState.InReview, reviewer);
            story.Version++;
        }

        return [];
    }

    public static List<string> TakeBack(Story story)
    {
        if (story.Review is not ReviewState.InReview)
        {
            return ["ArticleNotInReview"];
        }

        story.Review = ReviewState.Drafting;
        story.Version++;
        return [];
    }

    public List<string> RequestChanges(Story story, Who who, string text)
    {
        if (text.Length == 0)
        {
            return ["CommentRequired"];
        }

        if (story.IsTrashed)
        {
            return ["ArticleTrashed"];
        }

        if (story.Review is not (ReviewState.InReview or ReviewState.Approved))
        {
            return ["ArticleNotInReview"];
        }

        story.Head.IsReviewed = false;
        (story.Review, story.Approved) = (ReviewState.ChangesRequested, null);
        story.Version++;
        Comments.Add(new Remark(story, story.Head, who, null));
        return [];
    }

    public static List<string> Approve(Story story, Words? revision)
    {
        if (revision is not null && revision != story.Head)
        {
            return ["RevisionNotNewest"];
        }

        if (story.IsTrashed)
        {
            return ["ArticleTrashed"];
        }

        if (story.Review is ReviewState.Approved)
        {
            return [];
        }

        if (story.Review is not ReviewState.InReview)
        {
            return ["ArticleNotInReview"];
        }

        story.Head.IsReviewed = true;
        (story.Review, story.Approved) = (ReviewState.Approved, story.Head);
        story.Version++;
        return [];
    }

    public List<string> Trash(Story story, bool acknowledge)
    {
        if (story.Live is null && !story.IsTrashed && !acknowledge && IsUsed(story))
        {
            return ["ArticleInUse"];
        }

        if (story.Live is not null)
        {
            return ["ArticleStillPublished"];
        }

        if (!story.IsTrashed)
        {
            story.IsTrashed = true;
            (story.ScheduledAt, story.Scheduled, story.IsScheduleRefused) = (null, null, false);
            (story.WithdrawAt, story.PlannedSuccessor) = (null, null);
            story.Version++;
        }

        return [];
    }

    public List<string> Delete(Story story, bool acknowledge)
    {
        if (story.Editions.Count > 0)
        {
            return ["ArticleWasPublished"];
        }

        if (!story.IsTrashed)
        {
            return ["ArticleNotTrashed"];
        }

        if (!acknowledge && IsUsed(story))
        {
            return ["ArticleInUse"];
        }

        story.IsDeleted = true;
        LeaveFronts(story);
        Comments.RemoveAll(comment => comment.Story == story);
        Takes.RemoveAll(take => take.Story == story);
        return [];
    }

    public List<string> Visit(Story story, Who who, string tab, bool isTakingOver, bool isLeaving)
    {
        story.Pages.RemoveAll(page => page.ExpiresAt <= Now);
        var mine = story.Pages.Find(page => page.Who == who && page.Tab == tab);
        if (isLeaving)
        {
            story.Pages.RemoveAll(page => page == mine);
            return [];
        }

        if (mine is null)
        {
            mine = new Page(who, tab);
            story.Pages.Add(mine);
        }

        mine.ExpiresAt = Now + Lease;
        if (isTakingOver)
        {
            story.Pages.ForEach(page => page.IsHolder = false);
        }

        mine.IsHolder |= !story.Pages.Exists(page => page.IsHolder);
        return [];
    }

    public List<string> SaveRedirect(string from, string to, bool isStale)
    {
        if (IsContent(from))
        {
            return ["PathInUse"];
        }

        to = Redirects.Find(r => r.From == to)?.To ?? to;
        if (to == from)
        {
            return ["RedirectLoop"];
        }

        var saved = Redirects.Find(r => r.From == from);
        if (saved is not null && isStale)
        {
            return ["VersionConflict"];
        }

        if (saved is null)
        {
            saved = new Forward(from);
            Redirects.Add(saved);
        }

        saved.SavedAt = Now;
        foreach (var changed in Redirects.Where(r => r == saved || r.To == from))
        {
            changed.To = to;
            Changes.Add((ChangeKind.RedirectChanged, () => changed.Id));
        }

        return [];
    }

    private bool IsContent(string path) => Page(path)?.IsContent is true;

    private (bool IsContent, string Where)? Page(string path)
    {
        if (SlugIn(path, "/articles/") is { } slug && Present.FirstOrDefault(s => s.Live?.Slug == slug) is { } story)
        {
            return (true, story.Id);
        }

        foreach (var shelf in Shelves.Values)
        {
            if (SlugIn(path, shelf.Path) is { } name && shelf.Find(name) is { } term)
            {
                return term.Slug == name ? (true, term.Id) : (false, shelf.Path + term.Slug);
            }
        }

        return null;
    }

    /// <summary>Returns where a path leads: an id, → and a path, gone, or nothing.</summary>
    public string Route(string path)
    {
        var page = Page(path);
        if (page is (true, var id))
        {
            return id;
        }

        var slugHere = SlugIn(path, "/articles/");
        if (
            Redirects.Find(r => r.From == path) is { } redirect
            && (slugHere is null || !(WithdrawnAt(slugHere) > redirect.SavedAt))
        )
        {
            var former =
                SlugIn(redirect.To, "/articles/") is { } target
                && !IsContent(redirect.To)
                && Former(target) is { } moved
                && moved.StartsWith('→')
                    ? moved
                    : null;
            return former ?? $"→{redirect.To}";
        }

        return page is (false, var to) ? $"→{to}"
            : slugHere is not null ? Former(slugHere) ?? "nothing"
            : "nothing";
    }

    private DateTimeOffset? WithdrawnAt(string slug) =>
        OwnerOf(slug) is { Live: null } story ? story.Editions[^1].At : null;

    private Story? OwnerOf(string slug) => Present.FirstOrDefault(s => s.Editions.Exists(e => e.Slug == slug));

    private string? Former(string slug) =>
        OwnerOf(slug) is not { } story ? null
        : story.Live is { } live ? $"→/articles/{live.Slug}"
        : "gone";

    private static string? SlugIn(string path, string prefix) =>
        path.StartsWith(prefix, StringComparison.Ordinal) ? path[prefix.Length..] : null;
}
