using Cms.Articles;
using Cms.Articles.Drafting;
using Cms.Articles.Gate;
using Cms.Articles.Publishing;
using Cms.Articles.Workflow;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media;
using Cms.Panel;
using Cms.Panel.Drafting;
using Cms.People;
using Cms.References;
using Cms.Taxonomy;
using Microsoft.EntityFrameworkCore;

namespace Cms.Import;

/// <summary>What the import of a story did.</summary>
/// <param name="Outcome">What happened to the article.</param>
/// <param name="Waiting">The takes that wait for a review.</param>
internal sealed record ImportedArticle(ImportOutcome Outcome, IReadOnlyList<WaitingTake> Waiting)
{
    public ImportedArticle(ImportOutcome outcome)
        : this(outcome, []) { }
}

/// <summary>An imported take that waits for a review, because a model drafted it.</summary>
/// <param name="Persona">The name of its persona.</param>
/// <param name="Model">The name of the model.</param>
internal sealed record WaitingTake(string Persona, string Model);

/// <summary>Imports one story. The article, its takes and its edition are saved in one transaction.</summary>
public sealed class ImportArticle(CmsDatabase database, PublishGate gate, TimeProvider clock)
{
    internal Task<Result<ImportedArticle>> Handle(ImportArticleInput input, CancellationToken cancellationToken) =>
        database.ImportAsync(input.By, input.DryRun, (db, token) => DecideAsync(db, input, token), cancellationToken);

    private async Task<Result<ImportedArticle>> DecideAsync(
        CmsDbContext db,
        ImportArticleInput input,
        CancellationToken cancellationToken
    )
    {
        var now = clock.Now();
        if (
            input.Status is ImportStatus.Published
            && new[] { input.Date, input.LatestDate }.Max() is { } latest
            && latest > now
        )
        {
            return new DateInFuture(latest) { Path = ["date"] };
        }

        if (input is { Status: ImportStatus.Published, ScheduledAt: not null })
        {
            return new ScheduledAsPublished { Path = ["scheduledAt"] };
        }

        var refusals = input.Content.Refusals();
        refusals.AddRange(input.Origin.Refusals());
        foreach (var take in input.Takes)
        {
            refusals.AddRange(TakeRevision.Refusals(new TakeDraft(take.Content, take.Anchor)));
            refusals.AddRange(take.Origin.Refusals());
        }

        if (refusals.Count > 0)
        {
            return refusals;
        }

        var hash = input.Hash();
        var article = await db.Articles.SingleOrDefaultAsync(a => a.ImportId == input.ImportId, cancellationToken);
        if (input.IsWithheld && article is { Status: ArticleStatus.Published })
        {
            var withdrawn = await db.WithdrawImportedAsync(article, "withheld", now, cancellationToken);
            return withdrawn.Then(new ImportedArticle(withdrawn.Value));
        }

        if (article?.ImportHash == hash)
        {
            return new ImportedArticle(ImportOutcome.Unchanged);
        }

        if (article is { TrashedAt: not null })
        {
            return new ArticleTrashed(article.Id) { Path = ["status"] };
        }

        if (ImportedCorrections.Refusals(input, article, now).ToList() is [_, ..] wrong)
        {
            return wrong;
        }

        var compared = await db.MissingAsync(article, input.Corrections, cancellationToken);
        if (!compared.Succeeded(out var missing, out var contradictions))
        {
            return contradictions.ToList();
        }

        // The hash contains the terms that the words of the item name, so a merge does not make the item look changed.
        // The content has the terms that they became.
        var terms = await db.LiveTermsAsync(input.Content, cancellationToken);
        var content = terms.In(input.Content, keepUnknown: input.DryRun);
        if (
            input.Status is ImportStatus.Published
            && !(input.EmbargoUntil > now)
            && article is { LiveEditionId: { } live }
            && await IsLiveAsync(db, input with { Content = content }, live, cancellationToken)
        )
        {
            if (article.ScheduledAt is { } at)
            {
                return new UpdateScheduledHere(article.Slug, at) { Path = ["status"] };
            }

            if (missing.Count == 0)
            {
                return new ImportedArticle(ImportOutcome.Unchanged);
            }
        }

        var isNew = article is null;
        Revision? before = null;
        if (article is null)
        {
            var slug = await db.ClaimSlugAsync(input.Slug, input.Content.Headline, null, cancellationToken);
            if (!slug.Succeeded(out var claimed, out var taken))
            {
                return taken.ToList();
            }

            article = new Article
            {
                Id = ArticleId.New(),
                Slug = claimed,
                ImportId = input.ImportId,
                CreatedAt = now,
            };
            db.Add(article);
        }
        else if (article.Status is ArticleStatus.Withdrawn)
        {
            return input.IsWithheld ? new ImportedArticle(ImportOutcome.Unchanged) : new WithdrawnHere(article.Slug);
        }
        else if (
            await db.Revisions.AnyAsync(
                r => r.Id == article.HeadId && r.Drafter.Kind != ContributorKind.Import,
                cancellationToken
            )
        )
        {
            return new EditedSinceImport(article.Slug);
        }
        else
        {
            before = await db.HeadOfAsync(article, cancellationToken);
        }

        // As with saveArticle, a text keeps the model of the text that it replaces.
        var origin = input.Origin.Inheriting(before?.DraftedWith, before?.EditedBy);
        var reviewer = input.TrustsReviews ? origin.ReviewedBy : null;
        if (origin.DraftedWith is { Model: var model } && reviewer is null && input.BecomesPublic(now))
        {
            return new UnreviewedText(model, origin.ReviewedBy) { Path = ["draftedWith"] };
        }

        if (await RefusePlanAsync(db, input, article, now, cancellationToken) is { } planned)
        {
            return planned;
        }

        article.ImportHash = hash;
        var head = article.Save(
            content,
            Contributor.Import,
            now,
            draftedWith: origin.DraftedWith,
            editedBy: origin.EditedBy
        );
        db.Add(head);
        if (origin.DraftedWith is not null && reviewer is not null)
        {
            head.ApproveElsewhere(reviewer);
        }

        var images = content.Images();
        if (!input.DryRun)
        {
            await db.RecordUsesAsync(
                MediaUseKind.WorkingCopy,
                article.Id,
                images.Select(image => image.Media),
                cancellationToken
            );
            await db.RecordReferencesAsync(UsageKind.WorkingCopy, article.Id, content.References(), cancellationToken);
        }

        var takes = await AddTakesAsync(db, article.Id, isNew, input, now, cancellationToken);
        if (!takes.Succeeded(out var added, out var refused))
        {
            return refused.ToList();
        }

        var imported = new ImportedArticle(isNew ? ImportOutcome.Added : ImportOutcome.Changed, added.Waiting);

        var submission = new Submission(article, head, Contributor.Import, now)
        {
            Takes = added.Panel.Count,
            AcknowledgesAll = true,
            ComingImages = input.ComingImages,
        };
        if (input.StaysDraft(now))
        {
            return (await PlanAsync(db, input, submission, cancellationToken)).Then(imported);
        }

        var issued = await IssueAsync(db, input, submission, missing, added.Panel, cancellationToken);
        return issued.Then(imported);
    }

    // The first edition has the story's date, and corrections and updates have theirs. Without any, a later edition has
    // the current time. All editions have the newest text, because a file has no other.
    private async Task<Result<Edition>> IssueAsync(
        CmsDbContext db,
        ImportArticleInput input,
        Submission submission,
        List<CorrectionItem> missing,
        IReadOnlyList<PanelTake> panel,
        CancellationToken cancellationToken
    )
    {
        var (article, head, by, now) = submission;
        var liveFrom = article.FirstPublishedAt is null ? input.Date?.ToMilliseconds() ?? now : now;
        List<CorrectionItem?> editions =
            article.LiveEditionId is null || missing.Count == 0 ? [null, .. missing] : [.. missing];
        var issued = await db.IssueAsync(gate, submission, Next(editions[0]), panel, cancellationToken);

        // What comes next cannot be refused any more. A dry run cannot save the first edition, which the next one needs.
        foreach (var later in input.DryRun ? [] : editions.Skip(1))
        {
            if (!issued.Succeeded(out var before, out _))
            {
                return issued;
            }

            issued = await db.RepeatAsync(article, before, Next(later), panel, cancellationToken);
        }

        return issued;

        Result<NextEdition> Next(CorrectionItem? entry) =>
            entry switch
            {
                null => article.Publish(head, by, now, liveFrom),
                { Kind: CorrectionKind.Update } => article.Publish(head, by, now, entry.At),
                _ => article.Correct(head, entry.Note!, entry.Severity ?? CorrectionSeverity.Minor, by, entry.At),
            };
    }

    // Returns whether the same content is already public. Importing it again would only end the schedule of an update.
    private static async Task<bool> IsLiveAsync(
        CmsDbContext db,
        ImportArticleInput input,
        EditionId live,
        CancellationToken cancellationToken
    )
    {
        var edition = await db.Editions.AsNoTracking().SingleAsync(e => e.Id == live, cancellationToken);
        var revision = await db
            .Revisions.AsNoTracking()
            .SingleAsync(r => r.Id == edition.RevisionId, cancellationToken);

        // The terms of an edition are not in its row.
        var terms = (await db.LiveTermsAsync(revision.Content, cancellationToken)).In(revision.Content);
        var shown = edition.Content! with { Tags = terms.Tags, Authors = terms.Authors, Tools = terms.Tools };
        var words = input with { Takes = [], ScheduledAt = null, EmbargoUntil = null, Origin = new TextOrigin() };
        if (words.Hash() != (words with { Content = shown }).Hash())
        {
            return false;
        }

        var takes = await db
            .EditionTakes.Where(t => t.EditionId == live)
            .Join(
                db.TakeRevisions.AsNoTracking(),
                t => t.RevisionId,
                r => r.Id,
                (t, r) =>
                    new
                    {
                        t.TakeId,
                        t.PersonaId,
                        t.Anchor,
                        t.InReplyTo,
                        Words = r,
                    }
            )
            .ToListAsync(cancellationToken);
        return Agrees(input.Origin, revision.DraftedWith)
            && input.Takes.All(take =>
                takes.Exists(t =>
                    t.PersonaId == take.Persona.Id
                    && t.Words.Content == take.Content
                    && AreSame(t.Anchor, take.Anchor)
                    && takes.Find(other => other.TakeId == t.InReplyTo)?.PersonaId == take.InReplyTo?.Id
                    && Agrees(take.Origin, t.Words.DraftedWith)
                )
            );
    }

    // A file that names no model inherits it.
    private static bool Agrees(TextOrigin origin, DraftedWith? model) =>
        origin.DraftedWith is null || origin.DraftedWith == model;

    private static bool AreSame(TakeAnchor? one, TakeAnchor? other) =>
        one?.BlockId == other?.BlockId && Anchors.Words(one?.Quote ?? "") == Anchors.Words(other?.Quote ?? "");

    // Rejects a draft of a published story, because saving a draft does not withdraw the story. Ends a schedule that
    // import made, but rejects the item if an editor made the schedule. An item with a new schedule skips these checks.
    private static async Task<UserError?> RefusePlanAsync(
        CmsDbContext db,
        ImportArticleInput input,
        Article article,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (input.ScheduledAt is not null)
        {
            return null;
        }

        if (
            input.Status is ImportStatus.Draft
            && !(input.EmbargoUntil > now)
            && article.Status is ArticleStatus.Published
        )
        {
            return new PublishedHere(article.Slug) { Path = ["status"] };
        }

        return await db.UnscheduleImportedAsync(article, now, cancellationToken);
    }

    // A story under embargo is saved as a draft. An embargo that has passed is ignored.
    private async Task<Result<ImportOutcome>> PlanAsync(
        CmsDbContext db,
        ImportArticleInput input,
        Submission submission,
        CancellationToken cancellationToken
    )
    {
        var (article, _, _, now) = submission;
        if (input.EmbargoUntil > now)
        {
            var embargo = article.SetEmbargo(input.EmbargoUntil, Contributor.Import, now);
            if (embargo.IsRefused)
            {
                return embargo.Errors.ToList();
            }
        }

        if (input.ScheduledAt is not { } at)
        {
            return ImportOutcome.Unchanged;
        }

        if (at <= now)
        {
            return new TimeNotAhead("scheduledAt") { Path = ["scheduledAt"] };
        }

        var scheduled = await db.ScheduleAsync(gate, submission with { At = at }, cancellationToken);
        return scheduled.Then(ImportOutcome.Unchanged);
    }

    // A take is not revised if its approved revision says the same, and not replaced if an editor approved other words.
    // A take that a model drafted waits for a review, unless its review is trusted.
    private async Task<Result<AddedTakes>> AddTakesAsync(
        CmsDbContext db,
        ArticleId article,
        bool isNew,
        ImportArticleInput input,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var existing = isNew ? [] : await db.PanelOfAsync(article, cancellationToken);
        var earlier = isNew
            ? []
            : await db.Takes.Where(t => t.ArticleId == article).ToDictionaryAsync(t => t.PersonaId, cancellationToken);

        // A take can answer one that comes later in the file.
        var ids = input.Takes.ToDictionary(
            take => take.Persona.Id,
            take => earlier.GetValueOrDefault(take.Persona.Id)?.Id ?? TakeId.New()
        );
        List<OtherTake> others = [];
        if (input.Takes.Any(take => take.InReplyTo is not null))
        {
            others = await OthersAsync(
                db,
                [.. earlier.Values.Where(t => t.Status is not TakeStatus.Retracted && !ids.ContainsKey(t.PersonaId))],
                cancellationToken
            );
            if (ImportedReplies.Refusals(input.Takes, others, persona => ids[persona]).ToList() is [_, ..] astray)
            {
                return astray;
            }
        }

        // A file cannot name a take that the article does not show.
        bool IsShown(TakeId? take) => existing.Any(p => p.Take.Id == take);

        List<PanelTake> panel = [];
        List<WaitingTake> waiting = [];
        var passages = new Anchors(input.Content.Body);
        foreach (var given in input.Takes)
        {
            var (persona, content, written) = given;
            var shown = existing.FirstOrDefault(p => p.Take.PersonaId == persona.Id);
            TakeId? answered = given.InReplyTo is { Id: var target }
                ? ids.TryGetValue(target, out var inFile)
                    ? inFile
                    : others.First(t => t.Persona == target).Id
                : null;
            if (
                shown?.Words is { } words
                && words.Content == content
                && (words.InReplyTo == answered || (answered is null && !IsShown(words.InReplyTo)))
                && AreSame(words.Anchor is { } old && passages.Match(old) ? old : null, given.Anchor)
                && Agrees(written, words.DraftedWith)
            )
            {
                continue;
            }

            var take = earlier.GetValueOrDefault(persona.Id);
            var head = take is null ? null : await db.HeadOfAsync(take, cancellationToken);
            var origin = written.Inheriting(head?.DraftedWith, head?.EditedBy);
            var reviewer = input.TrustsReviews ? origin.ReviewedBy : null;
            if (take is not null)
            {
                if (take.Status is TakeStatus.Retracted || shown is { Words.Drafter.Kind: not ContributorKind.Import })
                {
                    return new TakeEditedSinceImport(persona.Profile.Name) { Path = ["takes"] };
                }
            }
            else
            {
                take = new Take
                {
                    Id = ids[persona.Id],
                    ArticleId = article,
                    PersonaId = persona.Id,
                    CreatedAt = now,
                };
                db.Add(take);
            }

            var draft = new TakeDraft(content, given.Anchor, answered, origin.DraftedWith);
            if (origin.DraftedWith is { Model: var model } && reviewer is null)
            {
                waiting.Add(new WaitingTake(persona.Profile.Name, model));
                if (head?.ToDraft() == draft)
                {
                    continue;
                }
            }

            var saved = take.Save(draft, persona.ProfileNumber, origin.EditedBy, Contributor.Import, now);
            db.Add(saved);
            if (origin.DraftedWith is not null && reviewer is null)
            {
                take.Submit(Contributor.Import, now);
                continue;
            }

            // Without a model, the import stands for the people who wrote and reviewed the take.
            var by = reviewer is null
                ? Contributor.Import
                : new Contributor { Kind = ContributorKind.Person, Name = reviewer };
            if (await db.ApproveAsync(gate, take, by, now, cancellationToken) is { } refusal)
            {
                return refusal with { Path = ["takes", .. refusal.Path] };
            }

            panel.Add(PanelTake.Of(take, saved, persona.Profile, persona.Order, persona.IsAi));
        }

        var revised = panel.Select(p => p.Take.PersonaId).ToHashSet();
        return new AddedTakes(
            [.. existing.Where(p => !revised.Contains(p.Take.PersonaId)).Concat(panel).OrderBy(p => p.Order)],
            waiting
        );
    }

    private static async Task<List<OtherTake>> OthersAsync(
        CmsDbContext db,
        List<Take> takes,
        CancellationToken cancellationToken
    )
    {
        var ids = takes.SelectMany(t => new[] { t.HeadId, t.ApprovedRevisionId }).OfType<TakeRevisionId>().ToList();
        var answers = await db
            .TakeRevisions.Where(r => ids.Contains(r.Id) && r.InReplyTo != null)
            .Select(r => new { r.TakeId, Answered = r.InReplyTo!.Value })
            .ToListAsync(cancellationToken);
        var byTake = answers.ToLookup(r => r.TakeId, r => r.Answered);
        return [.. takes.Select(t => new OtherTake(t.Id, t.PersonaId, [.. byTake[t.Id]]))];
    }

    /// <param name="Panel">The takes of the next edition, in the panel's order.</param>
    /// <param name="Waiting">The takes of the file that wait for a review.</param>
    private sealed record AddedTakes(IReadOnlyList<PanelTake> Panel, IReadOnlyList<WaitingTake> Waiting);
}
