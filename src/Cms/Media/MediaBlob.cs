using Cms.Media.Intake;

namespace Cms.Media;

/// <summary>The state of a file in the store.</summary>
public enum MediaBlobState
{
    /// <summary>The file is about to be stored.</summary>
    Pending,

    /// <summary>The file is stored.</summary>
    Ready,

    /// <summary>The file is about to be removed, and no new image can use it.</summary>
    Deleting,
}

/// <summary>
/// A file in the store. Images with the same bytes share one file. This row is written before the file is stored or
/// removed.
/// </summary>
public sealed class MediaBlob
{
    /// <summary>The SHA-256 of the bytes, in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    public MediaBlobState State { get; private set; }

    /// <summary>When the current state was last set.</summary>
    public DateTimeOffset StateSince { get; private set; }

    public required long Bytes { get; init; }

    /// <summary>The metadata embedded in the file.</summary>
    public FileWords Words { get; init; } = FileWords.None;

    /// <summary>
    /// Incremented to lock this row. Operations that store, use or remove the file lock the row first, so that they run
    /// one after the other.
    /// </summary>
    public int Holds { get; private set; }

    public static MediaBlob Of(MediaFile file, FileWords words, DateTimeOffset now) =>
        new()
        {
            Sha256 = file.Sha256,
            Bytes = file.Bytes,
            Words = words.Bounded(),
            StateSince = now,
        };

    /// <summary>Marks the file as stored.</summary>
    public void Stored(DateTimeOffset now) => (State, StateSince) = (MediaBlobState.Ready, now);

    /// <summary>Marks the file for removal. The bytes are removed next, and then this row.</summary>
    public void Remove(DateTimeOffset now) => (State, StateSince) = (MediaBlobState.Deleting, now);
}
