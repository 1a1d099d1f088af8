using Cms.Access;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Articles.Workflow;

/// <summary>Who writes an article, and when it is due. Omitted fields keep their values; null clears a field.</summary>
public sealed record AssignArticleInput : MutationInput
{
    /// <summary>The article's id.</summary>
    public required ArticleId Id { get; init; }

    /// <summary>The id of the member of staff who writes it. Authors can work on the articles assigned to them.</summary>
    public Optional<StaffId?> Assignee { get; init; }

    /// <summary>When it should be finished.</summary>
    public Optional<DateTimeOffset?> DueAt { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>Assigns an article to a member of staff, and sets when it is due.</summary>
public sealed class AssignArticle(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<Article>> Handle(AssignArticleInput input, Actor actor, CancellationToken cancellationToken) =>
        database.ChangeArticleAsync(
            actor,
            input.Id,
            input.ExpectedVersion,
            async (db, article, token) =>
            {
                if (article.TrashedAt is not null)
                {
                    return new ArticleTrashed(article.Id) { Path = ["id"] };
                }

                var assignee = await db.StaffMemberAsync(input.Assignee.Value, "assignee", token);
                if (assignee.IsRefused)
                {
                    return assignee.Then(article);
                }

                article.Assign(
                    input.Assignee.HasValue ? assignee.Value : article.AssigneeKey,
                    input.DueAt.Or(article.DueAt)?.ToMilliseconds(),
                    actor.Contributor,
                    clock.Now()
                );
                return article;
            },
            cancellationToken
        );
}
