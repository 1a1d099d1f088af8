using Cms.GraphQL;
using Cms.Media;
using Cms.Taxonomy;
using GraphQL;
using GraphQL.DataLoader;

namespace Cms.Tools;

/// <summary>A tool, with the data that only staff can see.</summary>
[ObjectType<Tool>(
    Name = "DeskTool",
    Bind = Bind.Explicit,
    Fields = [
        nameof(Tool.Id),
        nameof(Tool.Slug),
        nameof(Tool.Name),
        nameof(Tool.Maker),
        nameof(Tool.Kind),
        nameof(Tool.Summary),
        nameof(Tool.FirstPublishedAt),
        nameof(Tool.UpdatedAt),
        nameof(Tool.UpdatedBy),
        nameof(Tool.Version),
    ]
)]
public static class DeskToolNode
{
    /// <summary>The URL of the tool's web page; null if unknown.</summary>
    [Url]
    public static string? GetUrl([Parent(nameof(Tool.Url))] Tool tool) => tool.Url;

    /// <summary>The id of the logo as it was saved, whether or not it may be shown now; null if there is none.</summary>
    public static MediaId? GetLogoId([Parent] Tool tool) => tool.LogoId;

    /// <summary>The tool's logo; null if there is none or it cannot be shown.</summary>
    public static IDataLoaderResult<IDataLoaderResult<ShownImage?>>? GetLogoAsync(
        [Parent] Tool tool,
        [Service] ShownImages images
    ) => images.OfAny(tool.LogoId, isPrivate: tool.FirstPublishedAt is null);

    /// <summary>The tool's tags, in the order that the editor chose.</summary>
    [ListSize(5)]
    public static IDataLoaderResult<List<Tag>> GetTagsAsync(
        [Parent] Tool tool,
        [Service] TagById tags,
        IResolveFieldContext context
    ) => tags.LoadDistinct(tool.Tags, context.Asked<Tag>());
}
