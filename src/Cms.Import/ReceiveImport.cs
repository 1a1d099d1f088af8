using System.IO.Compression;
using Cms.GraphQL;
using Cms.Media.Intake;
using Cms.People;

namespace Cms.Import;

/// <summary>A file that somebody sends for an import.</summary>
/// <param name="Name">The name of the file.</param>
/// <param name="Content">The bytes of the file, which are read once.</param>
public sealed record SentFile(string Name, Stream Content);

/// <summary>The files that somebody sends for an import, one after the other.</summary>
public sealed record ReceiveImportInput(IAsyncEnumerable<SentFile> Files);

/// <summary>Files that wait for their import.</summary>
/// <param name="Id">Their id, for the check and for the import.</param>
/// <param name="ExpiresAt">Until when they are kept.</param>
public sealed record ReceivedImport(MediaUploadId Id, DateTimeOffset ExpiresAt);

/// <summary>
/// Receives the files of an import and keeps them for a day, as they were sent. Every server that shares the store can
/// then check and import them.
/// </summary>
public sealed class ReceiveImport(Quarantine quarantine)
{
    /// <summary>The most bytes that all files may have together, as they are sent.</summary>
    public const int MaxBytes = ImportFolder.MaxBytes;

    private const string PackageName = "import.zip";

    public async Task<Result<ReceivedImport>> Handle(
        ReceiveImportInput input,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(actor);
        await using var package = TemporaryFile.Create();
        if (await PackAsync(input.Files, package, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        // Files that cannot be imported are refused now, and not at the check.
        package.Position = 0;
        var unpacked = await ImportFolder.UnpackAsync(package, cancellationToken);
        if (!unpacked.Succeeded(out var folder, out var refusals))
        {
            return refusals.ToList();
        }

        folder.Dispose();
        package.Position = 0;
        var upload = await quarantine.OpenAsync(PackageName, actor.For("sendImport"), cancellationToken);
        var received = await quarantine.ReceiveAsync(upload, package, cancellationToken);
        return received.IsRefused
            ? new ImportTooLarge(ImportFolder.MaxBytes)
            : new ReceivedImport(upload.Id, upload.ExpiresAt);
    }

    private static async Task<UserError?> PackAsync(
        IAsyncEnumerable<SentFile> files,
        Stream package,
        CancellationToken cancellationToken
    )
    {
        await using var zip = new ZipArchive(package, ZipArchiveMode.Create, leaveOpen: true);
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        long bytes = 0;
        await foreach (var file in files.WithCancellation(cancellationToken))
        {
            // Browsers send the name of a file without its folder, but other programs need not.
            var name = file.Name[(file.Name.LastIndexOfAny(['/', '\\']) + 1)..];
            if (!ImportFolder.IsRead(name) || name.StartsWith('.') || name.Any(char.IsControl))
            {
                return new ImportFileUnknown(new string([.. name.Where(letter => !char.IsControl(letter))]));
            }

            if (!names.Add(name))
            {
                return new ImportNameTwice(name);
            }

            if (names.Count > ImportFolder.MaxFiles)
            {
                return new ImportTooManyFiles(ImportFolder.MaxFiles);
            }

            await using var entry = await zip.CreateEntry(name, CompressionLevel.NoCompression)
                .OpenAsync(cancellationToken);
            var buffer = new byte[81_920];
            while (await file.Content.ReadAsync(buffer, cancellationToken) is var read and > 0)
            {
                bytes += read;
                if (bytes > ImportFolder.MaxBytes)
                {
                    return new ImportTooLarge(ImportFolder.MaxBytes);
                }

                await entry.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
        }

        return names.Count == 0 ? new ImportEmpty() : null;
    }
}
