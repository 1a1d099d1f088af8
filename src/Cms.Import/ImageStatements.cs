using Cms.Foundation;
using Cms.GraphQL;

namespace Cms.Import;

/// <summary>
/// What the items of an import say about each image file, by its path relative to the import's folder. A statement
/// applies no matter which item shows the file or in which order the items are imported.
/// </summary>
internal sealed record ImageStatements
{
    /// <summary>The item that describes each file.</summary>
    public required IReadOnlyDictionary<string, ImageItem> Descriptions { get; init; }

    /// <summary>The reason why a file must not be shown.</summary>
    public required IReadOnlyDictionary<string, UserError> Refusals { get; init; }

    /// <summary>The time from which each file may be shown.</summary>
    public required IReadOnlyDictionary<string, DateTimeOffset> Embargoes { get; init; }

    /// <summary>The files that their providers withdrew, each with the origin of the item that says so.</summary>
    public required IReadOnlyList<(string Origin, string File)> TakenBack { get; init; }

    public static ImageStatements Of(string root, IReadOnlyList<ImportItem> items)
    {
        var pictures = items
            .SelectMany(item => item.Pictures, (item, picture) => (Item: item, Picture: picture))
            .SelectMany(said => said.Picture.Files, (said, name) => new NamedPicture(said.Item, said.Picture, name))
            .ToList();
        var found = pictures
            .Select(named => (named.Picture, File: Find(root, named.Item, named.Name)))
            .Where(said => said.File is not null)
            .ToList();
        var described = items
            .OfType<ImageItem>()
            .Select(image => (Image: image, File: Find(root, image, image.File)))
            .Where(said => said.File is not null)
            .GroupBy(said => said.File!, said => said.Image, StringComparer.Ordinal)
            .ToList();
        return new ImageStatements
        {
            Descriptions = described.ToDictionary(said => said.Key, said => said.Last(), StringComparer.Ordinal),
            Refusals = described
                .Where(said => said.Select(image => image.Rights).Distinct().Skip(1).Any())
                .Select(said =>
                    (File: said.Key, Reason: (UserError)new ImageSaidTwice(said.Key, [.. said.Select(i => i.Origin)]))
                )
                .Concat(
                    found
                        .Where(said => said.Picture.Refusal is not null)
                        .Select(said => (File: said.File!, Reason: said.Picture.Refusal!))
                )
                .DistinctBy(refused => refused.File, StringComparer.Ordinal)
                .ToDictionary(refused => refused.File, refused => refused.Reason, StringComparer.Ordinal),
            Embargoes = found
                .Where(said => said.Picture.EmbargoUntil is not null)
                .GroupBy(said => said.File!, StringComparer.Ordinal)
                .ToDictionary(
                    said => said.Key,
                    said => said.Max(about => about.Picture.EmbargoUntil!.Value.ToMilliseconds()),
                    StringComparer.Ordinal
                ),
            TakenBack =
            [
                .. pictures
                    .Where(named => named.Picture.IsTakenBack)
                    .SelectMany(named => Files(root, named), (named, file) => (named.Item.Origin, File: file))
                    .DistinctBy(taken => taken.File, StringComparer.Ordinal),
            ],
        };
    }

    // Providers can withdraw a file that is no longer in the folder.
    private static IEnumerable<string> Files(string root, NamedPicture named) =>
        Find(root, named.Item, named.Name) is { } file ? [file] : ImageFiles.Paths(named.Item.Folder, named.Name);

    private static string? Find(string root, ImportItem item, string name) =>
        ImageFiles.Find(root, item.Folder, name).Succeeded(out var file, out _) ? file : null;

    private sealed record NamedPicture(ImportItem Item, PictureItem Picture, string Name);
}
