using Cms.Studio.Api;

namespace Cms.Studio.Taxonomy;

/// <summary>A page of the list of terms.</summary>
public sealed record TermListData(TermListDesk? Desk);

/// <summary>The terms that the person may see.</summary>
public sealed record TermListDesk(TermList? Terms);

/// <summary>Some terms.</summary>
public sealed record TermList(IReadOnlyList<TermRow> Nodes, PageInfo PageInfo, int TotalCount);

/// <summary>A term in the list.</summary>
public sealed record TermRow(
    string Id,
    string Name,
    string Slug,
    int Version,
    DateTimeOffset? FirstPublishedAt,
    DateTimeOffset UpdatedAt,
    string UpdatedBy,
    TermUseCount? UsedBy,
    int? Order,
    string? Colour,
    string? Homepage,
    Picture? Avatar
);

/// <summary>How much a term is used.</summary>
/// <param name="Counts">The number of uses of each kind.</param>
public sealed record TermUseCount(IReadOnlyList<TermUsesOfKind> Counts)
{
    /// <summary>The number of articles that readers see with it.</summary>
    public int Published => CountOf(UsageKind.Article);

    /// <summary>The number of articles whose newest version has it.</summary>
    public int Articles => CountOf(UsageKind.WorkingCopy);

    /// <summary>What else uses it, in words; empty if nothing does.</summary>
    public string Others =>
        string.Join(
            ", ",
            Counts
                .Where(uses => uses.Kind is not (UsageKind.Article or UsageKind.WorkingCopy))
                .Select(uses => uses.Words)
        );

    private int CountOf(UsageKind kind) => Counts.FirstOrDefault(uses => uses.Kind == kind)?.Count ?? 0;
}

/// <summary>The terms that a search found.</summary>
/// <param name="Rows">The terms.</param>
/// <param name="Searched">How many terms were searched.</param>
/// <param name="IsCut">Whether there are more terms than were searched.</param>
internal sealed record TermsFound(IReadOnlyList<TermRow> Rows, int Searched, bool IsCut)
{
    /// <summary>Returns whether a term has words in its name or address, in any order.</summary>
    public static bool Matches(TermRow row, string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .All(word =>
                row.Name.Contains(word, StringComparison.CurrentCultureIgnoreCase)
                || row.Slug.Contains(word, StringComparison.OrdinalIgnoreCase)
            );

    /// <summary>Returns how many letters two names have in common at their beginning, whatever their case and punctuation.</summary>
    public static int Likeness(string one, string other) =>
        Letters(one).Zip(Letters(other)).TakeWhile(pair => pair.First == pair.Second).Count();

    private static IEnumerable<char> Letters(string name) =>
        name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant);
}
