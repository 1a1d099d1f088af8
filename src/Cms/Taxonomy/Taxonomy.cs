using Cms.Articles;
using Cms.Foundation;

namespace Cms.Taxonomy;

/// <summary>The one department that a story belongs to: ‘Launch’.</summary>
public sealed class Category : ISlugged, IPublishedByEdition
{
    /// <summary>Its id: the same in every answer, for ever.</summary>
    public required CategoryId Id { get; init; }

    /// <summary>The words of its URL.</summary>
    public required string Slug { get; init; }

    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <inheritdoc />
    public DateTimeOffset? FirstPublishedAt { get; init; }

    public int Version { get; private set; }
}

/// <summary>A topic; a story has several.</summary>
public sealed class Tag : ISlugged, IPublishedByEdition
{
    /// <summary>Its id: the same in every answer, for ever.</summary>
    public required TagId Id { get; init; }

    /// <summary>The words of its URL.</summary>
    public required string Slug { get; init; }

    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <inheritdoc />
    public DateTimeOffset? FirstPublishedAt { get; init; }

    public int Version { get; private set; }
}

/// <summary>A publication that stories come from.</summary>
public sealed class Source : ISlugged, IPublishedByEdition
{
    /// <summary>Its id: the same in every answer, for ever.</summary>
    public required SourceId Id { get; init; }

    /// <summary>The words of its URL.</summary>
    public required string Slug { get; init; }

    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>Its front page (RFC 3986).</summary>
    public string? Homepage { get; init; }

    /// <inheritdoc />
    public DateTimeOffset? FirstPublishedAt { get; init; }

    public int Version { get; private set; }
}
