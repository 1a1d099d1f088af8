using System.Globalization;
using Cms.Audit;
using Cms.People;

namespace Cms.Media.Intake;

/// <summary>The state of an upload.</summary>
public enum MediaUploadState
{
    /// <summary>The upload is waiting for its file, or for the file to be committed.</summary>
    Pending,

    /// <summary>An image uses the upload's file.</summary>
    Ready,

    /// <summary>The upload failed, and its file is to be removed.</summary>
    Deleting,
}

/// <summary>An upload. Its file remains in quarantine until it has been inspected.</summary>
public sealed class MediaUpload : IAudited
{
    string IAudited.AuditSubject => Id.ToString();

    string? IAudited.AuditName => FileName;

    /// <summary>How long an upload remains open.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>The maximum size of a file, in bytes.</summary>
    public const int MaxBytes = 25_000_000;

    private const char ZeroWidthNonJoiner = '\u200C';
    private const char ZeroWidthJoiner = '\u200D';

    /// <summary>The upload's id. It never changes.</summary>
    public required MediaUploadId Id { get; init; }

    /// <summary>The name of the file.</summary>
    public required string FileName { get; init; }

    public MediaUploadState State { get; private set; }

    /// <summary>The owner of the upload.</summary>
    public required Contributor By { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the upload expires.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The image that uses the file; null if there is none yet.</summary>
    public MediaId? MediaId { get; private set; }

    /// <summary>When the import of the file began that has not ended; null if there is none.</summary>
    [NotAudited]
    public DateTimeOffset? ImportBeganAt { get; private set; }

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

    /// <summary>Returns whether the upload can still receive and commit a file.</summary>
    public bool IsOpen(DateTimeOffset now) => State is MediaUploadState.Pending && now < ExpiresAt;

    /// <summary>Records the image that uses the file.</summary>
    public void Became(MediaId media) => (State, MediaId) = (MediaUploadState.Ready, media);

    /// <summary>Records that an import of the file begins.</summary>
    public void BeginImport(DateTimeOffset now) => ImportBeganAt = now;

    /// <summary>Records that the import of the file has ended.</summary>
    public void EndImport() => ImportBeganAt = null;

    /// <summary>Marks the upload as failed.</summary>
    public void Abandon() => State = MediaUploadState.Deleting;

    // Returns the name without a path and without invisible characters, so that it cannot mislead anyone who reads it.
    private static string Clean(string name)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var clean = new string([.. last.Where(IsShown)]).Trim();
        return clean.Length == 0 ? "image"
            : clean.Length <= MediaAsset.FileNameLength ? clean
            : clean[^MediaAsset.FileNameLength..];
    }

    // Some scripts need joiners. Other format characters can hide or reverse text.
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
