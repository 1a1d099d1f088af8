using Cms.Studio.Api;

namespace Cms.Studio.Media;

/// <summary>The images that a field offers.</summary>
public sealed record ImageChoicesData(ImageChoicesDesk? Desk);

/// <summary>The library.</summary>
public sealed record ImageChoicesDesk(ImageChoices? Media);

/// <summary>Some images, newest first.</summary>
public sealed record ImageChoices(IReadOnlyList<ImageChoice> Nodes);

/// <summary>An image that can be chosen.</summary>
public sealed record ImageChoice(
    string Id,
    string FileName,
    string? Alt,
    MediaGap Gap,
    Picture Image,
    ImageChoiceRights Rights
);

/// <summary>When the rights in an image end.</summary>
public sealed record ImageChoiceRights(DateTimeOffset? ExpiresAt);

/// <summary>What a field for an image sends.</summary>
public sealed class ImageForm
{
    /// <summary>The address of an image in the Studio, or its id; empty if one of the shown images was chosen.</summary>
    public string? Named { get; set; }

    /// <summary>The id of the chosen image; empty for no image.</summary>
    public string? Chosen { get; set; }

    /// <summary>The id of the image; null for none.</summary>
    public string? Id
    {
        get
        {
            var named = Named?.Trim();
            return string.IsNullOrEmpty(named)
                ? (string.IsNullOrEmpty(Chosen) ? null : Chosen)
                : named.Split('?', '#')[0].TrimEnd('/').Split('/')[^1];
        }
    }
}
