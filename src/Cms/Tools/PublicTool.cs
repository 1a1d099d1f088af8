using Cms.Body;
using Cms.Data;
using Cms.Taxonomy;

namespace Cms.Tools;

/// <summary>A tool as the public sees it, holding the columns that were asked for.</summary>
public sealed class PublicTool : IEmbed
{
    public ToolId Id { get; init; }

    public string Slug { get; init; } = "";

    public string Name { get; init; } = "";

    public string? Maker { get; init; }

    public ToolKind Kind { get; init; }

    public string? Url { get; init; }

    public string? Summary { get; init; }

    public IReadOnlyList<TagId> Tags { get; init; } = [];

    internal static Projection<Tool, PublicTool> Columns { get; } =
        new(
            tool => new PublicTool
            {
                Id = tool.Id,
                Slug = tool.Slug,
                Name = tool.Name,
                Maker = tool.Maker,
                Kind = tool.Kind,
                Url = tool.Url,
                Summary = tool.Summary,
                Tags = tool.Tags,
            },
            nameof(Id)
        );
}
