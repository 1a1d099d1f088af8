using Cms.Body;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media;
using Cms.People;
using Cms.References;
using Cms.Taxonomy;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Drafting;

public sealed record SaveArticleInput
{
    public required ArticleId Id { get; init; }

    /// <summary>
    /// Returns the new working copy, given the current one. It is called in the transaction, once for each attempt. If it
    /// returns the same object, no revision is made.
    /// </summary>
    public required Func<ArticleContent, ArticleContent> Edit { get; init; }

    /// <summary>The new body in the form the author sent; null if the edited content has the body.</summary>
    public BodyInput? Body { get; init; }

    /// <summary>The model that drafted the content, if it was sent.</summary>
    public Optional<DraftedWith?> DraftedWith { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }

    /// <summary>Whether the page saves automatically, without a command from the editor.</summary>
    public bool Autosave { get; init; }
}

/// <summary>
/// Saves the working copy as a new revision. The public article does not change. A series of autosaves by one person
/// becomes one revision: an autosave replaces the previous one if that is the newest revision, is less than ten minutes
/// old and is not named by anything else. The new revision gets its number and a new id, so that an id always means the
/// same words.
/// </summary>
public sealed class SaveArticle(CmsDatabase database, EmbedHosts hosts, TimeProvider clock)
{
    public Task<Result<Article>> Handle(SaveArticleInput input, Actor actor, CancellationToken cancellationToken) =>
        database.ChangeArticleAsync<Article>(
            actor,
            input.Id,
            input.ExpectedVersion,
            async (db, article, token) =>
            {
                if (input.Autosave)
                {
                    // Otherwise, the newest revision could get a label or a comment while this replaces it.
                    await db.LockArticleAsync(article.Id, token);
                }

                var head = await db.HeadOfAsync(article, token);

                // Editors see what merged terms have become, and edit that.
                var terms = await db.LiveTermsAsync(head.Content, token);
                var current = terms.In(head.Content, keepUnknown: true);
                var edited = input.Edit(current);
                if (ReferenceEquals(edited, current) && input.Body is null)
                {
                    return article;
                }

                var written = await db.WithBodyAsync(edited, input.Body, !actor.Is(Role.Editor), hosts, token);
                var refusals = edited.Refusals();
                terms = await db.LiveTermsAsync(edited, token, terms);
                refusals.AddRange(await db.MissingReferencesAsync(edited, terms, token));
                refusals.AddRange(written.Errors);
                var images = (written.Value ?? edited).Images();
                refusals.AddRange(await db.MissingMediaAsync(images, token));
                var origin = Provenance.Next(head.DraftedWith, input.DraftedWith, actor);
                refusals.AddRange(origin.Errors);
                if (refusals.Count > 0)
                {
                    return refusals;
                }

                var now = clock.Now();
                // A change of the model is an act with an entry of its own.
                var folded =
                    input.Autosave
                    && origin.Value!.DraftedWith == head.DraftedWith
                    && await db.CanFoldAsync(article, head, actor, now, token)
                        ? head
                        : null;
                var content = terms.In(written.Value!);
                var hasNewSlug = await db.FollowHeadlineAsync(article, head.Content.Headline, content.Headline, token);
                if (folded is not null)
                {
                    // The first autosave of a series has an entry. The next act has its last text as the one before. It
                    // does not have the slug before, so a new slug always has an entry.
                    if (!hasNewSlug)
                    {
                        db.Audit.Skip();
                    }

                    db.Remove(folded);
                }

                db.Add(
                    article.Save(
                        content,
                        actor.Contributor,
                        now,
                        isAutosave: input.Autosave,
                        folded: folded,
                        draftedWith: origin.Value!.DraftedWith,
                        editedBy: origin.Value!.EditedBy(
                            head.EditedBy,
                            content.HasOtherWords(head.Content),
                            actor.Contributor
                        )
                    )
                );
                await db.RecordUsesAsync(
                    MediaUseKind.WorkingCopy,
                    article.Id,
                    images.Select(image => image.Media),
                    token
                );
                await db.RecordReferencesAsync(UsageKind.WorkingCopy, article.Id, content.References(), token);
                return article;
            },
            cancellationToken
        );
}

internal static class AutosaveFolding
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    extension(CmsDbContext db)
    {
        /// <summary>Returns whether an autosave can replace the newest revision.</summary>
        public async Task<bool> CanFoldAsync(
            Article article,
            Revision head,
            Actor actor,
            DateTimeOffset now,
            CancellationToken cancellationToken
        ) =>
            head is { IsAutosave: true, Label: null, RestoredFrom: null }
            && head.Drafter == actor.Contributor
            && now - head.CreatedAt < Longest
            && article.ApprovedRevisionId != head.Id
            && article.ScheduledRevisionId != head.Id
            && !await db.Editions.AnyAsync(e => e.ArticleId == article.Id && e.RevisionId == head.Id, cancellationToken)
            && !await db.Comments.AnyAsync(
                c => c.ArticleId == article.Id && c.RevisionId == head.Id,
                cancellationToken
            );
    }
}
