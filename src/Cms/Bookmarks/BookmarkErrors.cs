using Cms.Results;

namespace Cms.Bookmarks;

public sealed record TargetNotFound([property: Api.ID] string TargetId)
    : UserError("There is nothing here with that id. Check the id: articles, tools and takes can be bookmarked.");

public sealed record BookmarkNotFound([property: Api.ID] string TargetId)
    : UserError("You have no such bookmark. Add it before you write a note.");

public sealed record BookmarkLimitReached(int Max)
    : UserError($"You have {Max} bookmarks, which is as many as there can be. Remove one before you add another.");

public sealed record DeletionNotConfirmed()
    : UserError("Nothing was deleted. Set confirm to true to delete your data.");
