using Cms.Changes;
using Cms.GraphQL;
using Cms.Reading;
using GraphQL;
using GraphQL.DataLoader;

namespace Cms.Taxonomy;

/// <summary>A category became public, or was changed, merged or deleted.</summary>
/// <param name="Cursor">The cursor of this change. Pass it as `after` to continue after this change.</param>
/// <param name="OccurredAt">When the change was made.</param>
/// <param name="CategoryId">
/// The id of the category. If the id of `category` is different, this category was merged into that one: replace this
/// id with the other id wherever you store it.
/// </param>
public sealed record CategoryUpserted(string Cursor, DateTimeOffset OccurredAt, CategoryId CategoryId) : IChange;

/// <summary>A tag became public, or was changed, merged or deleted.</summary>
/// <param name="Cursor">The cursor of this change. Pass it as `after` to continue after this change.</param>
/// <param name="OccurredAt">When the change was made.</param>
/// <param name="TagId">
/// The id of the tag. If the id of `tag` is different, this tag was merged into that one: replace this id with the
/// other id wherever you store it.
/// </param>
public sealed record TagUpserted(string Cursor, DateTimeOffset OccurredAt, TagId TagId) : IChange;

/// <summary>A source became public, or was changed, merged or deleted.</summary>
/// <param name="Cursor">The cursor of this change. Pass it as `after` to continue after this change.</param>
/// <param name="OccurredAt">When the change was made.</param>
/// <param name="SourceId">
/// The id of the source. If the id of `source` is different, this source was merged into that one: replace this id with
/// the other id wherever you store it.
/// </param>
public sealed record SourceUpserted(string Cursor, DateTimeOffset OccurredAt, SourceId SourceId) : IChange;

internal static class TermChanges
{
    extension(TermKind kind)
    {
        /// <summary>The kind of change that announces a change of such a term.</summary>
        public ChangeKind Changed =>
            kind switch
            {
                TermKind.Category => ChangeKind.CategoryChanged,
                TermKind.Tag => ChangeKind.TagChanged,
                TermKind.Author => ChangeKind.AuthorChanged,
                _ => ChangeKind.SourceChanged,
            };
    }
}

[ObjectType<CategoryUpserted>]
public static class CategoryUpsertedNode
{
    /// <summary>
    /// The category as it is now. If this category was merged into another category, this is the other category; null
    /// if this category was deleted.
    /// </summary>
    public static IDataLoaderResult<Category?> GetCategoryAsync(
        [Parent] CategoryUpserted change,
        [Service] CategoryById categories,
        IResolveFieldContext context
    ) => categories.Load(change.CategoryId, context.Asked<Category>()).IfVisible();
}

[ObjectType<TagUpserted>]
public static class TagUpsertedNode
{
    /// <summary>
    /// The tag as it is now. If this tag was merged into another tag, this is the other tag; null if this tag was
    /// deleted.
    /// </summary>
    public static IDataLoaderResult<Tag?> GetTagAsync(
        [Parent] TagUpserted change,
        [Service] TagById tags,
        IResolveFieldContext context
    ) => tags.Load(change.TagId, context.Asked<Tag>()).IfVisible();
}

[ObjectType<SourceUpserted>]
public static class SourceUpsertedNode
{
    /// <summary>
    /// The source as it is now. If this source was merged into another source, this is the other source; null if this
    /// source was deleted.
    /// </summary>
    public static IDataLoaderResult<Source?> GetSourceAsync(
        [Parent] SourceUpserted change,
        [Service] SourceById sources,
        IResolveFieldContext context
    ) => sources.Load(change.SourceId, context.Asked<Source>()).IfVisible();
}
