using System.Collections.Concurrent;
using System.Security.Cryptography;
using Cms.Data;
using Cms.GraphQL;
using Cms.Media.Intake;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Import;

/// <summary>The files to check or to import.</summary>
public sealed record RunImportInput
{
    /// <summary>The id of the files.</summary>
    public required MediaUploadId Id { get; init; }

    /// <summary>Whether to believe the files about who reviewed the texts that AI models drafted.</summary>
    public bool TrustReviews { get; init; }

    /// <summary>The fingerprint of the check that the person has seen; null to check only.</summary>
    public string? Fingerprint { get; init; }
}

/// <summary>
/// Checks the files that a person has sent, or imports them. They are imported only if a new check has the result that
/// the person has seen. The audit log names the person.
/// </summary>
public sealed class RunImport(Quarantine quarantine, ImportNewsroom import, IDbContextFactory<CmsDbContext> databases)
{
    // The imports that this server runs now.
    private readonly ConcurrentDictionary<MediaUploadId, int> _running = [];

    public async Task<Result<ImportReport>> Handle(
        RunImportInput input,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(actor);
        var found = await quarantine.FindAsync(input.Id, actor, cancellationToken);
        await using var stored = found.IsRefused ? null : await quarantine.OpenReadAsync(input.Id, cancellationToken);
        if (stored is null)
        {
            return new ImportOver();
        }

        await using var package = TemporaryFile.Create();
        await stored.Content.CopyToAsync(package, cancellationToken);
        package.Position = 0;
        var files = Convert.ToHexStringLower(await SHA256.HashDataAsync(package, cancellationToken));
        package.Position = 0;
        var unpacked = await UnpackAsync(package, cancellationToken);
        if (!unpacked.Succeeded(out var folder, out var refusals))
        {
            return refusals.ToList();
        }

        using (folder)
        {
            var options = new ImportOptions
            {
                DryRun = true,
                TrustReviews = input.TrustReviews,
                By = Actor.ImportOf(actor),
            };
            var check = await ImportAsync(folder, options, files, cancellationToken);
            if (input.Fingerprint is not { } seen)
            {
                return check with { Unfinished = Unfinished(found.Value!) };
            }

            if (seen != check.Fingerprint)
            {
                return new ImportChanged();
            }

            return await RecordAsync(
                input.Id,
                actor,
                () => ImportAsync(folder, options with { DryRun = false }, files, cancellationToken),
                cancellationToken
            );
        }
    }

    // If the server stops, or the import is stopped, the record of its begin stays.
    private async Task<ImportReport> RecordAsync(
        MediaUploadId id,
        Actor actor,
        Func<Task<ImportReport>> run,
        CancellationToken cancellationToken
    )
    {
        _running.AddOrUpdate(id, 1, (_, count) => count + 1);
        try
        {
            await quarantine.BeginImportAsync(id, actor.For("runImport"), cancellationToken);
            var report = await run();
            await quarantine.EndImportAsync(id, actor.For("runImport"), CancellationToken.None);
            return report;
        }
        finally
        {
            _running.AddOrUpdate(id, 0, (_, count) => count - 1);
            _running.TryRemove(new(id, 0));
        }
    }

    private UnfinishedImport? Unfinished(MediaUpload upload) =>
        upload.ImportBeganAt is { } began ? new UnfinishedImport(began, _running.ContainsKey(upload.Id)) : null;

    private async Task<ImportReport> ImportAsync(
        ImportFolder folder,
        ImportOptions options,
        string files,
        CancellationToken cancellationToken
    )
    {
        var summary = await import.Handle(folder.Path, options, null, cancellationToken);
        List<string> ids =
        [
            .. summary.Items.Select(item => item.ImportId).OfType<string>().Distinct(StringComparer.Ordinal),
        ];
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var articles = await db
            .Articles.Where(article => ids.Contains(article.ImportId!))
            .Select(article => new { article.ImportId, article.Id })
            .ToDictionaryAsync(
                article => article.ImportId!,
                article => article.Id,
                StringComparer.Ordinal,
                cancellationToken
            );
        return ImportReport.Of(summary, folder.Notes, articles, files);
    }

    // An upload that is not an import, such as an image, is not a ZIP file.
    private static async Task<Result<ImportFolder>> UnpackAsync(Stream package, CancellationToken cancellationToken)
    {
        try
        {
            return await ImportFolder.UnpackAsync(package, cancellationToken);
        }
        catch (InvalidDataException)
        {
            return new ImportOver();
        }
    }
}
