using Cms.Articles;
using Cms.Foundation;

namespace Cms.Taxonomy;

/// <summary>A department of the newsroom, such as ‘Launch’. An article belongs to at most one category.</summary>
public sealed class Category : ISlugged, IPublishedByEdition
{
    /// <summary>The category's id. It never changes.</summary>
    public required CategoryId Id { get; init; }

    /// <summary>The slug in the category's URL.</summary>
    public required string Slug { get; init; }

    /// <summary>The category's name.</summary>
    public required string Name { get; init; }

    /// <inheritdoc />
    public DateTimeOffset? FirstPublishedAt { get; init; }

    public int Version { get; private set; }
}

/// <summary>A topic. An article can have several tags.</summary>
public sealed class Tag : ISlugged, IPublishedByEdition
{
    /// <summary>The tag's id. It never changes.</summary>
    public required TagId Id { get; init; }

    /// <summary>The slug in the tag's URL.</summary>
    public required string Slug { get; init; }

    /// <summary>The tag's name.</summary>
    public required string Name { get; init; }

    /// <inheritdoc />
    public DateTimeOffset? FirstPublishedAt { get; init; }

    public int Version { get; private set; }
}

/// <summary>A publication that articles come from.</summary>
public sealed class Source : ISlugged, IPublishedByEdition
{
    /// <summary>The source's id. It never changes.</summary>
    public required SourceId Id { get; init; }

    /// <summary>The slug in the source's URL.</summary>
    public required string Slug { get; init; }

    /// <summary>The source's name.</summary>
    public required string Name { get; init; }

    /// <summary>The URL of the publication's home page (RFC 3986); null if unknown.</summary>
    public string? Homepage { get; init; }

    /// <inheritdoc />
    public DateTimeOffset? FirstPublishedAt { get; init; }

    public int Version { get; private set; }
}
