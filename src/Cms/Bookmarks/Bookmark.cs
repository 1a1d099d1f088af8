using Cms.Articles;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Bookmarks;

/// <summary>Something that a reader saved for later. Nobody else reads it.</summary>
public sealed class Bookmark
{
    public const int MaxPerReader = 5_000;
    public const int MaxNoteLength = 1_000;

    /// <summary>Its id: the same in every answer, for ever.</summary>
    public required BookmarkId Id { get; init; }

    public required PersonKey ReaderId { get; init; }

    public required BookmarkKind TargetKind { get; init; }

    public required TargetId TargetId { get; init; }

    /// <summary>When it was saved, for the first time.</summary>
    public DateTimeOffset SavedAt { get; private set; }

    /// <summary>What the reader wrote down with it, as plain text; null when nothing.</summary>
    public string? Note { get; private set; }

    /// <summary>The target's version at that time; a take has that of its article.</summary>
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

    /// <summary>Writes the note anew; null or an empty one takes it away.</summary>
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
    /// Becomes one with the same target saved elsewhere: the earlier time and the longer note stay, so that it does not
    /// matter which of the two was there first, nor how often they meet.
    /// </summary>
    public void Join(DateTimeOffset savedAt, string? note, int targetVersion)
    {
        SavedAt = savedAt < SavedAt ? savedAt : SavedAt;
        TargetVersion = Math.Min(TargetVersion, targetVersion);
        Note = Longer(Note, note);
    }

    /// <summary>The longer of two notes; of two as long, the one that sorts last.</summary>
    public static string? Longer(string? one, string? other) =>
        string.IsNullOrWhiteSpace(one) ? (string.IsNullOrWhiteSpace(other) ? null : other)
        : string.IsNullOrWhiteSpace(other) ? one
        : one.Length != other.Length ? (one.Length > other.Length ? one : other)
        : string.CompareOrdinal(one, other) >= 0 ? one
        : other;
}

/// <summary>Stands for all that a reader saved: who changes any of it holds this row, so that counting and adding are one act.</summary>
public sealed class BookmarkShelf
{
    public required PersonKey ReaderId { get; init; }

    /// <summary>How often it was changed.</summary>
    public int Writes { get; private set; }
}
