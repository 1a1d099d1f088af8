using Cms.Studio.Api;

namespace Cms.Studio.Articles;

/// <summary>What to do with the selected articles.</summary>
public sealed class BulkForm
{
    /// <summary>What can be done, and what the form calls it.</summary>
    internal static IReadOnlyList<(BulkAction Value, string Name)> Actions { get; } =
    [
        (BulkAction.Submit, "Submit for review"),
        (BulkAction.Assign, "Assign to"),
        (BulkAction.SetDue, "Set the due date to"),
        (BulkAction.SetCategory, "Set the category to"),
        (BulkAction.AddTag, "Add the tag"),
        (BulkAction.RemoveTag, "Remove the tag"),
        (BulkAction.Trash, "Move to the trash"),
    ];

    public IReadOnlyList<string>? Ids { get; set; }

    public BulkAction Action { get; set; }

    public string? Person { get; set; }

    public string? Category { get; set; }

    /// <summary>When the articles should be finished, in the newsroom's zone; empty for no date.</summary>
    public string? Due { get; set; }

    /// <summary>The name of a tag.</summary>
    public string? Tag { get; set; }

    /// <summary>Whether the action needs the id of a tag.</summary>
    internal bool NeedsTag => Action is BulkAction.AddTag or BulkAction.RemoveTag;

    /// <summary>Returns the input of the mutation.</summary>
    /// <param name="ids">The ids of the articles.</param>
    /// <param name="dueAt">The time that <see cref="Due" /> names.</param>
    /// <param name="tagId">The id of the tag that <see cref="Tag" /> names.</param>
    internal object ToInput(IReadOnlyList<string> ids, DateTimeOffset? dueAt, string? tagId) =>
        Action switch
        {
            BulkAction.Assign => new
            {
                ids,
                action = Action,
                assignee = Given(Person),
            },
            // The API assigns and sets the date in one action, and leaves as it is what is not sent.
            BulkAction.SetDue => new
            {
                ids,
                action = BulkAction.Assign,
                dueAt,
            },
            BulkAction.SetCategory => new
            {
                ids,
                action = Action,
                categoryId = Given(Category),
            },
            BulkAction.AddTag or BulkAction.RemoveTag => new
            {
                ids,
                action = Action,
                tagId,
            },
            _ => new { ids, action = Action },
        };

    /// <summary>Returns the sentence that says that all went well.</summary>
    public static string Done(int count) => count == 1 ? "1 article was changed." : $"{count} articles were changed.";
}

/// <summary>What can be done with several articles at once.</summary>
public enum BulkAction
{
    Submit,
    Assign,
    SetDue,
    SetCategory,
    AddTag,
    RemoveTag,
    Trash,
}

/// <summary>The answer to a change of several articles.</summary>
public sealed record BulkAnswer(BulkOutcome BulkArticles);

/// <summary>The results, or why nothing was changed.</summary>
public sealed record BulkOutcome(BulkItems? Bulk, IReadOnlyList<Refusal> Errors)
{
    /// <summary>Returns why articles were not changed, with the headline of each.</summary>
    public IReadOnlyList<Refusal> RefusalsOf(IReadOnlyList<ArticleRow> rows) =>
        [
            .. Errors,
            .. (Bulk?.Items ?? []).SelectMany(item =>
                item.Errors.Select(refusal => new Refusal(
                    $"“{rows.FirstOrDefault(row => row.Id == item.ArticleId)?.Headline ?? item.ArticleId}”: {refusal.Message}",
                    refusal.Path
                ))
            ),
        ];
}

/// <summary>One result for each article.</summary>
public sealed record BulkItems(IReadOnlyList<BulkItem> Items);

/// <summary>Why an article was not changed; no errors if it was.</summary>
public sealed record BulkItem(string ArticleId, IReadOnlyList<Refusal> Errors);

/// <summary>The answer to a new article.</summary>
public sealed record CreatedArticle(NewArticle CreateArticle);

/// <summary>The new article, or why there is none.</summary>
public sealed record NewArticle(Key? Article, IReadOnlyList<Refusal> Errors);
