using Cms.Studio.Api;
using Cms.Studio.Media;

namespace Cms.Studio.Taxonomy;

/// <summary>A page of the images that can become a portrait.</summary>
public sealed record PortraitsData(PortraitsDesk? Desk);

/// <summary>The library.</summary>
public sealed record PortraitsDesk(PortraitImages? Media);

/// <summary>Some images.</summary>
public sealed record PortraitImages(IReadOnlyList<PortraitImage> Nodes, PageInfo PageInfo);

/// <summary>An image.</summary>
public sealed record PortraitImage(string Id, string FileName, string? Alt, MediaGap Gap, Picture Image);
