using System.Globalization;
using Cms.Backups;
using Cms.Media.Blobs;
using Cms.Server.Media;
using Cms.Sqlite;
using Microsoft.Data.Sqlite;

namespace Cms.Server.Backups;

/// <summary>What a backup did.</summary>
/// <param name="Manifest">What the folder has now.</param>
/// <param name="Copied">The number of originals that were copied.</param>
/// <param name="Kept">The number of originals that an earlier backup had copied.</param>
/// <param name="Removed">The number of originals that the newsroom no longer has.</param>
/// <param name="Lost">The hashes of originals that the media store should have, but does not.</param>
internal sealed record TakenBackup(
    BackupManifest Manifest,
    int Copied,
    int Kept,
    int Removed,
    IReadOnlyList<string> Lost
);

/// <summary>
/// Copies the newsroom to a folder: the SQLite database as of one moment, and the originals of all images by hash. The
/// folder can have an earlier backup, which stays whole until the new one is complete.
/// </summary>
internal sealed class TakeBackup(CmsSettings settings, IBlobStore store, ListOriginals originals, TimeProvider clock)
{
    private const string Lock = "backup.lock";
    private const string DatabasePrefix = "cms-";
    private const string KeyPrefix = "signing-";

    public async Task<TakenBackup> RunAsync(string folder, bool mediaOnly, CancellationToken cancellationToken)
    {
        folder = Path.GetFullPath(folder);
        Refuse(folder, mediaOnly);
        var earlier = await EarlierAsync(folder, cancellationToken);
        if (mediaOnly && earlier?.Database is not null)
        {
            throw new BackupFault(
                Commands.CommandLine.Unusable,
                $"{folder} has a backup with a database: choose another folder, so that the database is not removed from it."
            );
        }

        MakeFolder(folder);
        await using var only = LockFolder(folder);
        RemoveUnnamed(folder, earlier);

        var takenAt = clock.GetUtcNow();
        var (database, newsroom, wanted) = mediaOnly
            ? (null, null, await originals.Handle(cancellationToken).ToListAsync(cancellationToken))
            : await CopyDatabaseAsync(folder, takenAt, cancellationToken);
        if (earlier?.Newsroom is { } other && newsroom is not null && newsroom != other)
        {
            File.Delete(Path.Combine(folder, database!.File));
            throw new BackupFault(
                Commands.CommandLine.Unusable,
                $"{folder} has a backup of another newsroom: choose another folder, so that it is not overwritten."
            );
        }

        var (media, missing, copied) = await CopyMediaAsync(folder, wanted, cancellationToken);
        var manifest = new BackupManifest
        {
            TakenAt = takenAt,
            Newsroom = newsroom,
            Database = database,
            SigningKey = await CopyKeyAsync(folder, cancellationToken),
            Media = media,
            Missing = missing,
        };
        await manifest.WriteAsync(folder, cancellationToken);
        return new TakenBackup(
            manifest,
            copied,
            media.Count - copied,
            await RemoveOldAsync(folder, manifest, cancellationToken),
            missing.Count == 0 ? [] : await LostAsync(missing, mediaOnly, cancellationToken)
        );
    }

    private void Refuse(string folder, bool mediaOnly)
    {
        if (!mediaOnly && !settings.UsesSqlite)
        {
            throw new BackupFault(
                Commands.CommandLine.Unusable,
                "SQL Server backs up the database itself, so this command does not: run BACKUP DATABASE, or rely on the point-in-time restore of Azure SQL. To copy the media files, run this command with --media-only. docs/operations/backup.md describes both."
            );
        }

        if (!mediaOnly && !File.Exists(settings.DatabaseFile))
        {
            throw new BackupFault(
                Commands.CommandLine.Unusable,
                $"There is no database at {settings.DatabaseFile}: set Cms__DataDirectory to the folder of the newsroom."
            );
        }

        string[] own = [Path.GetDirectoryName(settings.DatabaseFile)!, settings.MediaFolder];
        if (own.Contains(folder, StringComparer.Ordinal) || IsUnder(folder, settings.MediaFolder))
        {
            throw new BackupFault(
                Commands.CommandLine.Unusable,
                $"The newsroom itself is in {folder}: choose another folder, on another disk if possible."
            );
        }
    }

    private static bool IsUnder(string folder, string above) =>
        folder.StartsWith(above + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    // Returns the manifest of an earlier backup; null if there is none. A damaged one is replaced.
    private static async Task<BackupManifest?> EarlierAsync(string folder, CancellationToken cancellationToken)
    {
        if (File.Exists(Path.Combine(folder, BackupManifest.FileName)))
        {
            try
            {
                return await BackupManifest.ReadAsync(folder, cancellationToken);
            }
            catch (BackupFault)
            {
                return null;
            }
        }

        // The files of a first backup that was interrupted.
        var isOther =
            Directory.Exists(folder)
            && Directory
                .EnumerateFileSystemEntries(folder)
                .Select(entry => Path.GetFileName(entry))
                .Any(name =>
                    name is not (Lock or BackupFolder.MediaFolder)
                    && !name.StartsWith(DatabasePrefix, StringComparison.Ordinal)
                    && !name.StartsWith(KeyPrefix, StringComparison.Ordinal)
                    && !name.EndsWith(BackupFolder.Partial, StringComparison.Ordinal)
                );
        return isOther
            ? throw new BackupFault(
                Commands.CommandLine.Unusable,
                $"{folder} has other files and no backup: choose an empty folder, or the folder of an earlier backup."
            )
            : null;
    }

    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(
                folder,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
        }
    }

    // The lock ends with the process, even if that is killed.
    private static FileStream LockFolder(string folder)
    {
        var path = Path.Combine(folder, Lock);
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new BackupFault(
                Commands.CommandLine.Unusable,
                $"Another backup to {folder} is running: wait until it ends, or choose another folder."
            );
        }
    }

    // Removes what no manifest names: the files of older and of interrupted backups.
    private static void RemoveUnnamed(string folder, BackupManifest? manifest)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            var name = Path.GetFileName(file);
            var isOurs =
                name.StartsWith(DatabasePrefix, StringComparison.Ordinal)
                || name.StartsWith(KeyPrefix, StringComparison.Ordinal)
                || name.EndsWith(BackupFolder.Partial, StringComparison.Ordinal);
            if (isOurs && name != manifest?.Database?.File && name != manifest?.SigningKey?.File)
            {
                File.Delete(file);
            }
        }
    }

    private async Task<(BackupDatabase Copy, string? Newsroom, IReadOnlyList<OriginalFile> Media)> CopyDatabaseAsync(
        string folder,
        DateTimeOffset takenAt,
        CancellationToken cancellationToken
    )
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{DatabasePrefix}{takenAt:yyyyMMdd'T'HHmmssfff'Z'}.db");
        var path = Path.Combine(folder, name);

        // The file exists before SQLite writes it, so that only this user can read it.
        await using (BackupFolder.Create(path)) { }

        await SqliteCopies.MakeAsync(settings.DatabaseFile, path, cancellationToken);
        if (SqliteCopies.FindFault(path) is { } fault)
        {
            File.Delete(path);
            throw new BackupFault(
                Commands.CommandLine.Unusable,
                $"The database {settings.DatabaseFile} is damaged ({fault}), so it was not backed up, and earlier backups are unchanged: restore one of them."
            );
        }

        DurableFiles.FlushFolder(folder);
        var about = ReadCopy(path);
        var measured = await BackupFolder.MeasureAsync(path, cancellationToken);
        return (
            new BackupDatabase(name, measured.Sha256, measured.Bytes, about.Migrations),
            about.Newsroom,
            about.Media
        );
    }

    private CopiedNewsroom ReadCopy(string path)
    {
        try
        {
            return SqliteCopies.Read(path);
        }
        catch (SqliteException)
        {
            File.Delete(path);
            throw new BackupFault(
                Commands.CommandLine.Unusable,
                $"{settings.DatabaseFile} is not a database of this program: set Cms__DataDirectory to the folder of the newsroom."
            );
        }
    }

    private async Task<(IReadOnlyList<OriginalFile> Media, IReadOnlyList<string> Missing, int Copied)> CopyMediaAsync(
        string folder,
        IReadOnlyList<OriginalFile> wanted,
        CancellationToken cancellationToken
    )
    {
        var target = BackupFolder.MediaOf(folder, clock);
        List<OriginalFile> media = [];
        List<string> missing = [];
        var copied = 0;
        foreach (var original in wanted)
        {
            var copy = await BackupFolder.CopyAsync(store, target, original.Sha256, cancellationToken);
            copied += copy is BlobCopy.Copied ? 1 : 0;
            if (copy is BlobCopy.Missing)
            {
                missing.Add(original.Sha256);
            }
            else
            {
                media.Add(original);
            }
        }

        return (media, missing, copied);
    }

    // An original that a sweep has removed since the database was copied is not lost.
    private async Task<IReadOnlyList<string>> LostAsync(
        IReadOnlyList<string> missing,
        bool mediaOnly,
        CancellationToken cancellationToken
    )
    {
        var now = mediaOnly
            ? await originals.Handle(cancellationToken).ToListAsync(cancellationToken)
            : SqliteCopies.Read(settings.DatabaseFile).Media;
        return [.. missing.Intersect(now.Select(original => original.Sha256), StringComparer.Ordinal)];
    }

    // A key that is a setting is not part of the backup.
    private async Task<BackupFile?> CopyKeyAsync(string folder, CancellationToken cancellationToken)
    {
        var key = Path.Combine(settings.MediaFolder, MediaHosting.KeyFile);
        if (settings.Media.Key() is not null || !File.Exists(key))
        {
            return null;
        }

        // The name follows from the content, so that the file of an earlier backup is not changed.
        var measured = await BackupFolder.MeasureAsync(key, cancellationToken);
        var name = $"{KeyPrefix}{measured.Sha256[..8]}.key";
        var partial = Path.Combine(folder, name + BackupFolder.Partial);
        var copied = await BackupFolder.CopyAsync(key, partial, cancellationToken);
        BackupFolder.Replace(partial, Path.Combine(folder, name));
        return copied with { File = name };
    }

    // The folder has one backup: older copies of the database go, and originals that the newsroom no longer has.
    private async Task<int> RemoveOldAsync(string folder, BackupManifest manifest, CancellationToken cancellationToken)
    {
        RemoveUnnamed(folder, manifest);
        var known = manifest.Media.Select(original => original.Sha256).ToHashSet(StringComparer.Ordinal);
        var target = BackupFolder.MediaOf(folder, clock);
        List<BlobKey> old = [];
        await foreach (var blob in target.ListAllAsync(BlobKey.Originals, cancellationToken))
        {
            if (!known.Contains(blob.Key.Sha256!))
            {
                old.Add(blob.Key);
            }
        }

        foreach (var key in old)
        {
            await target.DeleteAsync(key, cancellationToken);
        }

        await target.RemoveRemnantsAsync(manifest.TakenAt, cancellationToken);
        return old.Count;
    }
}
