using Cms.Articles;
using Cms.Body;
using Cms.Bookmarks;
using Cms.Media;
using Cms.Reading;
using Cms.Taxonomy;

namespace Cms.Tools;

/// <summary>A tool as the public sees it, holding the columns that were asked for.</summary>
public sealed class PublicTool : IEmbed, IBookmarkTarget, IPublishedByEdition
{
    /// <summary>Its id: the same in every answer, for ever.</summary>
    public ToolId Id { get; init; }

    /// <summary>The words of its URL.</summary>
    public string Slug { get; init; } = "";

    /// <summary>What it is called.</summary>
    public string Name { get; init; } = "";

    /// <summary>Who makes it; null when nobody is named.</summary>
    public string? Maker { get; init; }

    /// <summary>What kind of thing it is.</summary>
    public ToolKind Kind { get; init; }

    public string? Url { get; init; }

    /// <summary>What it does, in a sentence; null when nothing is told.</summary>
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
