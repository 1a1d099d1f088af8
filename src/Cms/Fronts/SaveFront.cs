using System.Globalization;
using Cms.Articles;
using Cms.Articles.Workflow;
using Cms.Changes;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Cms.References;
using Cms.Taxonomy;
using Microsoft.EntityFrameworkCore;

namespace Cms.Fronts;

/// <summary>The articles of the home page or of a category, in order.</summary>
public sealed record SaveFrontInput : MutationInput
{
    /// <summary>The id of the category; null for the home page.</summary>
    public CategoryId? Category { get; init; }

    /// <summary>
    /// The ids of the articles, in the order in which to show them, at most 20. They replace the earlier list as a
    /// whole.
    /// </summary>
    public required IReadOnlyList<ArticleId> Articles { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>
/// Saves the list of articles of the home page or of a category. An article that is not published can be on it: readers
/// see it when it is.
/// </summary>
public sealed class SaveFront(CmsDatabase database, TimeProvider clock)
{
    public async Task<Result<Front>> Handle(SaveFrontInput input, Actor actor, CancellationToken cancellationToken)
    {
        if (input.Articles.Count > Front.MaxArticles)
        {
            return new FrontTooLong(Front.MaxArticles) { Path = ["articles"] };
        }

        if (Twice(input.Articles) is [_, ..] twice)
        {
            return twice;
        }

        return await database.WriteAsync<Front>(
            actor,
            (db, token) => SaveAsync(db, input, actor, token),
            cancellationToken
        );
    }

    private async Task<Result<Front>> SaveAsync(
        CmsDbContext db,
        SaveFrontInput input,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        if (input.Category is { } category)
        {
            var found = await db.TermAsync<Category, CategoryId>(category, "category", cancellationToken);
            if (found.IsRefused)
            {
                return found.Errors.ToList();
            }
        }

        var front = await db.FrontOfAsync(input.Category, cancellationToken);
        if (front?.Conflict(input.ExpectedVersion) is { } conflict)
        {
            return conflict;
        }

        if (await UnfitAsync(db, input.Articles, cancellationToken) is [_, ..] unfit)
        {
            return unfit;
        }

        if (front is null)
        {
            front = new Front
            {
                Id = input.Category is null ? FrontId.Home : FrontId.New(),
                CategoryId = input.Category,
            };
            db.Add(front);
        }

        if (front.Place(input.Articles, actor.Contributor, clock.Now()))
        {
            await db.RecordFrontAsync(front, cancellationToken);
            db.Announce(ChangeKind.FrontChanged, front.Id);
        }

        return front;
    }

    private static List<UserError> Twice(IReadOnlyList<ArticleId> articles) =>
        [
            .. articles
                .Index()
                .Where(at => articles.Take(at.Index).Contains(at.Item))
                .Select(at => new ArticleTwiceOnFront(at.Item) { Path = PathOf(at.Index) }),
        ];

    // Locks the articles, so that none of them is deleted or put in the trash meanwhile.
    private static async Task<List<UserError>> UnfitAsync(
        CmsDbContext db,
        IReadOnlyList<ArticleId> articles,
        CancellationToken cancellationToken
    )
    {
        var ids = articles.ToList();
        await db.LockArticlesAsync(ids, cancellationToken);
        var trashed = await db
            .Articles.Where(a => ids.Contains(a.Id))
            .Select(a => new { a.Id, IsTrashed = a.TrashedAt != null })
            .ToDictionaryAsync(a => a.Id, a => a.IsTrashed, cancellationToken);
        return
        [
            .. articles
                .Index()
                .Select(
                    UserError? (at) =>
                        !trashed.TryGetValue(at.Item, out var isTrashed)
                            ? new ArticleNotFound(at.Item) { Path = PathOf(at.Index) }
                        : isTrashed ? new ArticleTrashed(at.Item) { Path = PathOf(at.Index) }
                        : null
                )
                .OfType<UserError>(),
        ];
    }

    private static IReadOnlyList<string> PathOf(int index) =>
        ["articles", index.ToString(CultureInfo.InvariantCulture)];
}

internal static class FrontRows
{
    extension(CmsDbContext db)
    {
        /// <summary>Returns the front of a category, or of the home page; null if none was saved.</summary>
        public Task<Front?> FrontOfAsync(CategoryId? category, CancellationToken cancellationToken)
        {
            var home = FrontId.Home;
            return category is { } id
                ? db.Fronts.SingleOrDefaultAsync(f => f.CategoryId == id, cancellationToken)
                : db.Fronts.SingleOrDefaultAsync(f => f.Id == home, cancellationToken);
        }

        /// <summary>Records which articles a front uses. A front without articles does not use its category.</summary>
        public Task RecordFrontAsync(Front front, CancellationToken cancellationToken) =>
            db.RecordReferencesAsync(
                UsageKind.Front,
                front.Id,
                [
                    .. front.Articles.Select(IEntityId (id) => id),
                    .. front is { CategoryId: { } category, Articles: not [] } ? new IEntityId[] { category } : [],
                ],
                cancellationToken
            );

        /// <summary>Deletes the front of a category that is merged or deleted.</summary>
        public async Task DeleteFrontAsync(CategoryId category, CancellationToken cancellationToken)
        {
            if (await db.FrontOfAsync(category, cancellationToken) is not { } front)
            {
                return;
            }

            await db.RecordReferencesAsync(UsageKind.Front, front.Id, [], cancellationToken);
            db.Remove(front);
            db.Announce(ChangeKind.FrontChanged, front.Id);
            await db.SaveChangesAsync(cancellationToken);
        }

        /// <summary>Removes an article that is deleted for good from all fronts.</summary>
        public async Task LeaveFrontsAsync(
            ArticleId article,
            Contributor by,
            DateTimeOffset now,
            CancellationToken cancellationToken
        )
        {
            var target = SubjectId.Of(article);
            var users = await db
                .References.Where(r => r.TargetId == target && r.Kind == UsageKind.Front)
                .Select(r => r.UserId)
                .ToListAsync(cancellationToken);
            var ids = users.ConvertAll(user => new FrontId(user.Value));
            foreach (var front in await db.Fronts.Where(f => ids.Contains(f.Id)).ToListAsync(cancellationToken))
            {
                front.Remove(article, by, now);
                await db.RecordFrontAsync(front, cancellationToken);
            }
        }
    }
}
