using Cms.Articles;
using Cms.Body;
using Cms.Bookmarks;
using Cms.Media;
using Cms.Reading;
using Cms.Routes;
using Cms.Taxonomy;

namespace Cms.Tools;

/// <summary>The data of a tool for readers, with only the requested columns.</summary>
public sealed class PublicTool : IEmbed, IPageContent, IBookmarkTarget, IPublishedByEdition
{
    /// <summary>The tool's id. It never changes.</summary>
    public ToolId Id { get; init; }

    /// <summary>The slug in the tool's URL.</summary>
    public string Slug { get; init; } = "";

    /// <summary>The tool's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The maker of the tool; null if unknown.</summary>
    public string? Maker { get; init; }

    /// <summary>The kind of tool.</summary>
    public ToolKind Kind { get; init; }

    public string? Url { get; init; }

    /// <summary>What the tool does, in one sentence; null if there is no summary.</summary>
    public string? Summary { get; init; }

    public MediaId? LogoId { get; init; }

    public IReadOnlyList<TagId> Tags { get; init; } = [];

    /// <inheritdoc />
    public DateTimeOffset? FirstPublishedAt { get; init; }

    public int Version { get; init; }

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
                LogoId = tool.LogoId,
                Tags = tool.Tags,
                FirstPublishedAt = tool.FirstPublishedAt,
                Version = tool.Version,
            },
            nameof(Id)
        );
}
