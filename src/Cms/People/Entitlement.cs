using Cms.Panel;
using Cms.Partners;
using Cms.Taxonomy;
using Cms.Tools;

namespace Cms.People;

/// <summary>
/// What a partner receives at the time of a request: the terms of its agreement in force, with merged categories and tags
/// replaced by those that they became.
/// </summary>
public sealed record Entitlement
{
    /// <summary>The partner.</summary>
    public required PartnerId Partner { get; init; }

    /// <summary>The number of the agreement's version.</summary>
    public required int Agreement { get; init; }

    /// <summary>Only articles in one of these categories; empty for all.</summary>
    public IReadOnlyList<CategoryId> Categories { get; init; } = [];

    /// <summary>Only articles that have one of these tags; empty for all.</summary>
    public IReadOnlyList<TagId> Tags { get; init; } = [];

    /// <summary>No article that has one of these tags.</summary>
    public IReadOnlyList<TagId> ExcludedTags { get; init; } = [];

    /// <summary>Only articles about one of these tools; empty for all.</summary>
    public IReadOnlyList<ToolId> Tools { get; init; } = [];

    /// <summary>
    /// Only articles in one of these languages, in lower case; empty for all. As in RFC 4647 (basic filtering), <c>en</c>
    /// includes <c>en-GB</c>.
    /// </summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>The personas whose takes the partner does not receive.</summary>
    public IReadOnlyList<PersonaId> HiddenPersonas { get; init; } = [];

    /// <summary>Whether the partner receives the bodies of articles.</summary>
    public bool HasFullText { get; init; }

    /// <summary>The number of words that summaries are cut to; null for whole summaries.</summary>
    public int? SummaryWords { get; init; }

    /// <summary>Whether the partner receives images.</summary>
    public bool HasImages { get; init; }

    /// <summary>
    /// Whether the partner receives only the images that partners are allowed to show in <see cref="Territories" />.
    /// </summary>
    public bool HasOnlyClearedImages { get; init; }

    /// <summary>The countries in which the partner can publish (ISO 3166-1 alpha-2); empty for all.</summary>
    public IReadOnlyList<string> Territories { get; init; } = [];

    /// <summary>
    /// The partner sees articles that are released under embargo if the embargo ends by this time; null if it sees them when
    /// readers do.
    /// </summary>
    public DateTimeOffset? SeesUntil { get; init; }

    /// <summary>The most requests in a minute; null for no limit.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>The most requests in a month that are answered with content; null for no limit.</summary>
    public int? MonthlyQuota { get; init; }
}
