using Cms.Api;
using Cms.Taxonomy;
using GraphQL;
using GraphQL.DataLoader;

namespace Cms.Tools;

/// <summary>A tool as staff work on it.</summary>
[ObjectType<Tool>(
    Name = "DeskTool",
    Bind = Bind.Explicit,
    Fields = [
        nameof(Tool.Id),
        nameof(Tool.Slug),
        nameof(Tool.Name),
        nameof(Tool.Maker),
        nameof(Tool.Kind),
        nameof(Tool.Url),
        nameof(Tool.Summary),
        nameof(Tool.UpdatedAt),
        nameof(Tool.Version),
    ]
)]
public static class DeskToolNode
{
    /// <summary>Its topics, in order.</summary>
    [ListSize(5)]
    public static IDataLoaderResult<List<Tag>> GetTagsAsync(
        [Parent] Tool tool,
        [Service] TagById tags,
        IResolveFieldContext context
    ) => tags.LoadMany(tool.Tags, context.Asked<Tag>()).Then(found => found.OfType<Tag>().ToList());
}
