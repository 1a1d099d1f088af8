using Cms.Access;
using Cms.Articles;
using Cms.Articles.Desk;
using Cms.Articles.Publishing;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media;
using Cms.Panel.Reading;
using Cms.People;
using Cms.Reading;
using GraphQL;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Cms.Panel.Desk;

/// <summary>A persona as staff see it.</summary>
[ObjectType<Persona>(
    Name = "DeskPersona",
    Bind = Bind.Explicit,
    Fields = [
        nameof(Persona.Id),
        nameof(Persona.Slug),
        nameof(Persona.AccentColour),
        nameof(Persona.Order),
        nameof(Persona.IsActive),
        nameof(Persona.IsAi),
        nameof(Persona.ProfileNumber),
        nameof(Persona.UpdatedAt),
        nameof(Persona.UpdatedBy),
        nameof(Persona.Version),
    ]
)]
public static class DeskPersonaNode
{
    /// <summary>The persona's name.</summary>
    public static string GetName([Parent] Persona persona) => persona.Profile.Name;

    /// <summary>The persona's perspective on the news.</summary>
    public static string GetLens([Parent] Persona persona) => persona.Profile.Lens;

    /// <summary>A description of the persona; null if there is none.</summary>
    public static string? GetBio([Parent] Persona persona) => persona.Profile.Bio;

    /// <summary>The id of the picture as it was saved, whether or not it may be shown now; null if there is none.</summary>
    public static MediaId? GetAvatarId([Parent] Persona persona) => persona.AvatarId;

    /// <summary>The persona's picture; null if there is none or it may not be shown.</summary>
    public static IDataLoaderResult<IDataLoaderResult<ShownImage?>>? GetAvatarAsync(
        [Parent] Persona persona,
        [Service] ShownImages images
    ) => images.OfAny(persona.AvatarId);

    /// <summary>How the persona writes; null if nothing is specified. Visible to staff only.</summary>
    public static string? GetVoiceGuide([Parent] Persona persona) => persona.Profile.VoiceGuide;
}

/// <summary>A persona's take on an article as staff see it, whether or not it is public.</summary>
[ObjectType<Take>(
    Name = "DeskTake",
    Bind = Bind.Explicit,
    Fields = [
        nameof(Take.Id),
        nameof(Take.Status),
        nameof(Take.StatusChangedAt),
        nameof(Take.RevisionCount),
        nameof(Take.Brief),
        nameof(Take.DueAt),
        nameof(Take.RequestedBy),
        nameof(Take.StaleAt),
        nameof(Take.RetractionReason),
        nameof(Take.CreatedAt),
        nameof(Take.UpdatedAt),
        nameof(Take.UpdatedBy),
        nameof(Take.Version),
    ]
)]
public static class DeskTakeNode
{
    /// <summary>The newest revision; null if nobody has written the take yet.</summary>
    public static IDataLoaderResult<TakeRevision?> GetHeadAsync(
        [Parent(nameof(Take.HeadId))] Take take,
        [Service] TakeRevisionById revisions
    ) => revisions.Head(take, head => head);

    /// <summary>
    /// The approved revision; null if no revision is approved. If it is not public yet, it becomes public when the
    /// article is next published, updated or corrected.
    /// </summary>
    public static IDataLoaderResult<TakeRevision?> GetApprovedRevisionAsync(
        [Parent(nameof(Take.ApprovedRevisionId))] Take take,
        [Service] TakeRevisionById revisions
    ) => take.ApprovedRevisionId is { } approved ? revisions.Load(approved) : LoaderResults.Ready<TakeRevision?>(null);

    /// <summary>The newest revisions, newest first, at most 50.</summary>
    [ListSize(50)]
    public static IDataLoaderResult<List<TakeRevision>> GetRevisionsAsync(
        [Parent] Take take,
        [Service] RevisionsOfTake revisions
    ) => revisions.Load(take.Id);

    /// <summary>The text of the newest revision; null if nobody has written the take yet.</summary>
    public static IDataLoaderResult<string?> GetTextAsync([Parent] Take take, [Service] TakeRevisionById revisions) =>
        revisions.Head(take, head => head.Content.Text);

    /// <summary>The position that the newest revision adopts.</summary>
    public static IDataLoaderResult<Stance?> GetStanceAsync([Parent] Take take, [Service] TakeRevisionById revisions) =>
        revisions.Head(take, Stance? (head) => head.Content.Stance);

    /// <summary>The persona's confidence in the take, from 0 to 100.</summary>
    public static IDataLoaderResult<int?> GetConfidenceAsync(
        [Parent] Take take,
        [Service] TakeRevisionById revisions
    ) => revisions.Head(take, int? (head) => head.Content.Confidence);

    /// <summary>A one-line summary of the take; null if there is none.</summary>
    public static IDataLoaderResult<string?> GetVerdictAsync(
        [Parent] Take take,
        [Service] TakeRevisionById revisions
    ) => revisions.Head(take, head => head.Content.Verdict);

    /// <summary>The passage that the newest revision refers to; null for the whole article.</summary>
    public static IDataLoaderResult<TakeAnchor?> GetAnchorAsync(
        [Parent] Take take,
        [Service] TakeRevisionById revisions
    ) => revisions.Head(take, head => head.Anchor);

    /// <summary>
    /// Whether the working copy still has the passage that the newest revision refers to; null if it refers to the
    /// whole article. If the value is false and this working copy is published, readers see the take without an anchor.
    /// </summary>
    public static IDataLoaderResult<IDataLoaderResult<bool?>> GetAnchorMatchesAsync(
        [Parent] Take take,
        [Service] TakeRevisionById revisions,
        [Service] AnchorsOfArticle anchors
    ) =>
        revisions
            .Head(take, head => head.Anchor)
            .Then(anchor =>
                anchor is null
                    ? LoaderResults.Ready<bool?>(null)
                    : anchors.Load(take.ArticleId).Then(bool? (found) => found?.Match(anchor) is true)
            );

    /// <summary>The id of the take that the newest revision replies to; null if it is not a reply.</summary>
    public static IDataLoaderResult<TakeId?> GetInReplyToAsync(
        [Parent] Take take,
        [Service] TakeRevisionById revisions
    ) => revisions.Head(take, head => head.InReplyTo);

    /// <summary>The number of the newest revision; null if nobody has written the take yet.</summary>
    public static IDataLoaderResult<int?> GetNumberAsync([Parent] Take take, [Service] TakeRevisionById revisions) =>
        revisions.Head(take, int? (head) => head.Number);

    /// <summary>Who drafted the newest revision.</summary>
    public static IDataLoaderResult<string?> GetDrafterAsync(
        [Parent] Take take,
        [Service] TakeRevisionById revisions
    ) => revisions.Head(take, head => head.Drafter.Name);

    /// <summary>The AI model that drafted the newest revision; null if a person did.</summary>
    public static IDataLoaderResult<DraftedWith?> GetDraftedWithAsync(
        [Parent] Take take,
        [Service] TakeRevisionById revisions
    ) => revisions.Head(take, head => head.DraftedWith);

    /// <summary>
    /// The AI disclosure that readers would see if the newest revision were published now; null if there is nothing to
    /// disclose.
    /// </summary>
    public static IDataLoaderResult<IDataLoaderResult<string?>> GetDisclosureAsync(
        [Parent] Take take,
        [Service] TakeRevisionById revisions,
        [Service] PersonaById personas
    ) =>
        revisions
            .Head(take, head => head)
            .Then(head =>
                head is null
                    ? LoaderResults.Ready<string?>(null)
                    : personas
                        .Load(
                            take.PersonaId,
                            Columns.Set<PublicPersona>(nameof(PublicPersona.Name), nameof(PublicPersona.IsAi))
                        )
                        .Then(persona => Disclosures.Of(head, persona!.Name, persona.IsAi))
            );

    /// <summary>Who approved the newest revision; null if it has not been approved.</summary>
    public static IDataLoaderResult<string?> GetReviewerAsync(
        [Parent] Take take,
        [Service] TakeRevisionById revisions
    ) => revisions.Head(take, head => head.Reviewer?.Name);

    /// <summary>When the newest revision was approved; null if it has not been approved.</summary>
    public static IDataLoaderResult<DateTimeOffset?> GetApprovedAtAsync(
        [Parent] Take take,
        [Service] TakeRevisionById revisions
    ) => revisions.Head(take, head => head.ApprovedAt);

    /// <summary>Whether the due date has passed and the take still has to be written or submitted.</summary>
    public static bool IsOverdue([Parent] Take take, [Service] TimeProvider clock) => take.IsOverdue(clock.Now());

    /// <summary>
    /// Whether a correction has made the published take stale, and nobody has confirmed it or approved a newer revision
    /// since.
    /// </summary>
    public static bool IsStale([Parent(nameof(Take.StaleAt))] Take take) => take.StaleAt is not null;

    /// <summary>When the take should be written, in the newsroom's time zone; null if no date is set.</summary>
    public static DateTime? GetDueAtLocal([Parent(nameof(Take.DueAt))] Take take, [Service] NewsroomTime newsroom) =>
        take.DueAt is { } at ? newsroom.LocalOf(at) : null;

    /// <summary>The person who writes the take; null if nobody is assigned.</summary>
    public static IDataLoaderResult<StaffMember?>? GetAssigneeAsync(
        [Parent(nameof(Take.AssigneeKey))] Take take,
        [Service] StaffByKey staff
    ) => take.AssigneeKey is { } key ? staff.Load(key) : null;

    /// <summary>The article that the take is about.</summary>
    public static IDataLoaderResult<Article?> GetArticleAsync(
        [Parent(nameof(Take.ArticleId))] Take take,
        [Service] DeskArticleById articles
    ) => articles.Load(take.ArticleId);

    /// <summary>The persona that the take is written for, with its current profile.</summary>
    public static IDataLoaderResult<PublicPersona> GetPersonaAsync(
        [Parent(nameof(Take.PersonaId))] Take take,
        [Service] PersonaById personas,
        IResolveFieldContext context
    ) => personas.Load(take.PersonaId, context.Asked<PublicPersona>())!;
}

/// <summary>A saved text of a take.</summary>
[ObjectType<TakeRevision>(
    Name = "DeskTakeRevision",
    Bind = Bind.Explicit,
    Fields = [
        nameof(TakeRevision.Id),
        nameof(TakeRevision.Number),
        nameof(TakeRevision.Anchor),
        nameof(TakeRevision.InReplyTo),
        nameof(TakeRevision.DraftedWith),
        nameof(TakeRevision.CreatedAt),
        nameof(TakeRevision.ApprovedAt),
    ]
)]
public static class DeskTakeRevisionNode
{
    /// <summary>The text.</summary>
    public static string GetText([Parent] TakeRevision revision) => revision.Content.Text;

    /// <summary>The position that it adopts.</summary>
    public static Stance GetStance([Parent] TakeRevision revision) => revision.Content.Stance;

    /// <summary>The persona's confidence, from 0 to 100.</summary>
    public static int GetConfidence([Parent] TakeRevision revision) => revision.Content.Confidence;

    /// <summary>A one-line summary; null if there is none.</summary>
    public static string? GetVerdict([Parent] TakeRevision revision) => revision.Content.Verdict;

    /// <summary>Who drafted it.</summary>
    public static string GetDrafter([Parent] TakeRevision revision) => revision.Drafter.Name;

    /// <summary>Who approved it; null if nobody did.</summary>
    public static string? GetReviewer([Parent] TakeRevision revision) => revision.Reviewer?.Name;
}

[ObjectType<Article>(Name = "DeskArticle", Bind = Bind.Explicit)]
public static class DeskArticleTakes
{
    /// <summary>
    /// All takes on the article, including takes that were only requested and takes that are not approved, earliest
    /// first.
    /// </summary>
    [ListSize(10)]
    public static IDataLoaderResult<List<Take>> GetTakesAsync(
        [Parent] Article article,
        [Service] TakesByArticle takes
    ) => takes.Load(article.Id);
}

/// <summary>Loads all takes on articles, including those that readers cannot see.</summary>
public sealed class TakesByArticle(ReadContexts contexts) : GroupLoader<ArticleId, Take>
{
    protected override ArticleId KeyOf(Take row) => row.ArticleId;

    protected override async Task<List<Take>> ReadRowsAsync(
        List<ArticleId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        return await lease
            .Db.Takes.AsNoTracking()
            .Where(t => keys.Contains(t.ArticleId))
            .OrderBy(t => t.Id)
            .ToListAsync(cancellationToken);
    }
}

/// <summary>Loads takes by id. The caller must first check that the viewer is allowed to see their articles.</summary>
public sealed class DeskTakeById(ReadContexts contexts) : BatchLoader<TakeId, Take?>
{
    protected override async Task<Dictionary<TakeId, Take?>> ReadAsync(
        List<TakeId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        return await lease
            .Db.Takes.AsNoTracking()
            .Where(t => keys.Contains(t.Id))
            .ToDictionaryAsync(t => t.Id, Take? (t) => t, cancellationToken);
    }
}

/// <summary>Loads revisions of takes by id. The caller must first check that the viewer is allowed to see the article.</summary>
public sealed class TakeRevisionById(ReadContexts contexts) : BatchLoader<TakeRevisionId, TakeRevision?>
{
    /// <summary>Loads a value of the newest revision of a take; null if nobody has written it yet.</summary>
    public IDataLoaderResult<T?> Head<T>(Take take, Func<TakeRevision, T?> value) =>
        take.HeadId is { } head
            ? Load(head).Then(T? (revision) => revision is null ? default : value(revision))
            : LoaderResults.Ready<T?>(default);

    protected override async Task<Dictionary<TakeRevisionId, TakeRevision?>> ReadAsync(
        List<TakeRevisionId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        return await lease
            .Db.TakeRevisions.AsNoTracking()
            .Where(r => keys.Contains(r.Id))
            .ToDictionaryAsync(r => r.Id, TakeRevision? (r) => r, cancellationToken);
    }
}

/// <summary>Loads the newest revisions of takes, newest first.</summary>
public sealed class RevisionsOfTake(ReadContexts contexts) : GroupLoader<TakeId, TakeRevision>
{
    private const int Most = 50;

    protected override TakeId KeyOf(TakeRevision row) => row.TakeId;

    protected override async Task<List<TakeRevision>> ReadRowsAsync(
        List<TakeId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        return await lease
            .Db.TakeRevisions.AsNoTracking()
            .Where(r => keys.Contains(r.TakeId))
            .Join(lease.Db.Takes, r => r.TakeId, t => t.Id, (revision, take) => new { revision, take })
            .Where(x => x.revision.Number > x.take.RevisionCount - Most)
            .OrderByDescending(x => x.revision.Number)
            .Select(x => x.revision)
            .ToListAsync(cancellationToken);
    }
}

/// <summary>Loads the passages of working copies, to find what takes refer to.</summary>
public sealed class AnchorsOfArticle(ReadContexts contexts) : BatchLoader<ArticleId, Anchors?>
{
    protected override async Task<Dictionary<ArticleId, Anchors?>> ReadAsync(
        List<ArticleId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        var heads = await lease
            .Db.Articles.AsNoTracking()
            .Where(a => keys.Contains(a.Id))
            .Join(
                lease.Db.Revisions,
                a => a.HeadId,
                r => r.Id,
                (article, head) => new { article.Id, head.Content.Body }
            )
            .ToListAsync(cancellationToken);
        return heads.ToDictionary(head => head.Id, Anchors? (head) => new Anchors(head.Body));
    }
}
