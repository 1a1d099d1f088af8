using Cms.Backups;
using Cms.GraphQL;
using Cms.Media.Blobs;
using Cms.Server.Commands;
using Cms.Server.Media;
using Cms.Sqlite;
using Microsoft.Data.Sqlite;

namespace Cms.Server.Backups;

/// <summary>What a restore did.</summary>
/// <param name="Manifest">What the backup has.</param>
/// <param name="Copied">The number of originals that were copied.</param>
/// <param name="Kept">The number of originals that the media store had already.</param>
internal sealed record RestoredBackup(BackupManifest Manifest, int Copied, int Kept);

/// <summary>
/// Puts a backup in the place of an empty newsroom. Everything is checked first, and prepared beside the newsroom. The
/// last step renames the database, so that a restore that is interrupted changes nothing.
/// </summary>
internal sealed class RestoreBackup(CmsSettings settings, IBlobStore store, TimeProvider clock)
{
    // A folder in the data directory, so that the last step stays on one disk.
    private const string Beside = "restoring";

    // The ends of the names of SQLite's logs.
    private static readonly string[] Logs = ["-wal", "-journal"];

    private string Preparing => Path.Combine(Path.GetDirectoryName(settings.DatabaseFile)!, Beside);

    /// <param name="folder">The folder of the backup.</param>
    /// <param name="output">Says what was done.</param>
    /// <exception cref="BackupFault">The backup or the newsroom cannot be used. Nothing was changed.</exception>
    /// <exception cref="CannotStartException">The newsroom cannot be used. Nothing was changed.</exception>
    public async Task<RestoredBackup> RunAsync(string folder, CommandOutput output, CancellationToken cancellationToken)
    {
        folder = Path.GetFullPath(folder);
        var manifest = await BackupManifest.ReadAsync(folder, cancellationToken);
        await VerifyAsync(folder, manifest, cancellationToken);
        await output.LineAsync(
            FormattableString.Invariant(
                $"The backup of {manifest.TakenAt:yyyy-MM-dd HH:mm:ss} UTC is complete: {(manifest.Database is null ? "no database" : "the database")} and {manifest.Media.Count} media files."
            )
        );
        await RefuseAsync(manifest, cancellationToken);

        var media = BackupFolder.MediaOf(folder, clock);
        var (copied, kept) = (0, 0);
        foreach (var original in manifest.Media)
        {
            switch (await BackupFolder.CopyAsync(media, store, original.Sha256, cancellationToken))
            {
                case BlobCopy.Copied:
                    copied++;
                    break;
                case BlobCopy.Kept:
                    kept++;
                    break;
                default:
                    throw Damaged(folder, [$"The media file {original.Sha256} is damaged."]);
            }
        }

        await output.LineAsync(FormattableString.Invariant($"{copied} media files copied, {kept} were there already."));
        if (manifest.Database is { } database)
        {
            await PrepareAsync(folder, manifest, database, cancellationToken);
            await output.LineAsync("The database is prepared.");
            await RefuseAsync(manifest, cancellationToken);
            if (manifest.SigningKey is { } key)
            {
                await RestoreKeyAsync(key.In(folder), cancellationToken);
            }

            BackupFolder.Replace(
                Path.Combine(Preparing, Path.GetFileName(settings.DatabaseFile)),
                settings.DatabaseFile
            );
            RemovePreparing();
        }

        return new RestoredBackup(manifest, copied, kept);
    }

    // Finds everything that is wrong with the backup, before anything is changed.
    private static async Task VerifyAsync(string folder, BackupManifest manifest, CancellationToken cancellationToken)
    {
        List<string> faults = [];
        foreach (var file in new[] { manifest.Database, manifest.SigningKey }.OfType<BackupFile>())
        {
            if (await FaultOfAsync(folder, file, cancellationToken) is { } fault)
            {
                faults.Add(fault);
            }
        }

        if (manifest.Database is { } database && faults.Count == 0)
        {
            faults.AddRange(FaultsOf(database.In(folder), manifest));
        }

        var media = BackupFolder.MediaOf(folder, TimeProvider.System);
        foreach (var original in manifest.Media)
        {
            if (await media.HeadAsync(BlobKey.Original(original.Sha256), cancellationToken) is not { } head)
            {
                faults.Add($"The media file {original.Sha256} is missing.");
            }
            else if (
                head.Bytes != original.Bytes
                || !await BackupFolder.HasAsync(media, original.Sha256, cancellationToken)
            )
            {
                faults.Add($"The media file {original.Sha256} is damaged.");
            }
        }

        if (faults.Count > 0)
        {
            throw Damaged(folder, faults);
        }
    }

    private static async Task<string?> FaultOfAsync(string folder, BackupFile file, CancellationToken cancellationToken)
    {
        var path = file.In(folder);
        return !File.Exists(path) ? $"The file {file.File} is missing."
            : await BackupFolder.MeasureAsync(path, cancellationToken) is var found
            && (found.Sha256, found.Bytes) != (file.Sha256, file.Bytes)
                ? $"The file {file.File} is damaged."
            : null;
    }

    // The hash of the file is right, so these faults were there when the backup was taken, or the manifest was changed.
    private static IEnumerable<string> FaultsOf(string path, BackupManifest manifest)
    {
        if (SqliteCopies.FindFault(path) is { } fault)
        {
            yield return $"The file {Path.GetFileName(path)} is damaged ({fault}).";
            yield break;
        }

        var here = manifest
            .Media.Select(original => original.Sha256)
            .Concat(manifest.Missing)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var original in SqliteCopies.Read(path).Media.Where(original => !here.Contains(original.Sha256)))
        {
            yield return $"The media file {original.Sha256} is not in the list of the backup.";
        }
    }

    private static BackupFault Damaged(string folder, IReadOnlyList<string> faults) =>
        new(
            BackupFault.Damaged,
            $"The backup in {folder} is damaged or incomplete, and nothing was restored: use another backup.",
            faults
        );

    private async Task RefuseAsync(BackupManifest manifest, CancellationToken cancellationToken)
    {
        if (manifest.Database is not { } database)
        {
            return;
        }

        if (!settings.UsesSqlite)
        {
            throw new CannotStartException(
                "This backup has a SQLite database, but Cms__Database__Provider is SqlServer: restore it with SQLite, then move the content with export and import."
            );
        }

        if (database.Migrations.Except(Known(), StringComparer.Ordinal).FirstOrDefault() is { } newer)
        {
            throw new CannotStartException(
                $"A newer version of the program made this backup (its database has the migration {newer}): install that version, and restore with it."
            );
        }

        if (!File.Exists(settings.DatabaseFile))
        {
            // SQLite would apply the log to whatever database is at this place.
            if (Array.Find(Logs, end => File.Exists(settings.DatabaseFile + end)) is { } log)
            {
                throw new CannotStartException(
                    $"{settings.DatabaseFile}{log} belongs to a database that is no longer there, and has its last changes: move it to where that database is now."
                );
            }

            return;
        }

        if (ContentOf(settings.DatabaseFile) is { } table)
        {
            throw new CannotStartException(
                $"There is a newsroom with content in {settings.DatabaseFile} (the table {table} is not empty), and a restore never overwrites one: set Cms__DataDirectory and Cms__Media__Folder to other folders, or move the file away."
            );
        }

        await SqliteCopies.CloseAsync(settings.DatabaseFile, cancellationToken);
    }

    private static IEnumerable<string> Known() =>
        typeof(CmsSqlite)
            .Assembly.GetTypes()
            .SelectMany(type =>
                type.GetCustomAttributes(
                    typeof(Microsoft.EntityFrameworkCore.Migrations.MigrationAttribute),
                    inherit: false
                )
            )
            .Select(attribute => ((Microsoft.EntityFrameworkCore.Migrations.MigrationAttribute)attribute).Id);

    private static string? ContentOf(string file)
    {
        try
        {
            return SqliteCopies.FindContent(file);
        }
        catch (SqliteException fault)
        {
            throw new CannotStartException(
                $"{file} cannot be read ({fault.Message.TrimEnd('.')}): stop the programs that use it, or move it away if it is damaged.",
                fault
            );
        }
    }

    // Copies the database beside its place, brings it up to date, and gives its change log a new epoch.
    private async Task PrepareAsync(
        string folder,
        BackupManifest manifest,
        BackupDatabase database,
        CancellationToken cancellationToken
    )
    {
        RemovePreparing();
        Directory.CreateDirectory(Preparing);
        var file = Path.Combine(Preparing, Path.GetFileName(settings.DatabaseFile));
        var copied = await BackupFolder.CopyAsync(database.In(folder), file, cancellationToken);
        if (copied.Sha256 != database.Sha256)
        {
            throw Damaged(folder, [$"The file {database.File} is damaged."]);
        }

        await using (
            var app = CmsHost.Build(
                [$"--Cms:DataDirectory={Preparing}", $"--Cms:Media:Folder={settings.MediaFolder}"],
                services =>
                {
                    services.AddLogging(logging => logging.ClearProviders());
                    services.SignNothing();
                }
            )
        )
        {
            await app.UseDatabaseAsync(
                () =>
                    app
                        .Services.GetRequiredService<BeginNewLog>()
                        .Handle(new BeginNewLogInput(manifest.TakenAt), cancellationToken),
                cancellationToken
            );
        }

        await SqliteCopies.CloseAsync(file, cancellationToken);
        await using var flushed = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(flushed.SafeFileHandle);
    }

    private async Task RestoreKeyAsync(string key, CancellationToken cancellationToken)
    {
        if (settings.Media.Key() is not null)
        {
            return;
        }

        Directory.CreateDirectory(settings.MediaFolder);
        var partial = Path.Combine(settings.MediaFolder, MediaHosting.KeyFile + BackupFolder.Partial);
        await BackupFolder.CopyAsync(key, partial, cancellationToken);
        BackupFolder.Replace(partial, Path.Combine(settings.MediaFolder, MediaHosting.KeyFile));
    }

    private void RemovePreparing()
    {
        if (Directory.Exists(Preparing))
        {
            Directory.Delete(Preparing, recursive: true);
        }
    }
}
