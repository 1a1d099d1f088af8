using System.Security.Cryptography;
using Cms.Media;
using Cms.Media.Blobs;
using Cms.Media.Images;

namespace Cms.Server.Backups;

/// <summary>The files of a backup.</summary>
internal static class BackupFolder
{
    /// <summary>The end of the names of files that are being written.</summary>
    public const string Partial = ".partial";

    public const string MediaFolder = "media";

    /// <summary>Opens the originals of a backup. They have the same layout as a media store on disk.</summary>
    public static FileSystemBlobStore MediaOf(string folder, TimeProvider clock) =>
        new(
            Path.Combine(folder, MediaFolder),
            // A backup accepts no uploads, so that nothing is ever signed with this key.
            new UploadTickets(new MediaSigner(new byte[MediaSigner.MinKeyBytes]), new MediaAddresses(), clock),
            clock
        );

    /// <summary>Creates a file that only this user can read, because backups contain secrets.</summary>
    public static FileStream Create(string path)
    {
        FileStreamOptions options = new()
        {
            Mode = FileMode.Create,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    /// <summary>Renames a file on top of another one, so that there is always one of them.</summary>
    public static void Replace(string partial, string path)
    {
        File.Move(partial, path, overwrite: true);
        DurableFiles.FlushFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Copies a file to disk, and returns its hash.</summary>
    public static async Task<BackupFile> CopyAsync(string from, string to, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var source = OpenRead(from);
        await using var target = Create(to);
        var buffer = new byte[81_920];
        while (await source.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            hash.AppendData(buffer, 0, read);
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        await target.FlushAsync(cancellationToken);
        RandomAccess.FlushToDisk(target.SafeFileHandle);
        return new BackupFile(Path.GetFileName(to), Convert.ToHexStringLower(hash.GetHashAndReset()), target.Length);
    }

    /// <summary>Returns the name, hash and length of a file.</summary>
    public static async Task<BackupFile> MeasureAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = OpenRead(path);
        var sha256 = await SHA256.HashDataAsync(file, cancellationToken);
        return new BackupFile(Path.GetFileName(path), Convert.ToHexStringLower(sha256), file.Length);
    }

    /// <summary>Returns whether a store has an original, with the right bytes.</summary>
    public static async Task<bool> HasAsync(IBlobStore store, string sha256, CancellationToken cancellationToken)
    {
        await using var reading = await store.OpenReadAsync(BlobKey.Original(sha256), cancellationToken);
        return reading is not null
            && Convert.ToHexStringLower(await SHA256.HashDataAsync(reading.Content, cancellationToken)) == sha256;
    }

    /// <summary>
    /// Copies an original, unless the target has it already. An original of the target with wrong bytes is replaced.
    /// </summary>
    public static async Task<BlobCopy> CopyAsync(
        IBlobStore from,
        IBlobStore to,
        string sha256,
        CancellationToken cancellationToken
    )
    {
        var key = BlobKey.Original(sha256);
        if (await HasAsync(to, sha256, cancellationToken))
        {
            return BlobCopy.Kept;
        }

        // Do not remove anything before it is certain that there is something better.
        if (!await HasAsync(from, sha256, cancellationToken))
        {
            return BlobCopy.Missing;
        }

        await to.DeleteAsync(key, cancellationToken);
        await using var reading = await from.OpenReadAsync(key, cancellationToken);
        return
            reading is not null
            && await to.PutAsync(
                key,
                reading.Content,
                "application/octet-stream",
                sha256,
                long.MaxValue,
                cancellationToken
            )
                is BlobPut.Created
                    or BlobPut.Exists
            ? BlobCopy.Copied
            : BlobCopy.Missing;
    }

    private static FileStream OpenRead(string path) =>
        new(
            path,
            new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = FileAccess.Read,
                Share = FileShare.ReadWrite | FileShare.Delete,
                Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
            }
        );
}

/// <summary>The result of copying an original.</summary>
internal enum BlobCopy
{
    /// <summary>The target has it now.</summary>
    Copied,

    /// <summary>The target had it already.</summary>
    Kept,

    /// <summary>The source does not have it, or has other bytes under its hash.</summary>
    Missing,
}
