using System.Globalization;
using Cms.Site.Articles;

namespace Cms.Site.Parts;

/// <summary>The words for dates, numbers and what the panel thinks.</summary>
public static class Words
{
    private static readonly string[] Numbers =
    [
        "none",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
    ];
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>Returns a date such as <c>17 November 2026</c>.</summary>
    public static string FullDate(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy", English);

    /// <summary>Returns a date and a time of the day, in UTC.</summary>
    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy, HH:mm 'UTC'", English);

    /// <summary>Returns a number of up to nine as a word.</summary>
    public static string Number(int n) => n >= 0 && n < Numbers.Length ? Numbers[n] : n.ToString("N0", English);

    /// <summary>Returns text with a capital first letter.</summary>
    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>Returns a name without its article, such as <c>Builder</c> for <c>The Builder</c>.</summary>
    public static string ShortName(string name) =>
        name.StartsWith("The ", StringComparison.Ordinal) && name.Length > 4 ? name[4..] : name;

    /// <summary>Returns a text with a full stop, unless it ends with a mark already.</summary>
    public static string Sentence(string text) =>
        text.TrimEnd() is { Length: > 0 } words && char.IsLetterOrDigit(words[^1]) ? words + "." : text.TrimEnd();

    /// <summary>Returns <c>supportive</c>, <c>mixed</c> or <c>skeptical</c>.</summary>
    public static string Of(Stance stance) => stance.ToString().ToLowerInvariant();

    /// <summary>Returns a short label such as <c>Split 2–1</c> or <c>One take: mixed</c>.</summary>
    public static string Label(ConsensusData panel) =>
        panel switch
        {
            { Supportive: 1, Mixed: 0, Skeptical: 0 } => $"One take: {Of(Stance.Supportive)}",
            { Supportive: 0, Mixed: 1, Skeptical: 0 } => $"One take: {Of(Stance.Mixed)}",
            { Supportive: 0, Mixed: 0, Skeptical: 1 } => $"One take: {Of(Stance.Skeptical)}",
            { Split: true } => $"Split {panel.Supportive}–{panel.Skeptical}",
            { Mixed: 0, Skeptical: 0 } => "All for",
            { Mixed: 0, Supportive: 0 } => "All against",
            { Supportive: 0, Skeptical: 0 } => "All mixed",
            _ when panel.Supportive > panel.Skeptical => "Leans for",
            _ => "Leans against",
        };

    /// <summary>Returns what the panel makes of it, without a full stop.</summary>
    public static string Title(ConsensusData panel) =>
        panel switch
        {
            _ when panel.Supportive + panel.Mixed + panel.Skeptical == 1 => "The panel has one take",
            { Split: true } => "The panel is split",
            { Supportive: 0, Skeptical: 0 } => "The panel is mixed",
            { Mixed: 0, Skeptical: 0 } or { Mixed: 0, Supportive: 0 } => "The panel agrees",
            _ when panel.Supportive > panel.Skeptical => "The panel leans in favour",
            _ => "The panel leans against",
        };

    /// <summary>Returns a sentence such as <c>Two are supportive and one is skeptical.</c></summary>
    public static string Sentence(ConsensusData panel)
    {
        var parts = new[] { ("supportive", panel.Supportive), ("mixed", panel.Mixed), ("skeptical", panel.Skeptical) }
            .Where(part => part.Item2 > 0)
            .ToList();
        if (parts is [var (only, count)])
        {
            return count switch
            {
                1 => $"It is {only}.",
                2 => $"Both are {only}.",
                _ => $"All {Number(count)} are {only}.",
            };
        }

        var words = parts
            .Select(part => $"{Number(part.Item2)} {(part.Item2 == 1 ? "is" : "are")} {part.Item1}")
            .ToList();
        return Capital($"{string.Join(", ", words.SkipLast(1))} and {words[^1]}.");
    }

    /// <summary>Returns how many takes are supportive, mixed and skeptical.</summary>
    public static ConsensusData Count(IEnumerable<IStand> takes)
    {
        var counts = takes.CountBy(take => take.Stance).ToDictionary();
        var supportive = counts.GetValueOrDefault(Stance.Supportive);
        var mixed = counts.GetValueOrDefault(Stance.Mixed);
        var skeptical = counts.GetValueOrDefault(Stance.Skeptical);

        // The rule of the API: there are takes for and against, and no stance has a majority.
        var most = Math.Max(supportive, skeptical);
        var isSplit = supportive > 0 && skeptical > 0 && most * 2 <= supportive + mixed + skeptical;
        return new(supportive, mixed, skeptical, isSplit);
    }

    /// <summary>Returns a number with its noun, such as <c>Two stories</c>, for the beginning of a sentence.</summary>
    public static string Count(int n, string one, string many) =>
        n == 0 ? $"No {many}" : $"{Capital(Number(n))} {(n == 1 ? one : many)}";

    /// <summary>Returns how many takes are supportive, mixed and skeptical, such as <c>6 supportive, 14 mixed, 5 skeptical</c>.</summary>
    public static string Stances(IEnumerable<Bar> takes)
    {
        var counts = takes.CountBy(take => take.Stance).ToDictionary();
        return string.Join(
            ", ",
            Enum.GetValues<Stance>().Select(stance => $"{counts.GetValueOrDefault(stance)} {Of(stance)}")
        );
    }

    /// <summary>Returns a date such as <c>17 Nov 2026</c>.</summary>
    public static string Date(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy", English);

    /// <summary>Returns a time as ISO 8601 in UTC, such as <c>2026-11-17T09:30:00Z</c>.</summary>
    public static string Iso(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>Returns the paragraphs of a plain text, which have empty lines between them.</summary>
    public static IReadOnlyList<string> Paragraphs(string? text) =>
        (text ?? "").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Returns the beginning of a text, cut between two words unless a word is very long.</summary>
    public static string Beginning(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        var end = text.LastIndexOf(' ', length);
        if (end > length / 2)
        {
            return text[..end].TrimEnd(' ', ',', ';', ':', '.') + " …";
        }

        // A character outside the basic plane has two parts.
        return text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)] + "…";
    }
}
