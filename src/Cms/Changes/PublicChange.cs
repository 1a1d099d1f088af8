using Cms.Articles;
using Cms.Articles.Reading;
using Cms.GraphQL;
using Cms.Media;
using Cms.Panel;
using Cms.Panel.Reading;
using Cms.Reading;
using Cms.Taxonomy;
using Cms.Tools;
using GraphQL;
using GraphQL.DataLoader;

namespace Cms.Changes;

/// <summary>Something that changed before readers.</summary>
[InterfaceType("Change")]
public interface IChange
{
    /// <summary>Give it as `after` to go on from this change.</summary>
    string Cursor { get; }

    /// <summary>When it changed.</summary>
    DateTimeOffset OccurredAt { get; }
}

/// <summary>In what way an article came to look as it does.</summary>
public enum ArticleChangeKind
{
    /// <summary>It came before readers, for the first time or again after a withdrawal.</summary>
    Published,

    /// <summary>Its text, its takes or what it is filed under changed.</summary>
    Updated,

    /// <summary>A mistake was put right.</summary>
    Corrected,
}

/// <summary>An article came before readers or changed there.</summary>
/// <param name="Cursor">Give it as `after` to go on from this change.</param>
/// <param name="OccurredAt">When it changed.</param>
/// <param name="ArticleId">The article's id.</param>
/// <param name="Kind">In what way it changed.</param>
public sealed record ArticleUpserted(
    string Cursor,
    DateTimeOffset OccurredAt,
    ArticleId ArticleId,
    ArticleChangeKind Kind
) : IChange;

/// <summary>An article was withdrawn from readers. It stays in the log for good, so that no copy of it is left behind.</summary>
/// <param name="Cursor">Give it as `after` to go on from this change.</param>
/// <param name="OccurredAt">When it changed.</param>
/// <param name="ArticleId">The article's id.</param>
/// <param name="Tombstone">The edition that says why.</param>
public sealed record ArticleRemoved(string Cursor, DateTimeOffset OccurredAt, ArticleId ArticleId, EditionId Tombstone)
    : IChange;

/// <summary>A persona was added to the panel or its profile changed.</summary>
/// <param name="Cursor">Give it as `after` to go on from this change.</param>
/// <param name="OccurredAt">When it changed.</param>
/// <param name="PersonaId">The persona's id.</param>
public sealed record PersonaUpserted(string Cursor, DateTimeOffset OccurredAt, PersonaId PersonaId) : IChange;

/// <summary>A tool was added or changed.</summary>
/// <param name="Cursor">Give it as `after` to go on from this change.</param>
/// <param name="OccurredAt">When it changed.</param>
/// <param name="ToolId">The tool's id.</param>
public sealed record ToolUpserted(string Cursor, DateTimeOffset OccurredAt, ToolId ToolId) : IChange;

/// <summary>A category was added or renamed.</summary>
/// <param name="Cursor">Give it as `after` to go on from this change.</param>
/// <param name="OccurredAt">When it changed.</param>
/// <param name="CategoryId">The category's id.</param>
public sealed record CategoryUpserted(string Cursor, DateTimeOffset OccurredAt, CategoryId CategoryId) : IChange;

/// <summary>A tag was added or renamed.</summary>
/// <param name="Cursor">Give it as `after` to go on from this change.</param>
/// <param name="OccurredAt">When it changed.</param>
/// <param name="TagId">The tag's id.</param>
public sealed record TagUpserted(string Cursor, DateTimeOffset OccurredAt, TagId TagId) : IChange;

/// <summary>A source was added or renamed.</summary>
/// <param name="Cursor">Give it as `after` to go on from this change.</param>
/// <param name="OccurredAt">When it changed.</param>
/// <param name="SourceId">The source's id.</param>
public sealed record SourceUpserted(string Cursor, DateTimeOffset OccurredAt, SourceId SourceId) : IChange;

/// <summary>An image that readers see looks otherwise, is told of otherwise, or is gone.</summary>
/// <param name="Cursor">Give it as `after` to go on from this change.</param>
/// <param name="OccurredAt">When it changed.</param>
/// <param name="MediaId">The image's id.</param>
public sealed record ImageUpserted(string Cursor, DateTimeOffset OccurredAt, MediaId MediaId) : IChange;

/// <summary>The rights in an image that readers see have ended: every copy of it has to go.</summary>
/// <param name="Cursor">Give it as `after` to go on from this change.</param>
/// <param name="OccurredAt">When it changed.</param>
/// <param name="MediaId">The image's id.</param>
public sealed record ImageExpired(string Cursor, DateTimeOffset OccurredAt, MediaId MediaId) : IChange;

internal static class PublicChange
{
    public static IChange Of(Change change, Guid epoch)
    {
        var (cursor, at, id) = (new ChangeCursor(epoch, change.Seq).Write(), change.OccurredAt, change.SubjectId.Value);
        return change.Kind switch
        {
            ChangeKind.ArticlePublished => new ArticleUpserted(cursor, at, new(id), ArticleChangeKind.Published),
            ChangeKind.ArticleUpdated => new ArticleUpserted(cursor, at, new(id), ArticleChangeKind.Updated),
            ChangeKind.ArticleCorrected => new ArticleUpserted(cursor, at, new(id), ArticleChangeKind.Corrected),
            ChangeKind.ArticleWithdrawn => new ArticleRemoved(cursor, at, new(id), change.EditionId!.Value),
            ChangeKind.PersonaChanged => new PersonaUpserted(cursor, at, new(id)),
            ChangeKind.ToolChanged => new ToolUpserted(cursor, at, new(id)),
            ChangeKind.CategoryChanged => new CategoryUpserted(cursor, at, new(id)),
            ChangeKind.TagChanged => new TagUpserted(cursor, at, new(id)),
            ChangeKind.SourceChanged => new SourceUpserted(cursor, at, new(id)),
            ChangeKind.MediaChanged => new ImageUpserted(cursor, at, new(id)),
            ChangeKind.MediaExpired => new ImageExpired(cursor, at, new(id)),
            _ => throw new InvalidOperationException($"{change.Kind} has no type in the schema."),
        };
    }
}

[ObjectType<ArticleUpserted>]
public static class ArticleUpsertedNode
{
    /// <summary>The article as it is now; null when it has been withdrawn since, which a later change says.</summary>
    public static IDataLoaderResult<PublicArticle?> GetArticleAsync(
        [Parent] ArticleUpserted change,
        [Service] ArticleById articles,
        IResolveFieldContext context
    ) => articles.Load(change.ArticleId, context.Asked<PublicArticle>());
}

[ObjectType<ArticleRemoved>(Bind = Bind.Explicit, Fields = ["Cursor", "OccurredAt", "ArticleId"])]
public static class ArticleRemovedNode
{
    /// <summary>Why it was withdrawn, in words for readers.</summary>
    public static IDataLoaderResult<string> GetReasonAsync(
        [Parent] ArticleRemoved change,
        [Service] TombstoneById tombstones
    ) => tombstones.Load(change.Tombstone, ColumnSet.All).Then(tombstone => tombstone?.Reason ?? "");

    /// <summary>The article to read instead; null when there is none.</summary>
    public static IDataLoaderResult<IDataLoaderResult<PublicArticle?>?> GetSuccessorAsync(
        [Parent] ArticleRemoved change,
        [Service] TombstoneById tombstones,
        [Service] ArticleById articles,
        IResolveFieldContext context
    )
    {
        var columns = context.Asked<PublicArticle>();
        return tombstones
            .Load(change.Tombstone, ColumnSet.All)
            .Then(tombstone => tombstone?.SuccessorId is { } id ? articles.Load(id, columns) : null);
    }
}

[ObjectType<PersonaUpserted>]
public static class PersonaUpsertedNode
{
    /// <summary>The persona as it is now.</summary>
    public static IDataLoaderResult<PublicPersona?> GetPersonaAsync(
        [Parent] PersonaUpserted change,
        [Service] PersonaById personas,
        IResolveFieldContext context
    ) => personas.Load(change.PersonaId, context.Asked<PublicPersona>());
}

[ObjectType<ToolUpserted>]
public static class ToolUpsertedNode
{
    /// <summary>The tool as it is now.</summary>
    public static IDataLoaderResult<PublicTool?> GetToolAsync(
        [Parent] ToolUpserted change,
        [Service] ToolById tools,
        IResolveFieldContext context
    ) => tools.Load(change.ToolId, context.Asked<PublicTool>()).IfVisible();
}

[ObjectType<CategoryUpserted>]
public static class CategoryUpsertedNode
{
    /// <summary>The category as it is now.</summary>
    public static IDataLoaderResult<Category?> GetCategoryAsync(
        [Parent] CategoryUpserted change,
        [Service] CategoryById categories,
        IResolveFieldContext context
    ) => categories.Load(change.CategoryId, context.Asked<Category>()).IfVisible();
}

[ObjectType<TagUpserted>]
public static class TagUpsertedNode
{
    /// <summary>The tag as it is now.</summary>
    public static IDataLoaderResult<Tag?> GetTagAsync(
        [Parent] TagUpserted change,
        [Service] TagById tags,
        IResolveFieldContext context
    ) => tags.Load(change.TagId, context.Asked<Tag>()).IfVisible();
}

[ObjectType<SourceUpserted>]
public static class SourceUpsertedNode
{
    /// <summary>The source as it is now.</summary>
    public static IDataLoaderResult<Source?> GetSourceAsync(
        [Parent] SourceUpserted change,
        [Service] SourceById sources,
        IResolveFieldContext context
    ) => sources.Load(change.SourceId, context.Asked<Source>()).IfVisible();
}

[ObjectType<ImageUpserted>]
public static class ImageUpsertedNode
{
    /// <summary>The image as it is now; null when readers do not see it any more.</summary>
    public static IDataLoaderResult<ShownImage?> GetImageAsync(
        [Parent] ImageUpserted change,
        [Service] VisibleImageById images
    ) => images.Load(change.MediaId).Then(image => image is { IsShown: true } ? new ShownImage(image) : null);
}

[ObjectType<ImageExpired>]
public static class ImageExpiredNode
{
    /// <summary>What stands in for it from now on; null for nothing, and when its rights were renewed since.</summary>
    public static IDataLoaderResult<IDataLoaderResult<ShownImage?>> GetSubstituteAsync(
        [Parent] ImageExpired change,
        [Service] VisibleImageById images
    ) =>
        images
            .Load(change.MediaId)
            .Then(image =>
                image is { IsShown: false, SubstituteId: { } substitute }
                    ? images.Load(substitute).Then(other => other is { IsShown: true } ? new ShownImage(other) : null)
                    : LoaderResults.Ready<ShownImage?>(null)
            );
}

/// <summary>What a withdrawal left in the article's place.</summary>
public sealed class Tombstone
{
    public EditionId Id { get; init; }

    public ArticleId ArticleId { get; init; }

    public string Reason { get; init; } = "";

    public ArticleId? SuccessorId { get; init; }

    public DateTimeOffset LiveFrom { get; init; }

    internal static Projection<Edition, Tombstone> Columns { get; } =
        new(
            edition => new Tombstone
            {
                Id = edition.Id,
                ArticleId = edition.ArticleId,
                Reason = edition.WithdrawalReason!,
                SuccessorId = edition.SuccessorId,
                LiveFrom = edition.LiveFrom,
            },
            nameof(Id),
            nameof(ArticleId),
            nameof(Reason),
            nameof(SuccessorId),
            nameof(LiveFrom)
        );
}

/// <summary>Tombstones by the id of their edition.</summary>
public sealed class TombstoneById(ReadContexts contexts, CompiledQueries queries)
    : RowById<EditionId, Edition, Tombstone>(contexts, queries)
{
    private static readonly KeyedQuery<EditionId, Edition> ById = new(
        "tombstone by id",
        (db, id) => db.Editions.Where(e => e.Id == id && e.Kind == EditionKind.Withdrawn),
        (db, ids) => db.Editions.Where(e => ids.Contains(e.Id) && e.Kind == EditionKind.Withdrawn)
    );

    private protected override KeyedQuery<EditionId, Edition> Query => ById;

    private protected override Projection<Edition, Tombstone> Rows => Tombstone.Columns;

    private protected override EditionId KeyOf(Tombstone row) => row.Id;
}
