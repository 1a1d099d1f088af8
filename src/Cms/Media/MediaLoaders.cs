using Cms.GraphQL;
using Cms.Media.Intake;
using Cms.Media.Rights;
using Cms.People;
using Cms.Reading;
using GraphQL;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Cms.Media;

/// <summary>
/// Loads images by id, without a visibility check. A client that can see an article, persona, tool or author can also see its
/// images.
/// </summary>
public sealed class ImageById(ReadContexts contexts, CompiledQueries queries)
    : RowById<MediaId, MediaAsset, PublicImage>(contexts, queries)
{
    // Rows are not cached across requests, because changes to images that are not public are not in the change log.
    private protected override Projection<MediaAsset, PublicImage> Rows => PublicImage.Columns;

    private static readonly KeyedQuery<MediaId, MediaAsset> ById = new(
        "image by id",
        (db, id) => db.MediaAssets.Where(a => a.Id == id),
        (db, ids) => db.MediaAssets.Where(a => ids.Contains(a.Id))
    );

    private protected override KeyedQuery<MediaId, MediaAsset> Query => ById;

    private protected override MediaId KeyOf(PublicImage row) => row.Id;
}

/// <summary>Loads images for the places that show them.</summary>
public sealed class ShownImages(ImageById images, CurrentViewer viewer)
{
    /// <summary>
    /// Returns the image, or its substitute if its rights have ended; null if neither can be shown. A substitute is
    /// shown with its own alternative text and caption. Partners receive the images that their agreement includes.
    /// </summary>
    /// <param name="id">The image.</param>
    /// <param name="alt">The alternative text at this place; null for the image's own.</param>
    /// <param name="caption">The caption at this place; null for the image's own.</param>
    /// <param name="isPrivate">Whether the image is shown to people who can see images that are not public.</param>
    /// <param name="field">The field that shows the image, if it can be withheld from a partner.</param>
    public IDataLoaderResult<IDataLoaderResult<ShownImage?>> Of(
        MediaId id,
        string? alt = null,
        string? caption = null,
        bool isPrivate = false,
        IResolveFieldContext? field = null
    )
    {
        Note(field);
        var entitlement = viewer.Value.Entitlement;
        return entitlement is { HasImages: false }
            ? LoaderResults.Ready(LoaderResults.Ready<ShownImage?>(null))
            : images
                .Load(id, ColumnSet.All)
                .Then(image =>
                    image switch
                    {
                        { IsShown: true } => LoaderResults.Ready(
                            entitlement.Includes(image) ? new ShownImage(image, alt, caption, isPrivate) : null
                        ),
                        { DeletedAt: null, SubstituteId: { } substitute } => images
                            .Load(substitute, ColumnSet.All)
                            .Then(other =>
                                other is { IsShown: true } && entitlement.Includes(other)
                                    ? new ShownImage(other, isPrivate: isPrivate)
                                    : null
                            ),
                        _ => LoaderResults.Ready<ShownImage?>(null),
                    }
                );
    }

    /// <summary>Returns an optional image; null if there is no id.</summary>
    /// <inheritdoc cref="Of" />
    public IDataLoaderResult<IDataLoaderResult<ShownImage?>>? OfAny(
        MediaId? id,
        IResolveFieldContext? field = null,
        string? alt = null,
        string? caption = null,
        bool isPrivate = false
    )
    {
        if (id is { } given)
        {
            return Of(given, alt, caption, isPrivate, field);
        }

        Note(field);
        return null;
    }

    // Also if there is no image, so that the note does not tell that there is one.
    private void Note(IResolveFieldContext? field)
    {
        if (viewer.Value.Entitlement is { HasImages: false } or { HasOnlyClearedImages: true })
        {
            field?.Withhold(Withheld.Images);
        }
    }
}

internal static class EntitledImages
{
    extension(Entitlement? entitlement)
    {
        /// <summary>Returns whether the caller receives an image: everybody does, except partners without it.</summary>
        public bool Includes(PublicImage image) =>
            entitlement is null
            || (
                entitlement.HasImages
                && (!entitlement.HasOnlyClearedImages || IsCleared(image.Rights, entitlement.Territories))
            );
    }

    // A partner that publishes everywhere needs an image without limits.
    private static bool IsCleared(ImageRights rights, IReadOnlyList<string> territories) =>
        rights.AllowSyndication
        && (rights.Territories.Count == 0 || (territories.Count > 0 && territories.All(rights.Territories.Contains)));
}

/// <summary>Loads images that are public now, that is, shown by something that readers can see.</summary>
public sealed class VisibleImageById(ReadContexts contexts, CurrentViewer viewer) : BatchLoader<MediaId, PublicImage?>
{
    protected override async Task<Dictionary<MediaId, PublicImage?>> ReadAsync(
        List<MediaId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        // The cached answer is invalidated by a change to the image or to anything that shows it.
        contexts.Reads.Any(ChangeSubject.Article);
        contexts.Reads.Any(ChangeSubject.Persona);
        contexts.Reads.Any(ChangeSubject.Tool);
        contexts.Reads.Any(ChangeSubject.Author);
        contexts.Reads.Any(ChangeSubject.Media);
        using var lease = await contexts.RentAsync(contexts.Reads.AsItGoes, cancellationToken);
        var found = await lease
            .Db.VisibleMedia.AsNoTracking()
            .Where(a => keys.Contains(a.Id))
            .Select(PublicImage.Columns.Of(ColumnSet.All))
            .ToListAsync(cancellationToken);
        return found
            .Where(viewer.Value.Entitlement.Includes)
            .ToDictionary(image => image.Id, PublicImage? (image) => image);
    }
}

/// <summary>Counts the uses of each image.</summary>
public sealed class MediaUseCounts(ReadContexts contexts) : BatchLoader<MediaId, int>
{
    protected override async Task<Dictionary<MediaId, int>> ReadAsync(
        List<MediaId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        return await lease
            .Db.MediaUses.Where(u => keys.Contains(u.MediaId))
            .GroupBy(u => u.MediaId)
            .Select(uses => new { Media = uses.Key, Count = uses.Count() })
            .ToDictionaryAsync(uses => uses.Media, uses => uses.Count, cancellationToken);
    }
}

/// <summary>Loads the metadata embedded in files.</summary>
public sealed class FileWordsBySha(ReadContexts contexts) : BatchLoader<string, FileWords>
{
    protected override FileWords Missing(string key) => FileWords.None;

    protected override async Task<Dictionary<string, FileWords>> ReadAsync(
        List<string> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        var words = new Dictionary<string, FileWords>(keys.Count, StringComparer.Ordinal);
        await foreach (
            var blob in lease
                .Db.MediaBlobs.AsNoTracking()
                .Where(b => keys.Contains(b.Sha256))
                .Select(b => new { b.Sha256, b.Words })
                .AsAsyncEnumerable()
                .WithCancellation(cancellationToken)
        )
        {
            words[blob.Sha256] = blob.Words;
        }

        return words;
    }
}

/// <summary>Loads the tags of images, ordered by slug.</summary>
public sealed class TagsByMedia(ReadContexts contexts) : BatchLoader<MediaId, List<Taxonomy.Tag>>
{
    protected override List<Taxonomy.Tag> Missing(MediaId key) => [];

    protected override async Task<Dictionary<MediaId, List<Taxonomy.Tag>>> ReadAsync(
        List<MediaId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        var rows = await (
            from filed in lease.Db.MediaTags
            where keys.Contains(filed.MediaId)
            join tag in lease.Db.Tags on filed.TagId equals tag.Id
            orderby tag.Slug
            select new { filed.MediaId, Tag = tag }
        )
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        return rows.GroupBy(row => row.MediaId)
            .ToDictionary(tags => tags.Key, tags => tags.Select(row => row.Tag).ToList());
    }
}
