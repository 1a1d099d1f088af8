using Cms.Access;
using Cms.Articles.Drafting;
using Cms.Data;
using Cms.GraphQL;
using Cms.GraphQL.Execution;
using Cms.People;
using Cms.Taxonomy;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Workflow;

/// <summary>What to do with each of several articles.</summary>
public enum BulkAction
{
    /// <summary>Add the tag whose id is `tagId`.</summary>
    AddTag,

    /// <summary>Remove the tag whose id is `tagId`.</summary>
    RemoveTag,

    /// <summary>Set the category to categoryId, or to none if categoryId is null.</summary>
    SetCategory,

    /// <summary>
    /// Submit the newest revision for review; if `reviewer` is given, that person is asked to review it.
    /// </summary>
    Submit,

    /// <summary>Put the article in the trash.</summary>
    Trash,

    /// <summary>Set `assignee` and `dueAt`. If one of them is omitted, its value does not change.</summary>
    Assign,
}

/// <summary>The articles to change, and the action with its values.</summary>
public sealed record BulkArticlesInput : MutationInput
{
    public const int MaxIds = 100;

    /// <summary>
    /// The ids of the articles, at most 100. Repeated ids count towards the limit, but each article is changed only
    /// once.
    /// </summary>
    [ListLength(MaxIds)]
    public required IReadOnlyList<ArticleId> Ids { get; init; }

    /// <summary>What to do with each article.</summary>
    public required BulkAction Action { get; init; }

    /// <summary>The tag to add or to remove.</summary>
    public TagId? TagId { get; init; }

    /// <summary>The category to set; null for none.</summary>
    public Optional<CategoryId?> CategoryId { get; init; }

    /// <summary>The member of staff who is asked to review the articles; null for any editor.</summary>
    public Optional<StaffId?> Reviewer { get; init; }

    /// <summary>The member of staff who writes the articles; null for nobody.</summary>
    public Optional<StaffId?> Assignee { get; init; }

    /// <summary>When the articles should be finished; null for no date.</summary>
    public Optional<DateTimeOffset?> DueAt { get; init; }

    /// <summary>
    /// Whether to put articles in the trash even if a published article embeds them, a front contains them or the
    /// notice of a withdrawn article names them. By default, articles in use are not put in the trash, and the errors
    /// list the uses.
    /// </summary>
    public bool AcknowledgeUse { get; init; }

    /// <summary>The fields of which the action needs at least one; empty if it needs none.</summary>
    internal IReadOnlyList<string> MissingFields =>
        Action switch
        {
            BulkAction.AddTag or BulkAction.RemoveTag when TagId is null => ["tagId"],
            BulkAction.SetCategory when !CategoryId.HasValue => ["categoryId"],
            BulkAction.Assign when !Assignee.HasValue && !DueAt.HasValue => ["assignee", "dueAt"],
            _ => [],
        };
}

/// <summary>The results of an action on several articles.</summary>
/// <param name="Items">One result per article, in the order of the request.</param>
public sealed record BulkResult([property: ListSize(BulkArticlesInput.MaxIds)] IReadOnlyList<BulkItem> Items);

/// <summary>The result for one article.</summary>
/// <param name="ArticleId">The id from the request.</param>
/// <param name="Article">The article; null if it was not changed.</param>
/// <param name="Errors">The reasons why it was not changed; empty if the action succeeded.</param>
public sealed record BulkItem(
    ArticleId ArticleId,
    Article? Article,
    [property: ListSize(1)] IReadOnlyList<UserError> Errors
);

/// <summary>
/// Carries out one action on several articles, each in a separate transaction, so that one failure does not affect the
/// others. An article that needs no change stays as it is.
/// </summary>
public sealed class BulkArticles(
    SaveArticle save,
    SubmitForReview submit,
    TrashArticle trash,
    AssignArticle assign,
    IDbContextFactory<CmsDbContext> databases
)
{
    public async Task<Result<BulkResult>> Handle(
        BulkArticlesInput input,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        if (input.MissingFields is [var first, ..] missing)
        {
            return new BulkValueRequired(missing) { Path = [first] };
        }

        input = await CurrentTermsAsync(input, cancellationToken);
        List<BulkItem> items = [];
        foreach (var id in input.Ids.Distinct())
        {
            items.Add(await ItemAsync(id, input, actor, cancellationToken));
        }

        return new BulkResult(items);
    }

    // An id of a merged term means the term that it became.
    private async Task<BulkArticlesInput> CurrentTermsAsync(
        BulkArticlesInput input,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var tag = input.TagId is { } tagId
            ? await db.Tags.Where(t => t.Id == tagId).Select(t => t.MergedInto).FirstOrDefaultAsync(cancellationToken)
            : null;
        var category = input.CategoryId.Value is { } categoryId
            ? await db
                .Categories.Where(c => c.Id == categoryId)
                .Select(c => c.MergedInto)
                .FirstOrDefaultAsync(cancellationToken)
            : null;
        return input with { TagId = tag ?? input.TagId, CategoryId = category ?? input.CategoryId };
    }

    private async Task<BulkItem> ItemAsync(
        ArticleId id,
        BulkArticlesInput input,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        ClientMutation.BeginItem(id.ToString(), typeof(Article));
        try
        {
            var result = await ChangeAsync(id, input, actor, cancellationToken);
            return new BulkItem(id, result.IsRefused ? null : result.Value, result.Errors);
        }
        catch (Exception fault) when (fault is DatabaseBusyException or DatabaseUnavailableException)
        {
            return new BulkItem(id, null, [new ArticleNotSaved(id)]);
        }
    }

    private Task<Result<Article>> ChangeAsync(
        ArticleId id,
        BulkArticlesInput input,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        return input.Action switch
        {
            BulkAction.AddTag => EditAsync(content =>
                content.Tags.Contains(input.TagId!.Value)
                    ? content
                    : content with
                    {
                        Tags = [.. content.Tags, input.TagId.Value],
                    }
            ),
            BulkAction.RemoveTag => EditAsync(content =>
                content.Tags.Contains(input.TagId!.Value)
                    ? content with
                    {
                        Tags = [.. content.Tags.Where(tag => tag != input.TagId.Value)],
                    }
                    : content
            ),
            BulkAction.SetCategory => EditAsync(content =>
                content.CategoryId == input.CategoryId.Value
                    ? content
                    : content with
                    {
                        CategoryId = input.CategoryId.Value,
                    }
            ),
            BulkAction.Submit => submit.Handle(
                new SubmitForReviewInput { Id = id, Reviewer = input.Reviewer },
                actor,
                cancellationToken
            ),
            BulkAction.Trash => trash.Handle(
                new TrashArticleInput { Id = id, AcknowledgeUse = input.AcknowledgeUse },
                actor,
                cancellationToken
            ),
            BulkAction.Assign => assign.Handle(
                new AssignArticleInput
                {
                    Id = id,
                    Assignee = input.Assignee,
                    DueAt = input.DueAt,
                },
                actor,
                cancellationToken
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(input)),
        };

        Task<Result<Article>> EditAsync(Func<ArticleContent, ArticleContent> edit) =>
            save.Handle(new SaveArticleInput { Id = id, Edit = edit }, actor, cancellationToken);
    }
}
