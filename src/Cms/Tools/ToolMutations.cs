using Cms.Articles;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media;
using Cms.People;
using Cms.Taxonomy;

namespace Cms.Tools;

/// <summary>All fields of a tool. Except for the slug, an omitted field is cleared or set to its default.</summary>
public abstract record ToolWords
{
    /// <summary>
    /// The slug in the tool's URL. If omitted for a new tool, it is made from the name. It cannot be changed later.
    /// </summary>
    public string? Slug { get; init; }

    /// <summary>The tool's name.</summary>
    public required string Name { get; init; }

    /// <summary>The maker of the tool.</summary>
    public string? Maker { get; init; }

    /// <summary>The kind of tool; default PRODUCT.</summary>
    public ToolKind Kind { get; init; } = ToolKind.Product;

    /// <summary>The URL of the tool's web page.</summary>
    public string? Url { get; init; }

    /// <summary>What the tool does, in one sentence.</summary>
    public string? Summary { get; init; }

    /// <summary>The id of the tool's logo: an image in the library that can be published.</summary>
    public MediaId? Logo { get; init; }

    /// <summary>The ids of the tool's tags, in the order to show them.</summary>
    public IReadOnlyList<TagId> Tags { get; init; } = [];

    internal ToolFields ToFields() =>
        new()
        {
            Slug = Slug,
            Name = Name,
            Maker = Maker,
            Kind = Kind,
            Url = Url,
            Summary = Summary,
            Logo = Logo,
            Tags = Tags,
        };
}

/// <summary>The tool to add.</summary>
[GraphQLName("CreateToolInput")]
public sealed record NewTool : ToolWords
{
    internal CreateToolInput ToInput() => new() { Fields = ToFields() };
}

/// <summary>
/// The tool to change, with all its fields. Except for the slug, an omitted field is cleared or set to its default.
/// </summary>
[GraphQLName("EditToolInput")]
public sealed record EditedTool : ToolWords
{
    /// <summary>The id of the tool.</summary>
    public required ToolId Id { get; init; }

    /// <summary>The version that the editor last read; null overwrites any newer version.</summary>
    public int? ExpectedVersion { get; init; }

    internal EditToolInput ToInput() =>
        new()
        {
            Id = Id,
            Fields = ToFields(),
            ExpectedVersion = ExpectedVersion,
        };
}

[MutationType]
public static class ToolMutations
{
    /// <summary>Adds a tool. It becomes public when the first edition that shows it is published.</summary>
    [Authorize(Policies.Editor)]
    [Payload("tool")]
    [Errors<ToolNameRequired, SlugMalformed, ToolSlugTaken, UrlMalformed, TextTooLong, TooMany, TagNotFound>]
    [Errors<MediaNotFound, ImageAltMissing, ImageCreditMissing, ImageRightsExpired, ImageRightsNotBegun>]
    public static Task<Result<Tool>> CreateToolAsync(
        NewTool input,
        Viewer viewer,
        [Service] CreateTool operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input.ToInput(), viewer.ToActor(), cancellationToken);

    /// <summary>Changes a tool.</summary>
    [Authorize(Policies.Editor)]
    [Payload("tool")]
    [Errors<ToolNotFound, VersionConflict, ToolSlugFixed>]
    [Errors<ToolNameRequired, SlugMalformed, UrlMalformed, TextTooLong, TooMany, TagNotFound>]
    [Errors<MediaNotFound, ImageAltMissing, ImageCreditMissing, ImageRightsExpired, ImageRightsNotBegun>]
    public static Task<Result<Tool>> EditToolAsync(
        EditedTool input,
        Viewer viewer,
        [Service] EditTool operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input.ToInput(), viewer.ToActor(), cancellationToken);
}
