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

    /// <summary>Returns a date such as <c>17 Nov</c>.</summary>
    public static string ShortDate(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM", English);

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

    /// <summary>Returns the beginning of a text, cut between words.</summary>
    public static string Shorten(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        var cut = text.LastIndexOf(' ', length);
        return text[..(cut > length / 2 ? cut : length)].TrimEnd(' ', ',', ';', ':', '.') + "…";
    }

    /// <summary>Returns <c>supportive</c>, <c>mixed</c> or <c>skeptical</c>.</summary>
    public static string Of(Stance stance) => stance.ToString().ToLowerInvariant();

    /// <summary>Returns a short label such as <c>Split 2–1</c>.</summary>
    public static string Label(ConsensusData panel) =>
        (panel.Supportive, panel.Mixed, panel.Skeptical) switch
        {
            (> 0, _, > 0) => $"Split {panel.Supportive}–{panel.Skeptical}",
            (> 0, 0, 0) => "All for",
            (0, 0, > 0) => "All against",
            (0, > 0, 0) => "All torn",
            (> 0, _, _) => "Leans for",
            _ => "Leans against",
        };

    /// <summary>Returns what the panel makes of it, without a full stop.</summary>
    public static string Title(ConsensusData panel) =>
        (panel.Supportive, panel.Mixed, panel.Skeptical) switch
        {
            (1, 0, 0) or (0, 1, 0) or (0, 0, 1) => "The panel has one take",
            (> 0, _, > 0) => "The panel is split",
            (0, > 0, 0) => "The panel is torn",
            (_, 0, _) => "The panel agrees",
            (> 0, _, _) => "The panel leans in favour",
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

    /// <summary>Returns how many takes are for, torn and against.</summary>
    public static ConsensusData Count(IEnumerable<IStand> takes)
    {
        var counts = takes.CountBy(take => take.Stance).ToDictionary();
        var (supportive, skeptical) = (
            counts.GetValueOrDefault(Stance.Supportive),
            counts.GetValueOrDefault(Stance.Skeptical)
        );
        return new(supportive, counts.GetValueOrDefault(Stance.Mixed), skeptical, supportive > 0 && skeptical > 0);
    }

    /// <summary>Returns a number with its noun, such as <c>Two stories</c>, for the beginning of a sentence.</summary>
    public static string Count(int n, string one, string many) =>
        n == 0 ? $"No {many}" : $"{Capital(Number(n))} {(n == 1 ? one : many)}";

    /// <summary>Returns how many takes are for, torn and against, such as <c>6 supportive, 14 mixed, 5 skeptical</c>.</summary>
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

    /// <summary>Returns the beginning of a text, cut between two words.</summary>
    public static string Beginning(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        var end = text.LastIndexOf(' ', length);
        return (end > 0 ? text[..end] : text[..length]).TrimEnd(' ', ',', ';', ':', '.') + " …";
    }
}
