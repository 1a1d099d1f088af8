using Cms.GraphQL;
using Cms.People;

namespace Cms.Changes;

[QueryType]
public static class ChangeQueries
{
    /// <summary>
    /// All public changes, oldest first. To keep a copy of the newsroom up to date, continue from the last cursor that
    /// you read. Withdrawn articles remain in the list as removals. Partners receive the changes of the articles that their
    /// agreement includes, each article once, with its last change.
    /// </summary>
    /// <param name="after">
    /// The cursor of the last change that you have read. If omitted, the list starts at the first change.
    /// </param>
    /// <param name="first">The number of changes to return. 1–500, default 100.</param>
    public static Task<ChangePage> GetChangesAsync(
        [Service] ListChanges changes,
        Viewer viewer,
        CancellationToken cancellationToken,
        string? after = null,
        int? first = null
    ) => changes.Handle(viewer, after, first, cancellationToken);
}
