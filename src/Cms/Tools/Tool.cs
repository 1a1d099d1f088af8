using Cms.Articles;
using Cms.Audit;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media;
using Cms.People;
using Cms.Taxonomy;

namespace Cms.Tools;

/// <summary>The kind of tool.</summary>
public enum ToolKind
{
    /// <summary>A trained model.</summary>
    Model,

    /// <summary>A product to install or buy.</summary>
    Product,

    /// <summary>A library to build with.</summary>
    Library,

    /// <summary>A service that its provider runs.</summary>
    Service,
}

/// <summary>The fields of a tool that an editor sets.</summary>
public sealed record ToolFields
{
    /// <summary>The slug. If null, it is made from the name. It cannot be changed later.</summary>
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
public sealed class Tool : ISlugged, IPublishedByEdition, IAudited
{
    string IAudited.AuditSubject => Id.ToString();

    string? IAudited.AuditName => Name;

    /// <summary>The tool's id. It never changes.</summary>
    public required ToolId Id { get; init; }

    /// <summary>The slug in the tool's URL.</summary>
    public required string Slug { get; init; }

    /// <summary>The tool's name.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The maker of the tool; null if unknown.</summary>
    public string? Maker { get; private set; }

    /// <summary>The kind of tool.</summary>
    public ToolKind Kind { get; private set; }

    /// <summary>The URL of the tool's web page; null if unknown.</summary>
    public string? Url { get; private set; }

    /// <summary>What the tool does, in one sentence; null if there is no summary.</summary>
    public string? Summary { get; private set; }

    public MediaId? LogoId { get; private set; }

    public IReadOnlyList<TagId> Tags { get; private set; } = [];

    /// <summary>
    /// The publication time of the first edition that shows the tool; null if the tool is not yet public.
    /// </summary>
    public DateTimeOffset? FirstPublishedAt { get; private set; }

    /// <summary>When the tool was last changed.</summary>
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Who last changed the tool.</summary>
    public string UpdatedBy { get; private set; } = "";

    /// <summary>Increases with every change. Pass it as expectedVersion.</summary>
    public int Version { get; private set; }

    /// <summary>Returns a conflict if the caller started from an older version; null otherwise.</summary>
    public VersionConflict? Conflict(int? expectedVersion) =>
        VersionConflict.Of(expectedVersion, Version, UpdatedBy, UpdatedAt);

    /// <summary>Returns the fields that an editor sets.</summary>
    internal ToolFields ToFields() =>
        new()
        {
            Slug = Slug,
            Name = Name,
            Maker = Maker,
            Kind = Kind,
            Url = Url,
            Summary = Summary,
            Logo = LogoId,
            Tags = Tags,
        };

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

    /// <summary>Replaces the tool's fields. Returns true if any of them changed.</summary>
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
