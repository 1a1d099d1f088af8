using System.Globalization;
using Cms.People;

namespace Cms.Media.Intake;

/// <summary>How far an upload has come.</summary>
public enum MediaUploadState
{
    /// <summary>Its file is awaited.</summary>
    Pending,

    /// <summary>An image was made of its file.</summary>
    Ready,

    /// <summary>It came to nothing, and what there is of its file is to go.</summary>
    Deleting,
}

/// <summary>A file on its way in: kept apart until it has been looked at.</summary>
public sealed class MediaUpload
{
    /// <summary>How long a file may take to come.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>How large a file may be, in bytes.</summary>
    public const int MaxBytes = 25_000_000;

    private const char ZeroWidthNonJoiner = '\u200C';
    private const char ZeroWidthJoiner = '\u200D';

    /// <summary>Its id: the same in every answer, for ever.</summary>
    public required MediaUploadId Id { get; init; }

    /// <summary>What the file is called where it comes from.</summary>
    public required string FileName { get; init; }

    public MediaUploadState State { get; private set; }

    /// <summary>Whose it is.</summary>
    public required Contributor By { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Until when its file is awaited.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>What became of it; null while nothing has.</summary>
    public MediaId? MediaId { get; private set; }

    public int Version { get; private set; }

    public static MediaUpload Of(string fileName, Contributor by, DateTimeOffset now) =>
        new()
        {
            Id = GraphQL.EntityId.New<MediaUploadId>(),
            FileName = Clean(fileName),
            By = by,
            CreatedAt = now,
            ExpiresAt = now + Lifetime,
        };

    /// <summary>Whether a file may still come.</summary>
    public bool IsOpen(DateTimeOffset now) => State is MediaUploadState.Pending && now < ExpiresAt;

    /// <summary>An image was made of its file.</summary>
    public void Became(MediaId media) => (State, MediaId) = (MediaUploadState.Ready, media);

    /// <summary>It came to nothing.</summary>
    public void Abandon() => State = MediaUploadState.Deleting;

    // A name, not a path, and read as it is written: whoever looks at it later shall not be led anywhere by it.
    private static string Clean(string name)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var clean = new string([.. last.Where(IsShown)]).Trim();
        return clean.Length == 0 ? "image"
            : clean.Length <= MediaAsset.FileNameLength ? clean
            : clean[^MediaAsset.FileNameLength..];
    }

    // Joiners belong to how some scripts are spelled; other characters of the kind turn text round or hide in it.
    private static bool IsShown(char letter) =>
        letter is ZeroWidthJoiner or ZeroWidthNonJoiner
        || char.GetUnicodeCategory(letter)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.Surrogate
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
            );
}
