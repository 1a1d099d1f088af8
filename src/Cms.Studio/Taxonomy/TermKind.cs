using Cms.Studio.Api;

namespace Cms.Studio.Taxonomy;

/// <summary>A kind of term: categories, tags, sources and authors differ in a few fields and are otherwise alike.</summary>
/// <param name="Key">What addresses call it, in the Studio and on the reader site.</param>
/// <param name="One">One of them.</param>
/// <param name="Many">Several of them.</param>
/// <param name="Article">The article before one of them.</param>
internal sealed record TermKind(string Key, string One, string Many, string Article = "a")
{
    /// <summary>All kinds, in the order of their tabs.</summary>
    public static IReadOnlyList<TermKind> All { get; } =
    [
        new("categories", "category", "categories"),
        new("tags", "tag", "tags"),
        new("sources", "source", "sources"),
        new("authors", "author", "authors", "an"),
    ];

    /// <summary>The address of the list.</summary>
    public string Path => "/studio/" + Key;

    /// <summary>The heading of the list.</summary>
    public string Title => char.ToUpperInvariant(Many[0]) + Many[1..];

    public bool IsCategory => Key == "categories";

    public bool IsSource => Key == "sources";

    public bool IsAuthor => Key == "authors";

    /// <summary>Returns the address of a term.</summary>
    public string PathOf(string id) => $"{Path}/{Uri.EscapeDataString(id)}";

    /// <summary>Returns the path of a term on the reader site.</summary>
    public string SitePathOf(string slug) => $"/{Key}/{slug}";

    /// <summary>Returns the kind whose pages have an address.</summary>
    public static TermKind Of(PathString path) =>
        All.Single(kind => path.StartsWithSegments(kind.Path, StringComparison.OrdinalIgnoreCase));
}

/// <summary>How many terms there are of each kind.</summary>
public sealed record TermCountsData(TermCountsDesk? Desk);

/// <summary>The counts that the person may see.</summary>
public sealed record TermCountsDesk(TermCount? Categories, TermCount? Tags, TermCount? Sources, TermCount? Authors)
{
    internal int? Of(TermKind kind) =>
        kind.Key switch
        {
            "categories" => Categories?.TotalCount,
            "tags" => Tags?.TotalCount,
            "sources" => Sources?.TotalCount,
            _ => Authors?.TotalCount,
        };
}

/// <summary>How many terms there are of one kind.</summary>
public sealed record TermCount(int TotalCount);

/// <summary>The answer to a change of a term.</summary>
public sealed record TermChanged(TermChange Changed);

/// <summary>The term, or why it was not changed.</summary>
public sealed record TermChange(Key? Term, IReadOnlyList<Refusal> Errors);
