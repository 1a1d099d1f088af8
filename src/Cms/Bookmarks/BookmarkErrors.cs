using Cms.GraphQL;

namespace Cms.Bookmarks;

/// <summary>No public article, tool or take has this id.</summary>
/// <param name="TargetId">The id from the request.</param>
public sealed record TargetNotFound([property: GraphQL.ID] string TargetId)
    : UserError("No public article, tool or take has this id. Check the id.");

/// <summary>You have not bookmarked this target.</summary>
/// <param name="TargetId">The id from the request.</param>
public sealed record BookmarkNotFound([property: GraphQL.ID] string TargetId)
    : UserError("You have not bookmarked this. Add a bookmark before you write a note.");

/// <summary>You have reached the maximum number of bookmarks.</summary>
/// <param name="Max">The maximum number of bookmarks.</param>
public sealed record BookmarkLimitReached(int Max)
    : UserError($"You have {Max} bookmarks, which is the maximum. Remove one before you add another.");

/// <summary>The deletion was not confirmed. Deleted data cannot be restored.</summary>
public sealed record DeletionNotConfirmed()
    : UserError("Nothing was deleted. Set confirm to true to delete your data.");
