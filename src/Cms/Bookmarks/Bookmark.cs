using Cms.Articles;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Bookmarks;

/// <summary>A reader's bookmark of an article, a tool or a take. Nobody else can read it.</summary>
public sealed class Bookmark
{
    public const int MaxPerReader = 5_000;
    public const int MaxNoteLength = 1_000;

    /// <summary>The bookmark's id. It never changes.</summary>
    public required BookmarkId Id { get; init; }

    public required PersonKey ReaderId { get; init; }

    public required BookmarkKind TargetKind { get; init; }

    public required TargetId TargetId { get; init; }

    /// <summary>When the target was first bookmarked.</summary>
    public DateTimeOffset SavedAt { get; private set; }

    /// <summary>The reader's note, as plain text; null if there is none.</summary>
    public string? Note { get; private set; }

    /// <summary>The target's version when it was bookmarked; for a take, the version of its article.</summary>
    public int TargetVersion { get; private set; }

    public BookmarkTarget Target => new(TargetKind, TargetId);

    public static Bookmark Of(
        PersonKey reader,
        BookmarkTarget target,
        DateTimeOffset savedAt,
        string? note,
        int targetVersion
    ) =>
        new()
        {
            Id = BookmarkId.New(),
            ReaderId = reader,
            TargetKind = target.Kind,
            TargetId = target.Id,
            SavedAt = savedAt,
            Note = Longer(note, null),
            TargetVersion = targetVersion,
        };

    public static UserError? Refusal(string? note) =>
        note?.Length > MaxNoteLength ? new TextTooLong("note", MaxNoteLength) { Path = ["note"] } : null;

    /// <summary>Replaces the note. Null or a blank note removes it.</summary>
    public Result<Bookmark> Write(string? note)
    {
        if (Refusal(note) is { } refusal)
        {
            return refusal;
        }

        Note = string.IsNullOrWhiteSpace(note) ? null : note;
        return this;
    }

    /// <summary>
    /// Merges a second bookmark of the same target into this bookmark. The result has the earlier time and the longer
    /// note, so it does not depend on the order or the number of merges.
    /// </summary>
    public void Join(DateTimeOffset savedAt, string? note, int targetVersion)
    {
        SavedAt = savedAt < SavedAt ? savedAt : SavedAt;
        TargetVersion = Math.Min(TargetVersion, targetVersion);
        Note = Longer(Note, note);
    }

    /// <summary>
    /// Returns the longer of two notes; if they are equally long, the one that sorts last. Blank notes count as null.
    /// </summary>
    public static string? Longer(string? one, string? other) =>
        string.IsNullOrWhiteSpace(one) ? (string.IsNullOrWhiteSpace(other) ? null : other)
        : string.IsNullOrWhiteSpace(other) ? one
        : one.Length != other.Length ? (one.Length > other.Length ? one : other)
        : string.CompareOrdinal(one, other) >= 0 ? one
        : other;
}

/// <summary>
/// A row that a transaction locks before it adds bookmarks for a reader, so that no other transaction can add bookmarks
/// between its count and its insert.
/// </summary>
public sealed class BookmarkShelf
{
    public required PersonKey ReaderId { get; init; }

    /// <summary>A counter; incrementing it locks the row.</summary>
    public int Writes { get; private set; }
}
