using Cms.Media.Intake;

namespace Cms.Media;

/// <summary>How far a file is from being stored, or from being gone.</summary>
public enum MediaBlobState
{
    /// <summary>Somebody is about to store it.</summary>
    Pending,

    /// <summary>It is stored.</summary>
    Ready,

    /// <summary>Somebody is about to remove it, and nobody may begin to use it.</summary>
    Deleting,
}

/// <summary>A file in the store, once however many images are made of it. Who stores it or removes it says so here first.</summary>
public sealed class MediaBlob
{
    /// <summary>The SHA-256 of its bytes, in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    public MediaBlobState State { get; private set; }

    /// <summary>Since when it is in that state.</summary>
    public DateTimeOffset StateSince { get; private set; }

    public required long Bytes { get; init; }

    /// <summary>What the file says of itself.</summary>
    public FileWords Words { get; init; } = FileWords.None;

    /// <summary>How often somebody held this row: who stores, uses or removes the file does so first, so that each is one act.</summary>
    public int Holds { get; private set; }

    public static MediaBlob Of(MediaFile file, FileWords words, DateTimeOffset now) =>
        new()
        {
            Sha256 = file.Sha256,
            Bytes = file.Bytes,
            Words = words.Bounded(),
            StateSince = now,
        };

    /// <summary>It is stored from now on.</summary>
    public void Stored(DateTimeOffset now) => (State, StateSince) = (MediaBlobState.Ready, now);

    /// <summary>Nobody may begin to use it from now on; its bytes go next, and then this row.</summary>
    public void Remove(DateTimeOffset now) => (State, StateSince) = (MediaBlobState.Deleting, now);
}
