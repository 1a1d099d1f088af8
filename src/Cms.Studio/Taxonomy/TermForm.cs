using System.Globalization;
using Cms.Studio.Api;
using Cms.Studio.Layout;

namespace Cms.Studio.Taxonomy;

/// <summary>What somebody entered about a term.</summary>
public sealed class TermForm
{
    private const int SpareLinks = 2;
    private const int MaxLinks = 10;

    public string? Name { get; set; }

    public string? Slug { get; set; }

    public string? Order { get; set; }

    public string? Colour { get; set; }

    public string? Homepage { get; set; }

    public string? Bio { get; set; }

    // A form without links sets null.
    public List<LinkForm> Links
    {
        get;
        set => field = value ?? [];
    } = [];

    public int? Version { get; set; }

    /// <summary>Returns the form for a term as it is.</summary>
    internal static TermForm Of(TermDetail term) =>
        new()
        {
            Name = term.Name,
            Order = term.Order?.ToString(CultureInfo.InvariantCulture),
            Colour = term.Colour,
            Homepage = term.Homepage,
            Bio = term.Bio,
            Links = [.. (term.Links ?? []).Select(link => new LinkForm { Label = link.Label, Url = link.Url })],
            Version = term.Version,
        };

    /// <summary>Leaves out links without text, so that the places of the others are those in the API's refusals.</summary>
    internal void Tidy() => Links.RemoveAll(link => (Given(link.Label) ?? Given(link.Url)) is null);

    /// <summary>Adds empty lines for more links.</summary>
    internal void AddSpareLinks()
    {
        for (var spare = 0; spare < SpareLinks && Links.Count < MaxLinks; spare++)
        {
            Links.Add(new LinkForm());
        }
    }

    /// <summary>Returns why the form cannot be sent; null if it can.</summary>
    internal Refusal? Refusal =>
        Given(Order) is { } order && NumberOf(order) is null
            ? new Refusal("Enter the position as a whole number, such as 20.", ["order"])
            : null;

    /// <summary>Returns the input of the mutation that adds a term.</summary>
    internal Dictionary<string, object?> ToNew(TermKind kind)
    {
        var input = Fields(kind);
        input["slug"] = Given(Slug);
        return input;
    }

    /// <summary>Returns the input of the mutation that changes a term.</summary>
    internal Dictionary<string, object?> ToEdit(TermKind kind, string id)
    {
        var input = Fields(kind);
        input["id"] = id;
        input["expectedVersion"] = Version;
        return input;
    }

    /// <summary>Returns what the form holds and what is saved, for the fields in which they differ.</summary>
    internal IEnumerable<Difference> DifferencesFrom(TermDetail term, TermKind kind)
    {
        var now = Of(term);
        List<(string Name, string? Mine, string? Now)> fields = [("The name", Name, now.Name)];
        if (kind.IsCategory)
        {
            fields.Add(("The position", Order, now.Order));
            fields.Add(("The colour", Colour, now.Colour));
        }

        if (kind.IsSource)
        {
            fields.Add(("The home page", Homepage, now.Homepage));
        }

        if (kind.IsAuthor)
        {
            fields.Add(("The biography", Bio, now.Bio));
            fields.Add(("The list of links", InWords(Links), InWords(now.Links)));
        }

        return Difference.Of(fields);
    }

    private Dictionary<string, object?> Fields(TermKind kind)
    {
        Dictionary<string, object?> fields = new(StringComparer.Ordinal) { ["name"] = Name?.Trim() ?? "" };
        if (kind.IsCategory)
        {
            fields["order"] = NumberOf(Order);
            fields["colour"] = Given(Colour);
        }

        if (kind.IsSource)
        {
            fields["homepage"] = Given(Homepage);
        }

        if (kind.IsAuthor)
        {
            fields["bio"] = Given(Bio)?.ReplaceLineEndings("\n");
            fields["links"] = Links.Select(link => new { label = link.Label ?? "", url = link.Url?.Trim() ?? "" });
        }

        return fields;
    }

    private static string InWords(IEnumerable<LinkForm> links) =>
        string.Join(
            ", ",
            links.Where(link => Given(link.Url) is not null).Select(link => $"{link.Label} ({link.Url})")
        );
}

/// <summary>A link that somebody entered.</summary>
public sealed class LinkForm
{
    public string? Label { get; set; }

    public string? Url { get; set; }
}
