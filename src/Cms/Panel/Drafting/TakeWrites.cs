using Cms.Articles;
using Cms.Articles.Desk;
using Cms.Data;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Panel.Drafting;

/// <summary>What the operations on takes share.</summary>
internal static class TakeWrites
{
    extension(CmsDatabase database)
    {
        /// <summary>
        /// Changes one take. Returns an error if it does not exist, if its article is not the actor's to work on, or if
        /// it is not at the expected version.
        /// </summary>
        /// <param name="actor">Who makes the change.</param>
        /// <param name="id">The take, from the input field <c>id</c>.</param>
        /// <param name="expectedVersion">The version the caller last read; null skips the check.</param>
        /// <param name="change">Makes the change in the transaction.</param>
        public Task<Result<Take>> ChangeTakeAsync(
            Actor actor,
            TakeId id,
            int? expectedVersion,
            Func<CmsDbContext, Take, CancellationToken, Task<Result<Take>>> change,
            CancellationToken cancellationToken
        ) =>
            database.WriteAsync<Take>(
                actor,
                async (db, token) =>
                {
                    var article = await db
                        .Takes.Where(t => t.Id == id)
                        .Select(t => (ArticleId?)t.ArticleId)
                        .SingleOrDefaultAsync(token);
                    if (article is not { } about || await db.IsHiddenFromAsync(about, actor, token))
                    {
                        return new TakeNotFound(id) { Path = ["id"] };
                    }

                    // Otherwise, operations on takes of one article would not see each other, or a publication.
                    await db.LockArticleAsync(about, token);
                    return await db.Takes.FindAsync([id], token) is not { } take
                            ? new TakeNotFound(id) { Path = ["id"] }
                        : take.Conflict(expectedVersion) is { } conflict ? conflict
                        : await change(db, take, token);
                },
                cancellationToken
            );
    }

    extension(CmsDbContext db)
    {
        /// <summary>Returns the take of a persona on an article, or a new one. Locks the article.</summary>
        public async Task<Take> TakeOfAsync(
            ArticleId article,
            PersonaId persona,
            DateTimeOffset now,
            CancellationToken cancellationToken
        )
        {
            await db.LockArticleAsync(article, cancellationToken);
            var take = await db.Takes.SingleOrDefaultAsync(
                t => t.ArticleId == article && t.PersonaId == persona,
                cancellationToken
            );
            if (take is null)
            {
                take = new Take
                {
                    Id = TakeId.New(),
                    ArticleId = article,
                    PersonaId = persona,
                    CreatedAt = now,
                };
                db.Add(take);
            }

            return take;
        }

        /// <summary>Returns the newest revision of a take; null if nobody has written it yet.</summary>
        public async Task<TakeRevision?> HeadOfAsync(Take take, CancellationToken cancellationToken)
        {
            if (take.HeadId is not { } id)
            {
                return null;
            }

            var head = await db.TakeRevisions.SingleAsync(r => r.Id == id, cancellationToken);
            db.Audit.Remember(head);
            return head;
        }

        /// <summary>Saves a new revision of a take, unless nothing has changed.</summary>
        /// <param name="take">The take.</param>
        /// <param name="edit">Returns the new words, given the newest ones.</param>
        /// <param name="model">The model that drafted them, if it was sent.</param>
        /// <param name="actor">Who saves them.</param>
        /// <param name="now">The current time.</param>
        /// <param name="cancellationToken">Cancels the operation.</param>
        public async Task<Result<Take>> SaveTakeAsync(
            Take take,
            Func<TakeDraft, TakeDraft> edit,
            Optional<DraftedWith?> model,
            Actor actor,
            DateTimeOffset now,
            CancellationToken cancellationToken
        )
        {
            var persona = await db.Personas.SingleAsync(p => p.Id == take.PersonaId, cancellationToken);
            if (!persona.IsActive)
            {
                return new PersonaInactive(persona.Id) { Path = ["persona"] };
            }

            var head = await db.HeadOfAsync(take, cancellationToken);
            if (!Provenance.Next(head?.DraftedWith, model, actor).Succeeded(out var origin, out var refused))
            {
                return refused.ToList();
            }

            var before = head?.ToDraft() ?? new TakeDraft(new TakeContent { Text = "" });
            var draft = edit(before) with { DraftedWith = origin.DraftedWith };
            if (
                draft.InReplyTo is { } reply
                && draft.InReplyTo != before.InReplyTo
                && await db.CannotReplyAsync(take, reply, cancellationToken) is { } astray
            )
            {
                return astray;
            }

            if (TakeRevision.Refusals(draft) is [_, ..] refusals)
            {
                return refusals;
            }

            // A retracted take returns with a new revision, even if its words are the same.
            if (head is null || draft != before || take.Status is TakeStatus.Requested or TakeStatus.Retracted)
            {
                // A changed anchor or target is not an edit of the words.
                var editedBy = origin.EditedBy(head?.EditedBy, draft.Content != head?.Content, actor.Contributor);
                db.Add(take.Save(draft, persona.ProfileNumber, editedBy, actor.Contributor, now));
            }

            return take;
        }

        // A reply answers a different take on the same article that is not a reply itself, and nothing replies to a reply.
        // This counts the newest revisions and those that are or will be public.
        private async Task<UserError?> CannotReplyAsync(Take take, TakeId reply, CancellationToken cancellationToken)
        {
            var target = await db.Takes.SingleOrDefaultAsync(
                t => t.Id == reply && t.ArticleId == take.ArticleId && t.Id != take.Id,
                cancellationToken
            );
            if (target is null)
            {
                return new TakeReplyElsewhere(reply) { Path = ["inReplyTo"] };
            }

            var (article, answering, answered) = (take.ArticleId, take.Id, target.Id);
            var live = db.Articles.Where(a => a.Id == article).Select(a => a.LiveEditionId);
            var isNested = await db
                .Takes.Where(t => t.ArticleId == article)
                .Join(
                    db.TakeRevisions.Where(r => r.InReplyTo != null),
                    t => t.Id,
                    r => r.TakeId,
                    (t, r) => new { Take = t, Words = r }
                )
                .AnyAsync(
                    x =>
                        (x.Words.InReplyTo == answering || x.Take.Id == answered)
                        && (
                            x.Take.HeadId == x.Words.Id
                            || x.Take.ApprovedRevisionId == x.Words.Id
                            || db.EditionTakes.Any(shown =>
                                live.Contains(shown.EditionId)
                                && shown.TakeId == x.Take.Id
                                && shown.RevisionId == x.Words.Id
                            )
                        ),
                    cancellationToken
                );
            return isNested ? new TakeReplyNested(reply) { Path = ["inReplyTo"] } : null;
        }
    }
}
