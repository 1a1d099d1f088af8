using Cms.GraphQL;
using Cms.Media;
using Cms.Media.Rights;
using Cms.People;

namespace Cms.Import;

/// <summary>Imports the image files of one run. Each file is imported once, even if several items show it.</summary>
internal sealed class ImageImport(
    string root,
    ImageStatements statements,
    ImportScope scope,
    ImportMedia media,
    TermImport terms,
    ImportTally tally,
    TimeProvider clock,
    Actor by,
    bool isDryRun
)
{
    private readonly Dictionary<string, Result<ImportedMedia>> _results = new(StringComparer.Ordinal);
    private readonly Dictionary<MediaId, MediaAsset> _coming = [];

    /// <summary>The images that a dry run would import.</summary>
    public IReadOnlyDictionary<MediaId, MediaAsset> Coming => _coming;

    /// <summary>Ends the rights in the images that their providers withdrew.</summary>
    public async Task TakeBackAsync(CancellationToken cancellationToken)
    {
        foreach (var (origin, file) in statements.TakenBack)
        {
            var taken = await media.TakeBackAsync(file, scope, by, isDryRun, cancellationToken);
            tally.Refuse(origin, taken.Errors);
            if (taken.Value is TakenBackImage.Ended)
            {
                tally.Warn($"{origin}: the image {file} is no longer shown, because its provider withdrew it.");
            }
            else if (taken.Value is TakenBackImage.OfOthers)
            {
                tally.Warn(
                    $"{origin}: its provider withdrew the image {file}. Nothing in this import shows an image with this path, but something else does, so its rights stay as they are. If it is the same image, end them with saveMediaRights."
                );
            }
        }
    }

    public async Task<Result<ImportOutcome>> ImportAsync(ImageItem item, CancellationToken cancellationToken)
    {
        if (!ImageFiles.Find(root, item.Folder, item.File).Succeeded(out var file, out var unfound))
        {
            return unfound.ToList();
        }

        var image = await ImportFileAsync(file, null, cancellationToken);
        return image.Succeeded(out var taken, out var refusals) ? taken.Outcome : refusals.ToList();
    }

    /// <summary>Returns the image whose file an item names, and imports it if this run has not done so yet.</summary>
    public async Task<Result<MediaId?>> FindAsync(
        string? name,
        string folder,
        ImageItem? described,
        CancellationToken cancellationToken
    )
    {
        if (name is null)
        {
            return default(MediaId?);
        }

        if (!ImageFiles.Find(root, folder, name).Succeeded(out var file, out var unfound))
        {
            return unfound.ToList();
        }

        var image = await ImportFileAsync(file, described, cancellationToken);
        return image.Succeeded(out var taken, out var refusals)
            ? taken.Asset.Id
            : new ImageRefused(file, string.Join(' ', refusals.Select(refusal => refusal.Message)));
    }

    private async Task<Result<ImportedMedia>> ImportFileAsync(
        string file,
        ImageItem? described,
        CancellationToken cancellationToken
    )
    {
        if (statements.Refusals.TryGetValue(file, out var refusal))
        {
            return refusal;
        }

        if (_results.TryGetValue(file, out var known))
        {
            return known;
        }

        // If a chain of substitutes leads back to this file before its import ends, the chain finds this error.
        _results[file] = new ValueMalformed(
            "substitute",
            "an image whose own substitutes do not lead back to this one"
        );
        return _results[file] = await StoreAsync(
            file,
            statements.Descriptions.GetValueOrDefault(file) ?? described,
            cancellationToken
        );
    }

    private async Task<Result<ImportedMedia>> StoreAsync(
        string file,
        ImageItem? described,
        CancellationToken cancellationToken
    )
    {
        var tags = await terms.TagsAsync(described?.Tags ?? [], cancellationToken);
        if (!tags.Succeeded(out var tagIds, out var unnamed))
        {
            return unnamed.ToList();
        }

        var substitute = await FindAsync(described?.Substitute, described?.Folder ?? "", null, cancellationToken);
        if (substitute.IsRefused)
        {
            return substitute.Errors.ToList();
        }

        var rights = described?.Rights ?? new ImageRights();
        if (statements.Embargoes.TryGetValue(file, out var until) && !(rights.ValidFrom >= until))
        {
            rights = rights with { ValidFrom = until };
        }

        var taken = await media.Handle(
            new ImportMediaInput
            {
                ImportId = file,
                Scope = scope,
                File = Path.Combine(root, file),
                Description = described?.Description ?? new MediaDescription(),
                Rights = rights,
                Substitute = substitute.Value,
                Tags = [.. tagIds.Distinct()],
                By = by,
                DryRun = isDryRun,
            },
            cancellationToken
        );
        if (isDryRun && taken.Value is { } coming)
        {
            _coming[coming.Asset.Id] = coming.Asset;
        }

        if (taken.Value is { } image)
        {
            tally.Image(file, image.Outcome);
            if (image.IsBeside)
            {
                tally.Warn(
                    $"{file}: something outside this import shows a different image with this path. That image stays as it is, and this one is added beside it."
                );
            }
        }

        return taken;
    }

    /// <summary>
    /// In a dry run, returns the reasons why an image cannot be shown. In a real run, the operation that uses the image
    /// checks this.
    /// </summary>
    public List<UserError> Unfit(MediaId? image, string field) =>
        isDryRun && image is { } id && _coming.TryGetValue(id, out var asset)
            ?
            [
                .. asset
                    .Refusals(null, isDecorative: false, clock.GetUtcNow())
                    .Select(refusal => refusal with { Path = [field] }),
            ]
            : [];
}
