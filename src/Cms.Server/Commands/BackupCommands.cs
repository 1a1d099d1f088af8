using System.CommandLine;
using System.Globalization;
using Cms.Backups;
using Cms.Data;
using Cms.Media.Blobs;
using Cms.Server.Backups;
using Cms.Server.Media;
using Microsoft.Data.Sqlite;

namespace Cms.Server.Commands;

/// <summary><c>backup &lt;folder&gt;</c> and <c>restore &lt;folder&gt;</c></summary>
internal static class BackupCommands
{
    private const int SomeLost = 1;

    public static OperatorCommand Backup()
    {
        var folder = new Argument<string>("folder")
        {
            Description = "The folder to write to: empty, or with an earlier backup, which the new one replaces.",
        };
        var mediaOnly = new Option<bool>("--media-only")
        {
            Description = "Copy only the images, for newsrooms whose database is in SQL Server.",
        };
        var command = new OperatorCommand(
            "backup",
            "Copy the newsroom to a folder, while the server runs: the SQLite database and all images."
        )
        {
            folder,
            mediaOnly,
        };
        command.Exits[SomeLost] =
            "The media store has lost or damaged files. Everything else is backed up. Or the backup was stopped, and an earlier one is unchanged.";
        command.Runs(
            (parsed, output, cancellationToken) =>
                UseAsync(
                    output,
                    parsed.GetRequiredValue(folder),
                    (app, path) => BackupAsync(app, path, parsed.GetValue(mediaOnly), output, cancellationToken),
                    cancellationToken
                )
        );
        return command;
    }

    public static OperatorCommand Restore()
    {
        var folder = new Argument<string?>("folder")
        {
            Description = "The folder that backup has written.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var newEpoch = new Option<bool>("--new-epoch")
        {
            Description =
                "Instead of restoring a folder, tell clients to read everything again, after the database was restored in another way.",
        };
        var command = new OperatorCommand("restore", "Restore a backup into an empty newsroom, while no server runs.")
        {
            folder,
            newEpoch,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(folder) is null != result.GetValue(newEpoch))
            {
                result.AddError("Give either the folder of a backup or --new-epoch.");
            }
        });
        command.Exits[BackupFault.Damaged] =
            "The backup is damaged or incomplete, or the restore was stopped. The newsroom is unchanged.";
        command.Exits[BackupFault.NoBackup] = "The folder has no backup.";
        command.Runs(
            (parsed, output, cancellationToken) =>
                parsed.GetValue(folder) is { } given
                    ? UseAsync(
                        output,
                        given,
                        (app, path) => RestoreAsync(app, path, output, cancellationToken),
                        cancellationToken
                    )
                    : BeginAsync(output, cancellationToken)
        );
        return command;
    }

    private static async Task<int> UseAsync(
        CommandOutput output,
        string folder,
        Func<WebApplication, string, Task<int>> use,
        CancellationToken cancellationToken
    )
    {
        await using var app = output.Host(services => services.SignNothing());
        try
        {
            return await use(app, folder);
        }
        catch (BackupFault fault)
        {
            foreach (var detail in fault.Details)
            {
                await output.ComplainAsync(detail);
            }

            if (fault.Details.Count > 0 && output.IsJson)
            {
                await output.DocumentAsync(new { Error = fault.Message, Faults = fault.Details });
            }
            else
            {
                await output.FailAsync(fault.Message);
            }

            return fault.ExitCode;
        }
        catch (BlobStoreUnavailableException fault)
        {
            await output.FailAsync(
                $"The image store cannot be used ({(fault.InnerException ?? fault).FirstLine}): run doctor, which says more. An earlier backup and the newsroom are unchanged."
            );
            return CommandLine.Unusable;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            await output.FailAsync(
                $"The files cannot be copied ({fault.Message.TrimEnd('.')}): free some space, or choose folders that this user may read and write. An earlier backup and the newsroom are unchanged."
            );
            return CommandLine.Unusable;
        }
        catch (SqliteException fault)
        {
            await output.FailAsync(
                app.Services.GetRequiredService<IDatabaseProvider>().Explain(fault)
                    ?? $"SQLite failed ({fault.Message.TrimEnd('.')}): run doctor, which checks the database."
            );
            return CommandLine.Unusable;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await output.FailAsync(
                "Stopped. An earlier backup and the newsroom are unchanged; run the same command again to continue."
            );
            return CommandLine.Stopped;
        }
    }

    private static async Task<int> BackupAsync(
        WebApplication app,
        string folder,
        bool mediaOnly,
        CommandOutput output,
        CancellationToken cancellationToken
    )
    {
        var services = app.Services;
        var backup = new TakeBackup(
            services.GetRequiredService<CmsSettings>(),
            services.GetRequiredService<IBlobStore>(),
            services.GetRequiredService<ListOriginals>(),
            services.GetRequiredService<TimeProvider>()
        );

        // A backup never changes the database, so that it can be taken before an update.
        var taken = mediaOnly
            ? await app.UseDatabaseAsync(() => backup.RunAsync(folder, mediaOnly, cancellationToken), cancellationToken)
            : await backup.RunAsync(folder, mediaOnly, cancellationToken);
        var manifest = taken.Manifest;
        foreach (var lost in taken.Lost)
        {
            await output.ComplainAsync(
                $"The media file {lost} is missing from the media store or damaged, so it is not in the backup: restore it from an older backup, or upload the image again."
            );
        }

        List<string> notes = [];
        if (mediaOnly)
        {
            notes.Add("The database is not part of this backup: back it up too.");
        }

        if (manifest.SigningKey is null)
        {
            notes.Add("Cms__Media__SigningKey is a setting and not part of this backup: store it elsewhere too.");
        }

        if (services.GetRequiredService<CmsSettings>().DataProtection.Certificate is { Length: > 0 } certificate)
        {
            notes.Add(
                $"Keys in the database can be read only with {certificate}: do not delete that certificate or its versions."
            );
        }

        foreach (var note in notes)
        {
            await output.LineAsync($"Note: {note}");
        }

        await output.LineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{(manifest.Database is { } file ? $"The database ({file.Bytes} bytes) and " : "")}{manifest.Media.Count} media files are backed up to {folder}: {taken.Copied} copied, {taken.Kept} were there already, {taken.Removed} removed, {taken.Lost.Count} missing."
            )
        );
        await output.DocumentAsync(
            new
            {
                Folder = folder,
                manifest.TakenAt,
                Database = manifest.Database is { } copy
                    ? new
                    {
                        copy.File,
                        copy.Sha256,
                        copy.Bytes,
                    }
                    : null,
                Media = new
                {
                    manifest.Media.Count,
                    Bytes = manifest.Media.Sum(original => original.Bytes),
                    taken.Copied,
                    taken.Kept,
                    taken.Removed,
                },
                Missing = taken.Lost,
                Notes = notes,
            }
        );
        return taken.Lost.Count > 0 ? SomeLost : 0;
    }

    private static async Task<int> RestoreAsync(
        WebApplication app,
        string folder,
        CommandOutput output,
        CancellationToken cancellationToken
    )
    {
        var services = app.Services;
        var restored = await new RestoreBackup(
            services.GetRequiredService<CmsSettings>(),
            services.GetRequiredService<IBlobStore>(),
            services.GetRequiredService<TimeProvider>()
        ).RunAsync(folder, output, cancellationToken);
        var manifest = restored.Manifest;
        foreach (var missing in manifest.Missing)
        {
            await output.LineAsync(
                $"Note: the media file {missing} was not in the media store when the backup was taken."
            );
        }

        await output.LineAsync(
            manifest.Database is null
                ? "The media files are restored. The database was not part of the backup: restore it too, then run restore --new-epoch."
                : "The newsroom is restored. Clients that follow its changes will read everything again. Start the server."
        );
        await output.DocumentAsync(
            new
            {
                Folder = folder,
                manifest.TakenAt,
                Database = manifest.Database?.File,
                Media = new
                {
                    manifest.Media.Count,
                    restored.Copied,
                    restored.Kept,
                },
                manifest.Missing,
            }
        );
        return 0;
    }

    private static async Task<int> BeginAsync(CommandOutput output, CancellationToken cancellationToken)
    {
        await using var app = output.Host();
        var begun = await app.UseDatabaseAsync(
            () => app.Services.GetRequiredService<BeginNewLog>().Handle(new BeginNewLogInput(null), cancellationToken),
            cancellationToken
        );
        await output.LineAsync(
            "The change log has a new epoch. Clients that follow it will read everything again. Restart the servers."
        );
        await output.DocumentAsync(new { Epoch = begun.Value });
        return 0;
    }
}
