using Cms.Studio.Api;

namespace Cms.Studio.Taxonomy;

/// <summary>A page of the images that can become a portrait.</summary>
public sealed record PortraitsData(PortraitsDesk? Desk);

/// <summary>The library.</summary>
public sealed record PortraitsDesk(PortraitImages? Media);

/// <summary>Some images.</summary>
public sealed record PortraitImages(IReadOnlyList<PortraitImage> Nodes, PageInfo PageInfo);

/// <summary>An image.</summary>
public sealed record PortraitImage(string Id, string FileName, string? Alt, PortraitGap Gap, TermPicture Image)
{
    /// <summary>What must be added before readers can see it; null if nothing.</summary>
    public string? Problem =>
        Gap switch
        {
            PortraitGap.Alt => "Has no description",
            PortraitGap.Credit => "Has no credit",
            PortraitGap.AltAndCredit => "Has no description and no credit",
            _ => null,
        };
}

/// <summary>What an image lacks.</summary>
public enum PortraitGap
{
    Alt,
    AltAndCredit,
    Credit,
    None,
}
