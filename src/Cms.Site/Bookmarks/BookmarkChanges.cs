namespace Cms.Site.Bookmarks;

/// <summary>A reason why a change was rejected.</summary>
public sealed record ErrorData([property: System.Text.Json.Serialization.JsonPropertyName("__typename")] string Type)
{
    public string Message { get; init; } = "";
}

/// <summary>The answer to adding a bookmark.</summary>
public sealed record SaveAnswer(SavePayload AddBookmark);

/// <summary>The bookmark, or why it was not added.</summary>
public sealed record SavePayload(SavedBookmark? Bookmark, IReadOnlyList<ErrorData> Errors);

/// <summary>A bookmark that was added.</summary>
public sealed record SavedBookmark(DateTimeOffset SavedAt, string? Note);

/// <summary>The answer to a new note.</summary>
public sealed record NoteAnswer(NotePayload NoteBookmark);

/// <summary>The bookmark with its note, or why the note was not saved.</summary>
public sealed record NotePayload(NotedBookmark? Bookmark, IReadOnlyList<ErrorData> Errors);

/// <summary>A bookmark's note.</summary>
public sealed record NotedBookmark(string? Note);

/// <summary>The answer to a removal.</summary>
public sealed record RemoveAnswer(RemovePayload RemoveBookmark);

/// <summary>What was removed, or why it was not.</summary>
public sealed record RemovePayload(RemovedBookmark? RemovedBookmark, IReadOnlyList<ErrorData> Errors);

/// <summary>Whether there was a bookmark.</summary>
public sealed record RemovedBookmark(bool WasBookmarked);

/// <summary>The answer to a merge.</summary>
public sealed record MergeAnswer(MergePayload MergeBookmarks);

/// <summary>What was merged, or why nothing was.</summary>
public sealed record MergePayload(MergedBookmarks? MergedBookmarks, IReadOnlyList<ErrorData> Errors);

/// <summary>How many bookmarks are new, how many existed, and which were not merged.</summary>
public sealed record MergedBookmarks(int Added, int Joined, IReadOnlyList<RefusedTarget> Refused);

/// <summary>A bookmark that was not merged: <c>TARGET_NOT_FOUND</c> or another reason.</summary>
public sealed record RefusedTarget(string TargetId, string Reason);
