using Cms.Articles;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media;
using Cms.People;
using Cms.Taxonomy;

namespace Cms.Tools;

/// <summary>The fields of a tool. Omitted fields keep their values.</summary>
public abstract record ToolWords : MutationInput
{
    /// <summary>The maker of the tool.</summary>
    public Optional<string?> Maker { get; init; }

    /// <summary>The kind of tool. Null sets the default, PRODUCT.</summary>
    public Optional<ToolKind?> Kind { get; init; }

    /// <summary>The URL of the tool's web page.</summary>
    public Optional<string?> Url { get; init; }

    /// <summary>What the tool does, in one sentence.</summary>
    public Optional<string?> Summary { get; init; }

    /// <summary>The id of the tool's logo: an image in the library that can be published.</summary>
    public Optional<MediaId?> Logo { get; init; }

    /// <summary>The ids of the tool's tags, in the order in which to show them.</summary>
    public Optional<IReadOnlyList<TagId>?> Tags { get; init; }

    /// <summary>Returns the fields with those that were sent; null clears a field.</summary>
    private protected ToolFields Apply(ToolFields fields) =>
        fields with
        {
            Maker = Maker.Or(fields.Maker),
            Kind = Kind.Or(fields.Kind) ?? ToolKind.Product,
            Url = Url.Or(fields.Url),
            Summary = Summary.Or(fields.Summary),
            Logo = Logo.Or(fields.Logo),
            Tags = Tags.Or(fields.Tags) ?? [],
        };
}

/// <summary>The tool to add.</summary>
[GraphQLName("CreateToolInput")]
public sealed record NewTool : ToolWords
{
    /// <summary>The tool's name.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The slug in the tool's URL. Made from the name by default. It cannot be changed later.
    /// </summary>
    public string? Slug { get; init; }

    internal CreateToolInput ToInput() => new() { Fields = Apply(new ToolFields { Name = Name, Slug = Slug }) };
}

/// <summary>
/// The changes to a tool. Omitted fields keep their values; null clears a field or restores its default.
/// </summary>
[GraphQLName("EditToolInput")]
public sealed record EditedTool : ToolWords
{
    /// <summary>The id of the tool.</summary>
    public required ToolId Id { get; init; }

    /// <summary>The tool's name. It cannot be empty.</summary>
    public Optional<string?> Name { get; init; }

    /// <summary>The slug in the tool's URL. It cannot be changed: send the current one, or leave it out.</summary>
    public string? Slug { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }

    internal EditToolInput ToInput() =>
        new()
        {
            Id = Id,
            Edit = fields => Apply(fields with { Name = Name.Or(fields.Name) ?? "", Slug = Slug }),
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
