using Cms.GraphQL;
using Cms.Media.Intake;
using Cms.Media.Rights;
using Cms.People;
using Cms.Taxonomy;
using GraphQL.DataLoader;

namespace Cms.Media.Library;

/// <summary>An image of the library as staff work on it.</summary>
[ObjectType<MediaAsset>(
    Name = "DeskMedia",
    Bind = Bind.Explicit,
    Fields = [
        nameof(MediaAsset.Id),
        nameof(MediaAsset.Rev),
        nameof(MediaAsset.FileName),
        nameof(MediaAsset.Width),
        nameof(MediaAsset.Height),
        nameof(MediaAsset.Format),
        nameof(MediaAsset.IsAnimated),
        nameof(MediaAsset.Alt),
        nameof(MediaAsset.IsDecorative),
        nameof(MediaAsset.Caption),
        nameof(MediaAsset.Folder),
        nameof(MediaAsset.Gap),
        nameof(MediaAsset.ExpiredAt),
        nameof(MediaAsset.CreatedAt),
        nameof(MediaAsset.UpdatedAt),
        nameof(MediaAsset.Version),
    ]
)]
public static class DeskMediaNode
{
    /// <summary>The image as staff see it, whether or not its rights have ended; its addresses are good for an hour at least.</summary>
    public static ShownImage GetImage([Parent] MediaAsset asset) => new(PublicImage.Of(asset), isPrivate: true);

    /// <summary>How large the file is.</summary>
    public static int GetBytes([Parent] MediaAsset asset) => (int)asset.Bytes;

    /// <summary>What must stay in the picture when it is cropped.</summary>
    public static FocalPoint GetFocalPoint([Parent] MediaAsset asset) => asset.Focus;

    /// <summary>Who made it, who is to be named, and what may be done with it where and when.</summary>
    public static ImageRights GetRights([Parent] MediaAsset asset) => asset.Rights;

    /// <summary>What is shown in its stead when its rights have ended; null for nothing.</summary>
    public static IDataLoaderResult<ShownImage?>? GetSubstituteAsync(
        [Parent] MediaAsset asset,
        [Service] ImageById images
    ) =>
        asset.SubstituteId is { } id
            ? images
                .Load(id, ColumnSet.All)
                .Then(image => image is null ? null : new ShownImage(image, isPrivate: true))
            : null;

    /// <summary>The topics that it is filed under, by slug.</summary>
    [ListSize(5)]
    public static IDataLoaderResult<List<Tag>> GetTagsAsync([Parent] MediaAsset asset, [Service] TagsByMedia tags) =>
        tags.Load(asset.Id);

    /// <summary>What the file says of itself: suggestions, for whoever describes it.</summary>
    public static IDataLoaderResult<FileWords> GetSuggestionsAsync(
        [Parent] MediaAsset asset,
        [Service] FileWordsBySha words
    ) => words.Load(asset.Sha256);

    /// <summary>Who uploaded it.</summary>
    public static string GetUploadedBy([Parent] MediaAsset asset) => asset.UploadedBy.Name;

    /// <summary>Who changed it last.</summary>
    public static string GetUpdatedBy([Parent] MediaAsset asset) => asset.UpdatedBy.Name;

    /// <summary>How many things show it: working copies, articles before readers, personas, tools, other images.</summary>
    public static IDataLoaderResult<int> GetUseCountAsync([Parent] MediaAsset asset, [Service] MediaUseCounts counts) =>
        counts.Load(asset.Id);

    /// <summary>What shows it, the latest begun first: working copies, articles before readers, personas, tools, other images.</summary>
    /// <param name="first">How many: 1 to 100.</param>
    [Cost(5)]
    [Authorize(Policies.Editor)]
    public static IDataLoaderResult<List<MediaUsage>>? GetUsesAsync(
        [Parent] MediaAsset asset,
        [Service] ListMediaUses uses,
        int first = 20
    ) => LoaderResults.Later(token => uses.Handle(asset.Id, first, token));
}

/// <summary>What may be done with an image.</summary>
[ObjectType<ImageRights>]
public static class ImageRightsNode
{
    /// <summary>Where the licence can be read.</summary>
    [Url]
    public static string? GetLicenceUrl([Parent] ImageRights rights) => rights.LicenceUrl;

    /// <summary>Where others can get a licence of their own.</summary>
    [Url]
    public static string? GetAcquireLicenceUrl([Parent] ImageRights rights) => rights.AcquireLicenceUrl;
}

/// <summary>What a file says of itself (IPTC, XMP).</summary>
[ObjectType<FileWords>(Name = "MediaSuggestions")]
public static class FileWordsNode
{
    /// <summary>Where the licence can be read; null when the file does not say.</summary>
    [Url]
    public static string? GetLicenceUrl([Parent] FileWords words) => words.LicenceUrl;
}

/// <summary>Something that shows an image.</summary>
[ObjectType<MediaUsage>(Name = "MediaUse")]
public static class MediaUserNode;
