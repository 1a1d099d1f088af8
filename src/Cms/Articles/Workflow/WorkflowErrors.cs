using Cms.GraphQL;

namespace Cms.Articles.Workflow;

/// <summary>The action needs a value that is missing.</summary>
/// <param name="Fields">The missing fields. At least one of them is needed.</param>
public sealed record BulkValueRequired(IReadOnlyList<string> Fields)
    : UserError($"Set {string.Join(" or ", Fields)}: this action needs it.");

/// <summary>The database was busy or did not respond, so the article may not have been changed.</summary>
/// <param name="ArticleId">The article's id.</param>
public sealed record ArticleNotSaved(ArticleId ArticleId)
    : UserError("The database was busy or did not respond, so this article may not have been changed. Send it again.");

/// <summary>The article is not in review.</summary>
/// <param name="ArticleId">The article's id.</param>
public sealed record ArticleNotInReview(ArticleId ArticleId)
    : UserError("The article is not in review. Submit it for review first, or add a comment with addComment.");

/// <summary>The newest revision is already approved.</summary>
/// <param name="ArticleId">The article's id.</param>
public sealed record ArticleAlreadyApproved(ArticleId ArticleId)
    : UserError(
        "The newest revision is already approved. Publish it, or save a change: the article is then in review."
    );

/// <summary>Somebody saved a newer revision than the one to approve.</summary>
/// <param name="NewestRevisionId">The newest revision.</param>
public sealed record RevisionNotNewest(RevisionId NewestRevisionId)
    : UserError("There is a newer revision. Read it, and approve that one.");

/// <summary>The article is in the trash.</summary>
/// <param name="ArticleId">The article's id.</param>
public sealed record ArticleTrashed(ArticleId ArticleId)
    : UserError("The article is in the trash. Restore it first with restoreArticle.");

/// <summary>The article is not in the trash, so it cannot be deleted for good.</summary>
/// <param name="ArticleId">The article's id.</param>
public sealed record ArticleNotTrashed(ArticleId ArticleId)
    : UserError("Only articles in the trash can be deleted for good. Put it there first with trashArticle.");

/// <summary>The article is published, so it cannot be put in the trash.</summary>
/// <param name="ArticleId">The article's id.</param>
public sealed record ArticleStillPublished(ArticleId ArticleId)
    : UserError("This article is published. Withdraw it first, so that its page says why it is gone.");

/// <summary>The article was public, so its editions are part of the public record and cannot be deleted.</summary>
/// <param name="ArticleId">The article's id.</param>
public sealed record ArticleWasPublished(ArticleId ArticleId)
    : UserError("This article was public, so it cannot be deleted. Leave it in the trash.");
