using Cms.GraphQL;
using Cms.Media.Intake;
using Cms.Media.Rights;
using Cms.People;
using Cms.Taxonomy;
using GraphQL.DataLoader;

namespace Cms.Media.Library;

/// <summary>An image in the library, with the data that only staff can see.</summary>
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
    /// <summary>
    /// The image for staff, who can see it even after its rights have ended. Its URLs are valid for at least an hour.
    /// </summary>
    public static ShownImage GetImage([Parent] MediaAsset asset) => ShownImage.OfLibrary(PublicImage.Of(asset));

    /// <summary>The size of the file, in bytes.</summary>
    public static int GetBytes([Parent] MediaAsset asset) => (int)asset.Bytes;

    /// <summary>The point to keep in view when the image is cropped.</summary>
    public static FocalPoint GetFocalPoint([Parent] MediaAsset asset) => asset.Focus;

    /// <summary>The rights in the image: who made it, whom to credit, and how, where and when it may be used.</summary>
    public static ImageRights GetRights([Parent] MediaAsset asset) => asset.Rights;

    /// <summary>The id of the substitute as it was saved; null if there is none.</summary>
    public static MediaId? GetSubstituteId([Parent] MediaAsset asset) => asset.SubstituteId;

    /// <summary>The image to show instead after the rights end; null if there is none.</summary>
    public static IDataLoaderResult<ShownImage?>? GetSubstituteAsync(
        [Parent] MediaAsset asset,
        [Service] ImageById images
    ) =>
        asset.SubstituteId is { } id
            ? images.Load(id, ColumnSet.All).Then(image => image is null ? null : ShownImage.OfLibrary(image))
            : null;

    /// <summary>The image's tags, in order of slug.</summary>
    [ListSize(5)]
    public static IDataLoaderResult<List<Tag>> GetTagsAsync([Parent] MediaAsset asset, [Service] TagsByMedia tags) =>
        tags.Load(asset.Id);

    /// <summary>Suggestions for the description and the rights, taken from metadata embedded in the file.</summary>
    public static IDataLoaderResult<FileWords> GetSuggestionsAsync(
        [Parent] MediaAsset asset,
        [Service] FileWordsBySha words
    ) => words.Load(asset.Sha256);

    /// <summary>Who uploaded the image.</summary>
    public static string GetUploadedBy([Parent] MediaAsset asset) => asset.UploadedBy.Name;

    /// <summary>Who last changed the image.</summary>
    public static string GetUpdatedBy([Parent] MediaAsset asset) => asset.UpdatedBy.Name;

    /// <summary>
    /// The number of uses of the image: in working copies, in published and scheduled articles, by authors, personas and
    /// tools, and as the substitute of other images.
    /// </summary>
    public static IDataLoaderResult<int> GetUseCountAsync([Parent] MediaAsset asset, [Service] MediaUseCounts counts) =>
        counts.Load(asset.Id);

    /// <summary>
    /// The uses of the image: in working copies, in published and scheduled articles, by authors, personas and tools, and as
    /// the substitute of other images. The uses are sorted by when the article, author, persona, tool or image was
    /// created, newest first.
    /// </summary>
    /// <param name="first">The maximum number to return: 1–100, default 20.</param>
    [Cost(5)]
    [Authorize(Policies.Editor)]
    public static IDataLoaderResult<List<MediaUsage>>? GetUsesAsync(
        [Parent] MediaAsset asset,
        [Service] ListMediaUses uses,
        int first = 20
    ) => LoaderResults.Later(token => uses.Handle(asset.Id, first, token));
}

/// <summary>The rights in an image: who made it, whom to credit, and how, where and when it may be used.</summary>
[ObjectType<ImageRights>]
public static class ImageRightsNode
{
    /// <summary>The URL of the licence; null if none is given.</summary>
    [Url]
    public static string? GetLicenceUrl([Parent] ImageRights rights) => rights.LicenceUrl;

    /// <summary>The URL of a page where others can acquire a licence; null if none is given.</summary>
    [Url]
    public static string? GetAcquireLicenceUrl([Parent] ImageRights rights) => rights.AcquireLicenceUrl;
}

/// <summary>Unverified metadata embedded in a file (IPTC, XMP), offered as suggestions.</summary>
[ObjectType<FileWords>(Name = "MediaSuggestions")]
public static class FileWordsNode
{
    /// <summary>The URL of the licence; null if the file has none.</summary>
    [Url]
    public static string? GetLicenceUrl([Parent] FileWords words) => words.LicenceUrl;
}

/// <summary>A use of an image.</summary>
[ObjectType<MediaUsage>(Name = "MediaUse")]
public static class MediaUserNode;
