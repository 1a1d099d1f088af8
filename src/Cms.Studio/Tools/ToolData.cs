using Cms.Studio.Api;
using Cms.Studio.Media;

namespace Cms.Studio.Tools;

/// <summary>A page of the tools.</summary>
public sealed record ToolListData(ToolListDesk? Desk);

/// <summary>The tools, in order of slug.</summary>
public sealed record ToolListDesk(ToolRows? Tools);

/// <summary>Some tools.</summary>
public sealed record ToolRows(IReadOnlyList<ToolRow> Nodes, PageInfo PageInfo, int TotalCount);

/// <summary>A tool in the list.</summary>
public sealed record ToolRow(
    string Id,
    string Name,
    string Slug,
    ToolKind Kind,
    string? Maker,
    DateTimeOffset? FirstPublishedAt,
    DateTimeOffset UpdatedAt,
    string UpdatedBy,
    Picture? Logo
);

/// <summary>One tool.</summary>
public sealed record ToolData(ToolDesk? Desk);

/// <summary>The tool; null if there is none.</summary>
public sealed record ToolDesk(ToolItem? Tool);

/// <summary>A tool with all that staff know about it.</summary>
public sealed record ToolItem(
    string Id,
    int Version,
    string Name,
    string Slug,
    ToolKind Kind,
    string? Maker,
    string? Summary,
    string? Url,
    string? LogoId,
    PickedPicture? Logo,
    IReadOnlyList<Key> Tags,
    DateTimeOffset? FirstPublishedAt,
    DateTimeOffset UpdatedAt,
    string UpdatedBy
);

/// <summary>What a tool is.</summary>
public enum ToolKind
{
    Library,
    Model,
    Product,
    Service,
}

/// <summary>The answer to a new tool.</summary>
public sealed record CreatedTool(Outcome CreateTool);

/// <summary>The answer to an edited tool.</summary>
public sealed record EditedTool(Outcome EditTool);

/// <summary>A tool, as its form holds it.</summary>
public sealed class ToolForm
{
    /// <summary>The kinds of tools, and what the form calls them.</summary>
    internal static IReadOnlyList<(string Value, string Text)> Kinds { get; } =
    [
        (nameof(ToolKind.Product), "Product"),
        (nameof(ToolKind.Service), "Service"),
        (nameof(ToolKind.Library), "Library"),
        (nameof(ToolKind.Model), "AI model"),
    ];

    public string? Name { get; set; }

    public string? Slug { get; set; }

    public ToolKind Kind { get; set; } = ToolKind.Product;

    public string? Maker { get; set; }

    public string? Summary { get; set; }

    public string? Url { get; set; }

    public ImageForm? Logo { get; set; }

    public IReadOnlyList<string>? Tags { get; set; }

    public int? Version { get; set; }

    internal static string NameOf(ToolKind kind) => Kinds.First(choice => choice.Value == kind.ToString()).Text;

    internal static ToolForm Of(ToolItem tool) =>
        new()
        {
            Name = tool.Name,
            Slug = tool.Slug,
            Kind = tool.Kind,
            Maker = tool.Maker,
            Summary = tool.Summary,
            Url = tool.Url,
            Logo = new ImageForm { Chosen = tool.LogoId },
            Tags = [.. tool.Tags.Select(tag => tag.Id)],
            Version = tool.Version,
        };

    /// <summary>Returns the input of the mutation.</summary>
    /// <param name="id">The id of the tool; null for a new one.</param>
    internal IReadOnlyDictionary<string, object?> ToInput(string? id)
    {
        Dictionary<string, object?> input = new(StringComparer.Ordinal)
        {
            ["name"] = Name?.Trim() ?? "",
            ["kind"] = Kind,
            ["maker"] = Given(Maker),
            ["summary"] = Given(Summary),
            ["url"] = Given(Url),
            ["logo"] = Logo?.Id,
            ["tags"] = Tags ?? [],
        };
        if (id is null)
        {
            input["slug"] = Given(Slug);
        }
        else
        {
            input["id"] = id;
            input["expectedVersion"] = Version;
        }

        return input;
    }

    /// <summary>Returns what the form holds and what is saved, for the fields in which they differ.</summary>
    internal IEnumerable<Layout.Difference> DifferencesFrom(ToolItem tool, IReadOnlyList<TagChoice> tags)
    {
        var saved = Of(tool);
        return Layout.Difference.Of(
            ("The name", Name, saved.Name),
            ("The kind", NameOf(Kind), NameOf(saved.Kind)),
            ("The maker", Maker, saved.Maker),
            ("The summary", Summary, saved.Summary),
            ("The web page", Url, saved.Url),
            ("The logo", Logo?.Id, saved.Logo?.Id),
            ("The list of tags", TagChoices.NamesOf(Tags, tags), TagChoices.NamesOf(saved.Tags, tags))
        );
    }
}
