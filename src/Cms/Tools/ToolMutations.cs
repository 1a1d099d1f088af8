using Cms.Articles;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media;
using Cms.People;
using Cms.Taxonomy;

namespace Cms.Tools;

/// <summary>Everything that is said of a tool: what is left out is emptied.</summary>
public abstract record ToolWords
{
    /// <summary>The words of its URL; made of the name when left out, and fixed from then on.</summary>
    public string? Slug { get; init; }

    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>Who makes it.</summary>
    public string? Maker { get; init; }

    /// <summary>What kind of thing it is; PRODUCT when left out.</summary>
    public ToolKind Kind { get; init; } = ToolKind.Product;

    /// <summary>Its own page.</summary>
    public string? Url { get; init; }

    /// <summary>What it does, in a sentence.</summary>
    public string? Summary { get; init; }

    /// <summary>Its logo: an image of the library that is described and credited.</summary>
    public MediaId? Logo { get; init; }

    /// <summary>Its topics, in order.</summary>
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

/// <summary>A tool to add.</summary>
[GraphQLName("CreateToolInput")]
public sealed record NewTool : ToolWords
{
    internal CreateToolInput ToInput() => new() { Fields = ToFields() };
}

/// <summary>A tool as it shall be described.</summary>
[GraphQLName("EditToolInput")]
public sealed record EditedTool : ToolWords
{
    /// <summary>The tool.</summary>
    public required ToolId Id { get; init; }

    /// <summary>The version the change began from; null overwrites whatever stands.</summary>
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
    /// <summary>Adds a tool that articles can be about. Readers see it with the first published article that shows it.</summary>
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

    /// <summary>Changes what is said of a tool.</summary>
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
