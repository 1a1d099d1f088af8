using Cms.GraphQL;

namespace Cms.Bookmarks;

/// <summary>There is nothing with that id that the viewer may see.</summary>
/// <param name="TargetId">The id, as it was given.</param>
public sealed record TargetNotFound([property: GraphQL.ID] string TargetId)
    : UserError("There is nothing here with that id. Check the id: articles, tools and takes can be bookmarked.");

/// <summary>The reader has no such bookmark.</summary>
/// <param name="TargetId">The id, as it was given.</param>
public sealed record BookmarkNotFound([property: GraphQL.ID] string TargetId)
    : UserError("You have no such bookmark. Add it before you write a note.");

/// <summary>A reader has as many bookmarks as there can be.</summary>
/// <param name="Max">How many that is.</param>
public sealed record BookmarkLimitReached(int Max)
    : UserError($"You have {Max} bookmarks, which is as many as there can be. Remove one before you add another.");

/// <summary>Deleting is for good, so it wants a yes.</summary>
public sealed record DeletionNotConfirmed()
    : UserError("Nothing was deleted. Set confirm to true to delete your data.");
