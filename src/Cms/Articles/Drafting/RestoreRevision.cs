using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media;
using Cms.People;
using Cms.References;
using Cms.Taxonomy;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Drafting;

/// <summary>The revision to restore.</summary>
public sealed record RestoreRevisionInput : MutationInput
{
    /// <summary>The article's id.</summary>
    public required ArticleId Id { get; init; }

    /// <summary>The id of the revision to restore.</summary>
    public required RevisionId Revision { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>Restores the content of an earlier revision as a new revision. No revision is lost.</summary>
public sealed class RestoreRevision(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<Article>> Handle(RestoreRevisionInput input, Actor actor, CancellationToken cancellationToken) =>
        database.ChangeArticleAsync<Article>(
            actor,
            input.Id,
            input.ExpectedVersion,
            async (db, article, token) =>
            {
                var found = await db
                    .Revisions.AsNoTracking()
                    .SingleOrDefaultAsync(r => r.Id == input.Revision && r.ArticleId == input.Id, token);
                if (found is not { } revision)
                {
                    return new RevisionNotFound(input.Revision) { Path = ["revision"] };
                }

                var head = await db.HeadOfAsync(article, token);

                // Terms that were deleted since are left out, because nothing else can be done about them here.
                var content = (await db.LiveTermsAsync(revision.Content, token)).In(revision.Content);
                await db.FollowHeadlineAsync(article, head.Content.Headline, content.Headline, token);
                db.Add(
                    article.Save(
                        content,
                        actor.Contributor,
                        clock.Now(),
                        restored: revision,
                        draftedWith: revision.DraftedWith,
                        editedBy: revision.EditedBy
                    )
                );
                await db.RecordUsesAsync(
                    MediaUseKind.WorkingCopy,
                    article.Id,
                    revision.Content.Images().Select(image => image.Media),
                    token
                );
                await db.RecordReferencesAsync(UsageKind.WorkingCopy, article.Id, content.References(), token);
                return article;
            },
            cancellationToken
        );
}
