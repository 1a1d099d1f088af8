using System.Text.Json;
using Cms.Backups;

namespace Cms.Server.Backups;

/// <summary>What a backup consists of. It is written last, so that a folder with a manifest is a whole backup.</summary>
internal sealed record BackupManifest
{
    public const string FileName = "manifest.json";

    private const string OwnFormat = "cms-backup";
    private const int OwnVersion = 1;
    private const int HashLength = 64;

    // A manifest with missing parts is damaged.
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public string Format { get; init; } = OwnFormat;

    public int Version { get; init; } = OwnVersion;

    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>Identifies the newsroom; null if it is empty, or if the database is not part of the backup.</summary>
    public string? Newsroom { get; init; }

    /// <summary>The copy of the database; null if the backup has only media.</summary>
    public BackupDatabase? Database { get; init; }

    /// <summary>The key that signs URLs; null if it is a setting.</summary>
    public BackupFile? SigningKey { get; init; }

    /// <summary>The originals, in the order of their hashes.</summary>
    public required IReadOnlyList<OriginalFile> Media { get; init; }

    /// <summary>The hashes of originals that the media store had lost or damaged when the backup was taken.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <exception cref="BackupFault">The folder has no manifest, or the manifest cannot be used.</exception>
    public static async Task<BackupManifest> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            throw new BackupFault(
                BackupFault.NoBackup,
                $"{folder} has no complete backup ({FileName} is missing): give the folder that backup has written."
            );
        }

        try
        {
            var manifest = JsonSerializer.Deserialize<BackupManifest>(
                await File.ReadAllBytesAsync(path, cancellationToken),
                Strict
            );
            return manifest switch
            {
                { Format: OwnFormat, Version: OwnVersion } when manifest.HasHashes() => manifest,
                { Format: OwnFormat, Version: > OwnVersion } => throw new BackupFault(
                    BackupFault.Damaged,
                    "A newer version of the program made this backup: install that version, and restore with it."
                ),
                _ => throw new BackupFault(BackupFault.Damaged, Unreadable(path)),
            };
        }
        catch (JsonException)
        {
            throw new BackupFault(BackupFault.Damaged, Unreadable(path));
        }
    }

    /// <summary>Replaces the manifest of the folder in one step.</summary>
    public async Task WriteAsync(string folder, CancellationToken cancellationToken)
    {
        var partial = Path.Combine(folder, FileName + BackupFolder.Partial);
        await using (var file = BackupFolder.Create(partial))
        {
            await JsonSerializer.SerializeAsync(file, this, Commands.CommandOutput.Readable, cancellationToken);
            await file.FlushAsync(cancellationToken);
            RandomAccess.FlushToDisk(file.SafeFileHandle);
        }

        BackupFolder.Replace(partial, Path.Combine(folder, FileName));
    }

    private bool HasHashes() =>
        Media
            .Select(original => original.Sha256)
            .Concat(Missing)
            .All(hash => hash.Length == HashLength && hash.All(char.IsAsciiHexDigitLower));

    private static string Unreadable(string path) => $"{path} is damaged: use another backup.";
}

/// <summary>A file of a backup.</summary>
internal record BackupFile(string File, string Sha256, long Bytes)
{
    /// <summary>Returns the path of the file in the folder of the backup, whatever the manifest says.</summary>
    public string In(string folder) => Path.Combine(folder, Path.GetFileName(File));
}

/// <summary>The copy of the database.</summary>
internal sealed record BackupDatabase(string File, string Sha256, long Bytes, IReadOnlyList<string> Migrations)
    : BackupFile(File, Sha256, Bytes);

/// <summary>A backup cannot be taken or restored. The message says what to do.</summary>
/// <param name="exitCode">The exit code of the command.</param>
internal sealed class BackupFault(int exitCode, string message, IReadOnlyList<string>? details = null)
    : Exception(message)
{
    /// <summary>The exit code if the backup is damaged or not complete.</summary>
    public const int Damaged = 1;

    /// <summary>The exit code if there is no backup.</summary>
    public const int NoBackup = 2;

    public int ExitCode => exitCode;

    /// <summary>Each fault that was found.</summary>
    public IReadOnlyList<string> Details => details ?? [];
}
