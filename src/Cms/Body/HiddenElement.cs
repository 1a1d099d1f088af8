using System.Collections.Frozen;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Cms.Body;

/// <summary>
/// Detects elements whose text a browser does not show, because of their name or an attribute. The imports of Markdown
/// and of HTML share these rules.
/// </summary>
internal static partial class HiddenElement
{
    // The maximum number of characters of a tag in a message.
    private const int MaxShown = 80;

    // The text in a media element is for browsers that cannot show the media. <rp> is not listed: its text is for
    // software that does not support ruby, such as this import.
    private static readonly FrozenSet<string> Names = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "audio",
        "canvas",
        "datalist",
        "head",
        "iframe",
        "meter",
        "noembed",
        "noframes",
        "noscript",
        "object",
        "progress",
        "script",
        "style",
        "template",
        "title",
        "video"
    );

    // These elements are hidden only in SVG and MathML.
    private static readonly FrozenSet<string> NamesInDrawings = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "annotation",
        "annotation-xml",
        "clipPath",
        "defs",
        "desc",
        "filter",
        "marker",
        "mask",
        "metadata",
        "pattern",
        "symbol"
    );

    public static bool Is(IElement element) =>
        IsNamed(element.LocalName, IsDrawn(element))
        || HidesItself(element, element.LocalName, IsDrawn(element))
        || (
            element.GetAttribute("style") is { } style
            && HidingStyle.HasNoSize(style)
            && element.QuerySelector("[style*='font' i], font") is null
        );

    /// <summary>Returns whether an attribute hides the element.</summary>
    public static bool IsHiddenByAttribute(IElement element) =>
        HidesItself(element, element.LocalName, IsDrawn(element))
        || (element.GetAttribute("style") is { } style && HidingStyle.HasNoSize(style));

    /// <summary>Returns whether the text begins with a tag that opens a hidden element.</summary>
    /// <param name="tag">The tag, with or without text after it.</param>
    /// <param name="inDrawing">Whether the document contains SVG or MathML.</param>
    public static bool IsOpenedBy(string tag, bool inDrawing)
    {
        if (Name().Match(tag) is not { Success: true } match)
        {
            return false;
        }

        var name = match.Groups["name"].Value;
        if (IsNamed(name, inDrawing))
        {
            return true;
        }

        if (!HidingWords().IsMatch(tag))
        {
            return false;
        }

        // Parse the tag as a span, which is valid anywhere, to read the attributes as HTML does.
        var element = new HtmlParser()
            .ParseDocument(string.Concat("<span", tag.AsSpan(match.Length)))
            .QuerySelector("span");
        return element is not null
            && (
                HidesItself(element, name, inDrawing)
                || (element.GetAttribute("style") is { } style && HidingStyle.HasNoSize(style))
            );
    }

    /// <summary>Returns whether a plain text contains the tag of a hidden element.</summary>
    public static bool IsIn(string text)
    {
        var inDrawing = IsDrawing(text);
        return Tag().Matches(text).Any(tag => IsOpenedBy(tag.Value, inDrawing));
    }

    public static BodyInvalid Refusal(string tag, int line)
    {
        var end = tag.IndexOf('>', StringComparison.Ordinal) + 1;
        var shown = end is > 0 and <= MaxShown ? tag[..end] : $"{tag[..Math.Min(MaxShown, tag.Length)]}…";
        return new BodyInvalid(
            "",
            $"The content of {shown} on line {line} is hidden in HTML but would be published here. Remove it, put it in a comment (<!-- … -->), or write \\ before the < if it is text."
        );
    }

    /// <summary>Returns whether the text contains SVG or MathML.</summary>
    public static bool IsDrawing(string text) =>
        text.Contains("<svg", StringComparison.OrdinalIgnoreCase)
        || text.Contains("<math", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Returns whether the next tag closes the element. An empty media player or frame has no text to hide.
    /// </summary>
    public static bool IsEmpty(string tag, string next) =>
        next is ['<', '/', .. var closed, '>']
        && closed
            .AsSpan()
            .Trim()
            .Equals(Name().Match(tag).Groups["name"].ValueSpan, StringComparison.OrdinalIgnoreCase);

    private static bool IsNamed(string name, bool inDrawing) =>
        Names.Contains(name) || (inDrawing && NamesInDrawings.Contains(name));

    private static bool IsDrawn(IElement element) => element.NamespaceUri != NamespaceNames.HtmlUri;

    private static bool HidesItself(IElement element, string name, bool inDrawing) =>
        element.HasAttribute("hidden")
        || element.HasAttribute("popover")
        || (name.Equals("dialog", StringComparison.OrdinalIgnoreCase) && !element.HasAttribute("open"))
        || (element.GetAttribute("style") is { } style && HidingStyle.Hides(style))
        || (
            inDrawing
            && HidingStyle.Hides(
                $"display:{element.GetAttribute("display")};visibility:{element.GetAttribute("visibility")}"
            )
        );

    [GeneratedRegex(
        """<[a-z](?>=\s*("[^"]*"|'[^']*')|[^<>])*>""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Tag();

    // An address in angle brackets is not a tag.
    [GeneratedRegex(
        @"^<(?!mailto:)(?<name>[a-z][^\s/>]*)(?<!:)(?=[\s/>])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Name();

    [GeneratedRegex(
        "hidden|popover|style|^<dialog|display|visibility",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex HidingWords();
}
