using Cms.Articles;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media;
using Cms.People;
using Cms.Taxonomy;

namespace Cms.Tools;

/// <summary>What kind of thing a tool is.</summary>
public enum ToolKind
{
    /// <summary>A trained model.</summary>
    Model,

    /// <summary>Something to install or to buy.</summary>
    Product,

    /// <summary>Something to build with.</summary>
    Library,

    /// <summary>Something that others run.</summary>
    Service,
}

/// <summary>Everything an editor says of a tool.</summary>
public sealed record ToolFields
{
    /// <summary>Made of the name where it is left out; fixed once the tool exists.</summary>
    public string? Slug { get; init; }

    public required string Name { get; init; }

    public string? Maker { get; init; }

    public ToolKind Kind { get; init; } = ToolKind.Product;

    public string? Url { get; init; }

    public string? Summary { get; init; }

    public MediaId? Logo { get; init; }

    public IReadOnlyList<TagId> Tags { get; init; } = [];

    internal List<UserError> Refusals()
    {
        List<UserError> refusals = [];
        if (string.IsNullOrWhiteSpace(Name))
        {
            refusals.Add(new ToolNameRequired() { Path = ["name"] });
        }

        if (Slug is not null && !Foundation.Slug.IsWellFormed(Slug))
        {
            refusals.Add(new SlugMalformed(Slug) { Path = ["slug"] });
        }

        if (Url is not null && !WebAddress.IsWellFormed(Url))
        {
            refusals.Add(new UrlMalformed("url") { Path = ["url"] });
        }

        if (Name?.Length > 120)
        {
            refusals.Add(new TextTooLong("name", 120) { Path = ["name"] });
        }

        if (Maker?.Length > 120)
        {
            refusals.Add(new TextTooLong("maker", 120) { Path = ["maker"] });
        }

        if (Summary?.Length > 1000)
        {
            refusals.Add(new TextTooLong("summary", 1000) { Path = ["summary"] });
        }

        if (Tags.Count > ArticleLimits.Tags)
        {
            refusals.Add(new TooMany("tags", ArticleLimits.Tags) { Path = ["tags"] });
        }

        return refusals;
    }
}

/// <summary>A model, product, library or service that the newsroom writes about.</summary>
public sealed class Tool : ISlugged, IPublishedByEdition
{
    /// <summary>Its id: the same in every answer, for ever.</summary>
    public required ToolId Id { get; init; }

    /// <summary>The words of its URL.</summary>
    public required string Slug { get; init; }

    /// <summary>What it is called.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Who makes it; null when nobody is named.</summary>
    public string? Maker { get; private set; }

    /// <summary>What kind of thing it is.</summary>
    public ToolKind Kind { get; private set; }

    /// <summary>Its own page; null when none is known.</summary>
    public string? Url { get; private set; }

    /// <summary>What it does, in a sentence; null when nothing is told.</summary>
    public string? Summary { get; private set; }

    public MediaId? LogoId { get; private set; }

    public IReadOnlyList<TagId> Tags { get; private set; } = [];

    /// <summary>When the first edition that shows it went live; null while there is none, and readers do not see it.</summary>
    public DateTimeOffset? FirstPublishedAt { get; private set; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Who last changed it.</summary>
    public string UpdatedBy { get; private set; } = "";

    /// <summary>Raised by every change; give it as expectedVersion.</summary>
    public int Version { get; private set; }

    /// <summary>Why the caller's idea of this tool is out of date; null when it is not.</summary>
    public VersionConflict? Conflict(int? expectedVersion) =>
        expectedVersion is { } expected && expected != Version
            ? new VersionConflict(Version, UpdatedBy, UpdatedAt) { Path = ["expectedVersion"] }
            : null;

    public static Result<Tool> Create(ToolId id, ToolFields fields, Contributor by, DateTimeOffset now)
    {
        if (fields.Refusals() is [_, ..] refusals)
        {
            return refusals;
        }

        if ((fields.Slug ?? Foundation.Slug.From(fields.Name)) is not { } slug)
        {
            return new SlugMalformed("") { Path = ["slug"] };
        }

        var tool = new Tool { Id = id, Slug = slug };
        tool.Take(fields, by, now);
        return tool;
    }

    /// <summary>Takes over the fields; true when a reader would notice.</summary>
    public Result<bool> Edit(ToolFields fields, Contributor by, DateTimeOffset now)
    {
        if (fields.Refusals() is [_, ..] refusals)
        {
            return refusals;
        }

        if (fields.Slug is { } slug && slug != Slug)
        {
            return new ToolSlugFixed() { Path = ["slug"] };
        }

        var unchanged =
            fields.Name == Name
            && fields.Maker == Maker
            && fields.Kind == Kind
            && fields.Url == Url
            && fields.Summary == Summary
            && fields.Logo == LogoId
            && fields.Tags.SequenceEqual(Tags);
        if (!unchanged)
        {
            Take(fields, by, now);
        }

        return !unchanged;
    }

    private void Take(ToolFields fields, Contributor by, DateTimeOffset now) =>
        (Name, Maker, Kind, Url, Summary, LogoId, Tags, UpdatedAt, UpdatedBy) = (
            fields.Name,
            fields.Maker,
            fields.Kind,
            fields.Url,
            fields.Summary,
            fields.Logo,
            [.. fields.Tags],
            now,
            by.Name
        );
}
