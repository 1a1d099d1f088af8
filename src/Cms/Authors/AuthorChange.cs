using Cms.Changes;
using Cms.GraphQL;
using Cms.Reading;
using GraphQL;
using GraphQL.DataLoader;

namespace Cms.Authors;

/// <summary>An author became public, or was changed, merged or deleted.</summary>
/// <param name="Cursor">The cursor of this change. Pass it as `after` to continue after this change.</param>
/// <param name="OccurredAt">When the change was made.</param>
/// <param name="AuthorId">
/// The id of the author. If the id of `author` is different, this author was merged into that one: replace this id with
/// the other id wherever you store it.
/// </param>
public sealed record AuthorUpserted(string Cursor, DateTimeOffset OccurredAt, AuthorId AuthorId) : IChange;

[ObjectType<AuthorUpserted>]
public static class AuthorUpsertedNode
{
    /// <summary>
    /// The author as they are now. If this author was merged into another author, this is the other author; null if
    /// this author was deleted.
    /// </summary>
    public static IDataLoaderResult<Author?> GetAuthorAsync(
        [Parent] AuthorUpserted change,
        [Service] AuthorById authors,
        IResolveFieldContext context
    ) => authors.Load(change.AuthorId, context.Asked<Author>()).IfVisible();
}
