using System.Collections.Frozen;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Cms.Body;

/// <summary>Elements whose text a browser does not show: by their name, or because an attribute says so. One list for Markdown and HTML.</summary>
internal static partial class HiddenElement
{
    // Characters of a tag in a message.
    private const int MaxShown = 80;

    // What is inside the media is for browsers that cannot show them. What is in <rp> is for readers like this one, and kept.
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

    // In SVG and MathML.
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
        || IsDeclared(element, element.LocalName, IsDrawn(element))
        || (
            element.GetAttribute("style") is { } style
            && HidingStyle.HasNoSize(style)
            && element.QuerySelector("[style*='font' i], font") is null
        );

    /// <summary>Whether this tag, or the beginning of a text, opens one.</summary>
    /// <param name="tag">The tag, with nothing or more behind it.</param>
    /// <param name="inDrawing">Whether SVG or MathML is around.</param>
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

        if (!Telling().IsMatch(tag))
        {
            return false;
        }

        // Under this name it is an element wherever it stands, and its attributes are as HTML reads them.
        var element = new HtmlParser()
            .ParseDocument(string.Concat("<span", tag.AsSpan(match.Length)))
            .QuerySelector("span");
        return element is not null
            && (
                IsDeclared(element, name, inDrawing)
                || (element.GetAttribute("style") is { } style && HidingStyle.HasNoSize(style))
            );
    }

    /// <summary>Whether a plain text holds the tag of one.</summary>
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
            $"What is in {shown} on line {line} is hidden in HTML, and would be published here. Remove it, put it in a comment (<!-- … -->) or, where it is text, write \\ before the <."
        );
    }

    /// <summary>Whether SVG or MathML is in this text.</summary>
    public static bool IsDrawing(string text) =>
        text.Contains("<svg", StringComparison.OrdinalIgnoreCase)
        || text.Contains("<math", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the element that this tag opens ends with the next tag: a player or a frame that is empty has no text to hide.</summary>
    public static bool IsEmpty(string tag, string next) =>
        next is ['<', '/', .. var closed, '>']
        && closed
            .AsSpan()
            .Trim()
            .Equals(Name().Match(tag).Groups["name"].ValueSpan, StringComparison.OrdinalIgnoreCase);

    private static bool IsNamed(string name, bool inDrawing) =>
        Names.Contains(name) || (inDrawing && NamesInDrawings.Contains(name));

    private static bool IsDrawn(IElement element) => element.NamespaceUri != NamespaceNames.HtmlUri;

    private static bool IsDeclared(IElement element, string name, bool inDrawing) =>
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

    // An address between pointed brackets is no tag.
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
    private static partial Regex Telling();
}
