using Cms.Studio.Api;

namespace Cms.Studio.Media;

/// <summary>One image of the library.</summary>
public sealed record MediaItemData(MediaItemDesk? Desk);

/// <summary>The image; null if there is none.</summary>
public sealed record MediaItemDesk(MediaItem? MediaItem);

/// <summary>An image with all that staff know about it.</summary>
public sealed record MediaItem(
    string Id,
    int Version,
    string FileName,
    int Width,
    int Height,
    string Format,
    int Bytes,
    bool IsAnimated,
    string? Alt,
    bool IsDecorative,
    string? Caption,
    string Folder,
    MediaFocus FocalPoint,
    MediaGap Gap,
    DateTimeOffset? ExpiredAt,
    DateTimeOffset CreatedAt,
    string UploadedBy,
    DateTimeOffset UpdatedAt,
    string UpdatedBy,
    int UseCount,
    IReadOnlyList<MediaUse>? Uses,
    IReadOnlyList<Key> Tags,
    string? SubstituteId,
    PickedPicture? Substitute,
    MediaSuggestions Suggestions,
    MediaCrops Image,
    MediaRights Rights
);

/// <summary>The point to keep in view, as fractions of the width and the height.</summary>
public sealed record MediaFocus(double X, double Y);

/// <summary>The image uncropped, and cropped to each ratio.</summary>
public sealed record MediaCrops(string Url, string Wide, string Standard, string Square, string Social);

/// <summary>The picture of an image that a field names.</summary>
public sealed record PickedPicture(string Url, string Alt);

/// <summary>What the file says about itself.</summary>
public sealed record MediaSuggestions(
    string? Alt,
    string? Caption,
    string? CopyrightNotice,
    string? Creator,
    string? CreditLine,
    string? LicenceUrl,
    string? UsageTerms
);

/// <summary>Who made the image, whom to credit, and how, where and when it may be used.</summary>
public sealed record MediaRights(
    string? AcquireLicenceUrl,
    bool AllowSyndication,
    string? CopyrightNotice,
    string? Creator,
    string? Credit,
    string? CreditLine,
    string? DigitalSourceType,
    DateTimeOffset? ExpiresAt,
    string? LicenceName,
    string? LicenceUrl,
    bool MustCredit,
    bool NoCrop,
    IReadOnlyList<string> Territories,
    string? UsageTerms,
    DateTimeOffset? ValidFrom
)
{
    /// <summary>How images are made, in the words of the newsroom.</summary>
    internal static IReadOnlyList<(string Value, string Text)> SourceTypes { get; } =
    [
        ("DIGITAL_CAPTURE", "Photograph"),
        ("COMPUTATIONAL_CAPTURE", "Photograph, combined by the camera from several exposures"),
        ("NEGATIVE_FILM", "Scan of a negative"),
        ("POSITIVE_FILM", "Scan of a slide"),
        ("PRINT", "Scan of paper"),
        ("SCREEN_CAPTURE", "Screenshot"),
        ("VIRTUAL_RECORDING", "Recording of a virtual event"),
        ("HUMAN_EDITS", "Edited by a person, without a generative model"),
        ("DIGITAL_CREATION", "Drawn by a person with a computer"),
        ("DATA_DRIVEN_MEDIA", "Drawn by a program from data"),
        ("ALGORITHMIC_MEDIA", "Made by an algorithm without training data"),
        ("ALGORITHMICALLY_ENHANCED", "Enhanced by an algorithm that adds nothing"),
        ("COMPOSITE", "Combined from several images"),
        ("COMPOSITE_CAPTURE", "Combined from several photographs"),
        ("COMPOSITE_SYNTHETIC", "Combined, with at least one synthetic image"),
        ("COMPOSITE_WITH_TRAINED_ALGORITHMIC_MEDIA", "Edited in part by a generative model"),
        ("TRAINED_ALGORITHMIC_MEDIA", "Made by a generative model"),
    ];
}

/// <summary>Something that uses an image.</summary>
public sealed record MediaUse(MediaUseKind Kind, string Title, string UsedById)
{
    /// <summary>What it is, in words.</summary>
    public string Words =>
        Kind switch
        {
            MediaUseKind.Article => "Published article",
            MediaUseKind.Author => "Author",
            MediaUseKind.Image => "Image, as its substitute",
            MediaUseKind.Persona => "Persona",
            MediaUseKind.Schedule => "Scheduled article",
            MediaUseKind.Tool => "Tool",
            _ => "Draft of an article",
        };

    /// <summary>The address of its page; null if it has none in the Studio.</summary>
    public string? Href =>
        Kind switch
        {
            MediaUseKind.Article or MediaUseKind.Schedule or MediaUseKind.WorkingCopy =>
                $"{Articles.ArticleFilter.Path}/{UsedById}",
            MediaUseKind.Image => $"{MediaFilter.Path}/{UsedById}",
            MediaUseKind.Persona => $"/studio/personas/{UsedById}",
            MediaUseKind.Tool => $"/studio/tools/{UsedById}",
            _ => null,
        };
}

/// <summary>What uses an image.</summary>
public enum MediaUseKind
{
    Article,
    Author,
    Image,
    Persona,
    Schedule,
    Tool,
    WorkingCopy,
}

/// <summary>The answer to a saved description.</summary>
public sealed record SavedMedia(Outcome SaveMedia);

/// <summary>The answer to saved rights.</summary>
public sealed record SavedMediaRights(Outcome SaveMediaRights);

/// <summary>The answer to a deletion.</summary>
public sealed record DeletedMedia(Outcome DeleteMedia);
