using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cms.Changes;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media;
using Cms.Media.Images;
using Cms.Media.Intake;
using Cms.Media.Library;
using Cms.Media.Rights;
using Cms.People;
using Cms.Taxonomy;
using Microsoft.EntityFrameworkCore;

namespace Cms.Import;

/// <summary>An image file to import, with its description, its rights and the ids of its tags.</summary>
internal sealed record ImportMediaInput
{
    /// <summary>The file's path relative to the import's folder.</summary>
    public required string ImportId { get; init; }

    /// <summary>What the import contains.</summary>
    public required ImportScope Scope { get; init; }

    /// <summary>The file's path on this machine.</summary>
    public required string File { get; init; }

    public required MediaDescription Description { get; init; }

    public required ImageRights Rights { get; init; }

    public MediaId? Substitute { get; init; }

    public required IReadOnlyList<TagId> Tags { get; init; }

    /// <summary>Who imports it.</summary>
    public Actor By { get; init; } = Actor.Import;

    /// <summary>Whether to make all decisions but save nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Returns a copy in which the file's metadata fills in missing values.</summary>
    public ImportMediaInput With(FileWords words) =>
        this with
        {
            Description = Description with
            {
                Alt = Description.Alt ?? (Description.IsDecorative ? null : words.Alt),
                Caption = Description.Caption ?? words.Caption,
            },
            Rights = Rights with
            {
                Creator = Rights.Creator ?? words.Creator,
                CreditLine = Rights.CreditLine ?? words.CreditLine,
                CopyrightNotice = Rights.CopyrightNotice ?? words.CopyrightNotice,
                LicenceUrl = Rights.LicenceUrl ?? words.LicenceUrl,
                UsageTerms = Rights.UsageTerms ?? words.UsageTerms,
                DigitalSourceType = Rights.DigitalSourceType ?? words.DigitalSourceType,
            },
        };

    // Returns a hash of the file and its metadata, which is used to skip unchanged images.
    public string Hash(string sha256)
    {
        var canonical = JsonSerializer.Serialize(
            new
            {
                sha256,
                Description,
                Rights,
                Substitute = Substitute?.Format(),
                Tags = Tags.Select(id => id.Format()).Order(StringComparer.Ordinal),
            }
        );
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
    }
}

/// <summary>An imported image, or an image that a dry run would import.</summary>
/// <param name="Asset">The image.</param>
/// <param name="Outcome">What the import did with it.</param>
/// <param name="IsBeside">Whether it was added because something outside the import shows an image with its path.</param>
internal sealed record ImportedMedia(MediaAsset Asset, ImportOutcome Outcome, bool IsBeside = false);

/// <summary>What happened to an image that its provider withdrew.</summary>
internal enum TakenBackImage
{
    /// <summary>It does not exist, or its rights had already ended.</summary>
    Nothing,

    /// <summary>Its rights have ended.</summary>
    Ended,

    /// <summary>Only things outside the import show an image with its path, so it stays as it is.</summary>
    OfOthers,
}

/// <summary>Imports one image file, or replaces the file of an image that was imported before.</summary>
public sealed class ImportMedia(
    CmsDatabase database,
    IDbContextFactory<CmsDbContext> databases,
    Quarantine quarantine,
    Originals originals,
    ImageInspector inspector,
    TimeProvider clock
)
{
    internal async Task<Result<ImportedMedia>> Handle(ImportMediaInput input, CancellationToken cancellationToken)
    {
        string sha256;
        await using (var file = File.OpenRead(input.File))
        {
            if (file.Length > MediaUpload.MaxBytes)
            {
                return new MediaTooLarge((int)Math.Min(file.Length, int.MaxValue), MediaUpload.MaxBytes);
            }

            sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
        }

        MediaAsset? known;
        string? key;
        FileWords? words;
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            words = await db
                .MediaBlobs.AsNoTracking()
                .Where(b => b.Sha256 == sha256)
                .Select(b => b.Words)
                .SingleOrDefaultAsync(cancellationToken);
            var images = await WithPathAsync(db, input.ImportId, cancellationToken);
            var hash = input.With(words ?? FileWords.None).Hash(sha256);
            if (images.Find(image => image.ImportHash == hash) is { } same)
            {
                return new ImportedMedia(same, ImportOutcome.Unchanged);
            }

            known = await OwnAsync(db, images, input.Scope, cancellationToken);
            key =
                known?.ImportId
                ?? ImageKeys
                    .Of(input.ImportId)
                    .FirstOrDefault(free => images.TrueForAll(image => image.ImportId != free));
        }

        if (key is null)
        {
            return new ImagePathWornOut(input.ImportId);
        }

        if (Refusal(known, input.ImportId) is { } refusal)
        {
            return refusal;
        }

        if (known?.Sha256 == sha256)
        {
            return await SaveAsync(input, key, sha256, null, null, cancellationToken);
        }

        if (input.DryRun)
        {
            return await TryAsync(input, key, known, cancellationToken);
        }

        var upload = await quarantine.OpenAsync(Path.GetFileName(input.File), input.By, cancellationToken);
        await using var content = File.OpenRead(input.File);
        var received = await quarantine.ReceiveAsync(upload, content, cancellationToken);
        if (received.IsRefused)
        {
            return received.Errors.ToList();
        }

        var stored = await originals.StoreAsync(upload.Id, input.By, cancellationToken);
        if (!stored.Succeeded(out var made, out var refusals))
        {
            return refusals.ToList();
        }

        var saved = await SaveAsync(input, key, sha256, made, upload.Id, cancellationToken);
        if (saved.IsRefused)
        {
            await quarantine.AbandonAsync(upload.Id, cancellationToken);
        }
        else
        {
            await quarantine.RemoveFileAsync(upload.Id, cancellationToken);
        }

        return saved;
    }

    /// <summary>Ends the rights in the images of an import that have a path, because their provider withdrew them.</summary>
    internal async Task<Result<TakenBackImage>> TakeBackAsync(
        string path,
        ImportScope scope,
        Actor by,
        bool dryRun,
        CancellationToken cancellationToken
    )
    {
        return await database.WriteAsync<TakenBackImage>(
            by,
            async (db, token) =>
            {
                var now = clock.Now();
                var keys = ImageKeys.Of(path);
                var assets = await db
                    .Library.Where(a => keys.Contains(a.ImportId!))
                    .OrderBy(a => a.Id)
                    .ToListAsync(token);
                var result = TakenBackImage.Nothing;
                foreach (var asset in assets.Where(asset => !(asset.ExpiresAt <= now)))
                {
                    if (await scope.OwnerOfAsync(db, asset.Id, token) is ImageOwner.Others)
                    {
                        result = result is TakenBackImage.Ended ? result : TakenBackImage.OfOthers;
                        continue;
                    }

                    if (asset.UpdatedBy is not { Kind: ContributorKind.Import })
                    {
                        return new ImageTakenBack(path);
                    }

                    result = TakenBackImage.Ended;
                    if (dryRun)
                    {
                        continue;
                    }

                    // Clear the hash, so that the file is imported again if its provider supplies it again.
                    asset.ImportHash = null;
                    asset.TakeBack(Contributor.Import, now);
                    await db.IndexAsync(asset, token);
                    if (await db.IsPublicAsync(asset.Id, token))
                    {
                        db.Announce(ChangeKind.MediaExpired, asset.Id);
                    }
                }

                return result;
            },
            cancellationToken
        );
    }

    // Returns the images that imports have added with a path, the oldest first.
    private static async Task<List<MediaAsset>> WithPathAsync(
        CmsDbContext db,
        string path,
        CancellationToken cancellationToken
    )
    {
        var keys = ImageKeys.Of(path);
        return await db
            .MediaAssets.AsNoTracking()
            .Where(a => keys.Contains(a.ImportId!))
            .OrderBy(a => a.Id)
            .ToListAsync(cancellationToken);
    }

    // Returns the image that the import may change: one that its own items show, or else one that nothing shows. An image
    // that others show too is not changed.
    private static async Task<MediaAsset?> OwnAsync(
        CmsDbContext db,
        List<MediaAsset> images,
        ImportScope scope,
        CancellationToken cancellationToken
    )
    {
        MediaAsset? unused = null;
        foreach (var image in images)
        {
            switch (await scope.OwnerOfAsync(db, image.Id, cancellationToken))
            {
                case ImageOwner.Import:
                    return image;
                case ImageOwner.Nobody when unused is null or { DeletedAt: not null }:
                    unused = image;
                    break;
                default:
                    break;
            }
        }

        return unused;
    }

    private async Task<Result<ImportedMedia>> TryAsync(
        ImportMediaInput input,
        string key,
        MediaAsset? known,
        CancellationToken cancellationToken
    )
    {
        await using var content = File.OpenRead(input.File);
        var inspected = await inspector.InspectAsync(content, cancellationToken);
        if (!inspected.Succeeded(out var image, out var refusals))
        {
            return refusals.ToList();
        }

        var asset = MediaAsset.Of(image.ToFile(), Path.GetFileName(input.File), Contributor.Import, clock.Now(), key);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var isOnShow = known is not null && await IsOnShowAsync(db, known, input, cancellationToken);
        return SetMetadata(asset, input.With(image.ToWords().Bounded()), substitute: null, isOnShow) is [_, ..] refused
            ? refused
            : new ImportedMedia(
                asset,
                known is null ? ImportOutcome.Added : ImportOutcome.Changed,
                known is null && !ImageKeys.IsPath(key)
            );
    }

    private async Task<Result<ImportedMedia>> SaveAsync(
        ImportMediaInput input,
        string key,
        string sha256,
        MediaFile? file,
        MediaUploadId? upload,
        CancellationToken cancellationToken
    )
    {
        return await database.ImportAsync<ImportedMedia>(
            input.By,
            input.DryRun,
            async (db, token) =>
            {
                var now = clock.Now();
                if (file is not null && !await Originals.UseAsync(db, sha256, now, token))
                {
                    return new MediaBusy();
                }

                var asset = await db.MediaAssets.SingleOrDefaultAsync(a => a.ImportId == key, token);
                if (Refusal(asset, input.ImportId) is { } refusal)
                {
                    return refusal;
                }

                if (
                    asset is not null
                    && await input.Scope.OwnerOfAsync(db, asset.Id, token) is ImageOwner.Both or ImageOwner.Others
                )
                {
                    return new ImageSharedMeanwhile(input.ImportId);
                }

                var name = Path.GetFileName(input.File);
                var outcome = asset is null ? ImportOutcome.Added : ImportOutcome.Changed;
                if (asset is null)
                {
                    asset = MediaAsset.Of(file!, name, Contributor.Import, now, key);
                    db.Add(asset);
                }
                else if (file is not null)
                {
                    asset.Replace(file, name, Contributor.Import, now);
                }

                if (input.Substitute is { } locked)
                {
                    await db.LockMediaAsync([locked], token);
                }

                var words = await db.MediaBlobs.Where(b => b.Sha256 == sha256).Select(b => b.Words).SingleAsync(token);
                var substitute = input.Substitute is { } other
                    ? await db.MediaAssets.SingleOrDefaultAsync(a => a.Id == other, token)
                    : null;
                var completed = input.With(words);
                var isOnShow = await IsOnShowAsync(db, asset, input, token);
                if (SetMetadata(asset, completed, substitute, isOnShow) is [_, ..] refused)
                {
                    return refused;
                }

                asset.ImportHash = completed.Hash(sha256);
                if (upload is { } id && await db.MediaUploads.FindAsync([id], token) is { } sent)
                {
                    sent.Became(asset.Id);
                }

                await db.FileUnderAsync(asset, input.Tags, token);
                await db.RecordSubstituteAsync(asset, token);
                await db.IndexAsync(asset, token);
                if (await db.IsPublicAsync(asset.Id, token))
                {
                    db.Announce(asset.Expire(now) ? ChangeKind.MediaExpired : ChangeKind.MediaChanged, asset.Id);
                }

                return new ImportedMedia(asset, outcome, outcome is ImportOutcome.Added && !ImageKeys.IsPath(key));
            },
            cancellationToken
        );
    }

    private static UserError? Refusal(MediaAsset? known, string importId) =>
        known switch
        {
            { DeletedAt: not null } => new RemovedHere(importId),
            { UpdatedBy.Kind: not ContributorKind.Import } => new EditedSinceImport(importId),
            _ => null,
        };

    private async Task<bool> IsOnShowAsync(
        CmsDbContext db,
        MediaAsset asset,
        ImportMediaInput input,
        CancellationToken cancellationToken
    ) => input.Rights.ValidFrom > clock.Now() && await db.IsOnShowAsync(asset.Id, cancellationToken);

    private List<UserError> SetMetadata(MediaAsset asset, ImportMediaInput input, MediaAsset? substitute, bool isOnShow)
    {
        var now = clock.Now();
        var described = asset.Describe(input.Description, Contributor.Import, now);
        var licensed = asset.License(input.Rights, substitute, Contributor.Import, now, isOnShow);
        return [.. described.Errors, .. licensed.Errors];
    }
}
