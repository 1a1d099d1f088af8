using Cms.GraphQL;

namespace Cms.Changes;

[QueryType]
public static class ChangeQueries
{
    /// <summary>
    /// Everything that changed before readers, oldest first: keep a copy of the newsroom by reading on from where you
    /// were. Withdrawn articles stay in it as what was removed.
    /// </summary>
    /// <param name="after">The cursor of the last change you have seen; without it, from the beginning.</param>
    /// <param name="first">How many changes: 1 to 500, 100 when not given.</param>
    public static Task<ChangePage> GetChangesAsync(
        [Service] ListChanges changes,
        CancellationToken cancellationToken,
        string? after = null,
        int? first = null
    ) => changes.Handle(after, first, cancellationToken);
}
