using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Cms.Body;

namespace Cms.Import;

/// <summary>
/// Converts a body from HTML to Markdown. Elements without an equivalent in Markdown become text, with a warning if
/// content is lost.
/// </summary>
internal sealed partial class HtmlMarkdown
{
    private const int MaxDepth = 60;

    // The time that the parser needs grows with the square of the depth.
    private const int MaxParsedDepth = 1_000;

    // HTML, sections 13.1.2 and 13.1.2.4: elements without content, and those whose end tag can be left out.
    private static readonly HashSet<string> EndsByItself = new(StringComparer.OrdinalIgnoreCase)
    {
        "area",
        "base",
        "body",
        "br",
        "col",
        "colgroup",
        "dd",
        "dt",
        "embed",
        "head",
        "hr",
        "html",
        "img",
        "input",
        "li",
        "link",
        "meta",
        "optgroup",
        "option",
        "p",
        "param",
        "rp",
        "rt",
        "source",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "track",
        "wbr",
    };

    // The number of characters of an address that a warning quotes.
    private const int MaxQuoted = 200;

    // Parse as a browser with scripts enabled, which hides <noscript>.
    private static readonly HtmlParserOptions Options = new() { IsScripting = true };

    private readonly List<string> _warnings;

    private HtmlMarkdown(List<string> warnings) => _warnings = warnings;

    public static string Of(string html, List<string> warnings)
    {
        if (IsTooDeep(html))
        {
            warnings.Add(
                $"The HTML is nested more than {MaxParsedDepth} levels deep, so only its text was read, without its form."
            );
            return OfPlain(WebUtility.HtmlDecode(Tag().Replace(html, " ")));
        }

        var reader = new HtmlMarkdown(warnings);
        var markdown = new StringBuilder();
        using var document = new HtmlParser(Options).ParseDocument(html);
        if (reader.IsShown(document.DocumentElement, 0) && document.Body is { } body && reader.IsShown(body, 0))
        {
            foreach (var block in body.ChildNodes)
            {
                reader.Block(block, markdown, 0);
            }
        }

        return markdown.ToString().Trim('\n');
    }

    /// <summary>Converts plain text to Markdown. Blank lines separate paragraphs.</summary>
    public static string OfPlain(string text) =>
        string.Join(
            "\n\n",
            text.ReplaceLineEndings("\n")
                .Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(paragraph => string.Join("\\\n", paragraph.Split('\n').Select(line => Escape(line.Trim()))))
        );

    // Counts the elements that are open. Those that need no end tag do not count, because another one ends them.
    private static bool IsTooDeep(string html)
    {
        var depth = 0;
        var open = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (Match tag in Tag().Matches(html))
        {
            var name = tag.Groups["name"].Value;
            if (EndsByItself.Contains(name))
            {
                continue;
            }

            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(open, name, out _);
            if (!tag.Groups["end"].Success)
            {
                count++;
                depth++;
            }
            else if (count > 0)
            {
                count--;
                depth--;
            }

            if (depth > MaxParsedDepth)
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(
        "<(?<end>/)?(?<name>[a-z][a-z0-9]*)[^<>]*>",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Tag();

    private void Block(INode node, StringBuilder markdown, int depth)
    {
        if (node is IText text)
        {
            Paragraph(Escape(Spaces(text.Data)), markdown);
            return;
        }

        if (External(node) is { } external)
        {
            Paragraph(external, markdown);
            return;
        }

        if (node is not IElement element || !IsShown(element, depth))
        {
            return;
        }

        switch (element.LocalName)
        {
            // A frame in a paragraph of its own.
            case "p" when element.TextContent.AsSpan().Trim().IsEmpty && element.Children.Any(IsExternal):
                Blocks(element, markdown, depth + 1);
                break;
            case ['h', >= '1' and <= '6' and var level]:
                Paragraph(new string('#', Math.Clamp(level - '0', 2, 4)) + " " + Inline(element, 0).Trim(), markdown);
                break;
            case "ul" or "ol":
                var number = 1;
                foreach (var item in element.ChildNodes)
                {
                    var inner = new StringBuilder();
                    if (item is IElement listed && IsShown(listed, depth + 1))
                    {
                        Blocks(listed, inner, depth + 1);
                    }
                    else if (item is IText { Data: var words })
                    {
                        Paragraph(Escape(Spaces(words).Trim()), inner);
                    }

                    if (inner.Length == 0)
                    {
                        continue;
                    }

                    var marker = element.LocalName == "ul" ? "- " : $"{number++}. ";
                    var lines = inner.ToString().Trim('\n').Split('\n');
                    Paragraph(marker + string.Join("\n" + new string(' ', marker.Length), lines), markdown);
                }

                break;
            case "blockquote":
                var quoted = new StringBuilder();
                Blocks(element, quoted, depth + 1);
                Paragraph(
                    "> " + quoted.ToString().Trim('\n').Replace("\n", "\n> ", StringComparison.Ordinal),
                    markdown
                );
                break;
            case "pre":
                Paragraph(
                    $"````\n{TextOf(element).Trim('\n').Replace("````", "‘‘‘‘", StringComparison.Ordinal)}\n````",
                    markdown
                );
                break;
            case "hr":
                Paragraph("---", markdown);
                break;
            case "table"
            or "tbody"
            or "thead"
            or "tr"
            or "div"
            or "section"
            or "article"
            or "main"
            or "figure"
            or "header"
            or "footer"
            or "body":
                Blocks(element, markdown, depth + 1);
                break;
            default:
                Paragraph(Inline(element, 0).Trim(), markdown);
                break;
        }
    }

    // Adjacent text and inline elements form one paragraph; each block element is separate.
    private void Blocks(IElement parent, StringBuilder markdown, int depth)
    {
        var run = new StringBuilder();
        foreach (var child in parent.ChildNodes)
        {
            if (
                IsExternal(child)
                || child
                    is IElement
                    {
                        LocalName: "p"
                            or "div"
                            or "ul"
                            or "ol"
                            or "blockquote"
                            or "pre"
                            or "table"
                            or "tr"
                            or "tbody"
                            or "thead"
                            or "hr"
                            or "h1"
                            or "h2"
                            or "h3"
                            or "h4"
                            or "h5"
                            or "h6"
                            or "section"
                            or "figure"
                    }
            )
            {
                Paragraph(run.ToString().Trim(), markdown);
                run.Clear();
                Block(child, markdown, depth);
            }
            else
            {
                run.Append(Inline(child, depth));
                if (child is IElement { LocalName: "td" or "th" })
                {
                    run.Append(' ');
                }
            }
        }

        Paragraph(run.ToString().Trim(), markdown);
    }

    private static bool IsExternal(INode node) => External(node) is not null;

    // Returns the embed of a page that a frame shows; null for a hidden frame and for anything else.
    private static string? External(INode node)
    {
        if (
            node is not IElement { LocalName: "iframe" } frame
            || HiddenElement.IsHiddenByAttribute(frame)
            || frame.GetAttribute("width") is "0" or "1"
            || frame.GetAttribute("height") is "0" or "1"
        )
        {
            return null;
        }

        var written = (frame.GetAttribute("src") ?? "").Trim();
        var src = written is ['/', '/', ..] ? $"https:{written}" : written;
        if (LinkAddress.Encode(src) is not { } link || EmbedAddress.Parse(link.Value) is not { } address)
        {
            return null;
        }

        var title = BodyText.Repair(Spaces(frame.GetAttribute("title") ?? "")).Trim();
        return EmbedLine.Of(new ExternalEmbed("", address, title.Length > BodyLimits.LabelLength ? "" : title));
    }

    private string Inline(INode node, int depth)
    {
        if (node is IText text)
        {
            return Escape(Spaces(text.Data));
        }

        if (node is not IElement element || !IsShown(element, depth))
        {
            return "";
        }

        var inner = string.Concat(element.ChildNodes.Select(child => Inline(child, depth + 1)));
        var words = inner.Trim();
        return (element.LocalName, words) switch
        {
            ("br", _) => "\\\n",
            ("img", _) => Picture(element),
            ("a", _) => Linked(element, inner, words),
            ("area" or "embed", _) => Lost(element, inner),
            ("svg", "") => Lost(element, inner),
            (_, "") => inner,
            ("strong" or "b", _) => inner.Replace(words, $"**{words}**", StringComparison.Ordinal),
            ("em" or "i", _) => inner.Replace(words, $"*{words}*", StringComparison.Ordinal),
            ("s" or "del", _) => inner.Replace(words, $"~~{words}~~", StringComparison.Ordinal),
            ("code", _) => $"`{Spaces(TextOf(element)).Replace('`', '\'')}`",
            _ => inner,
        };
    }

    private string Linked(IElement element, string inner, string words)
    {
        if (element.GetAttribute("href") is not { } written)
        {
            return inner;
        }

        // Browsers ignore line breaks and tabs in an address.
        var href = written.Trim().ReplaceLineEndings("").Replace("\t", "", StringComparison.Ordinal);
        if (LinkAddress.Encode(href) is { } address)
        {
            if (words.Length > 0)
            {
                return $"[{words}](<{MarkdownText.Address(address)}>)";
            }

            Warn("A link without text was left out", href);
        }
        else
        {
            Warn("A link was left as text, because it is not a full https, http or mailto URL", href);
        }

        return inner;
    }

    private string Picture(IElement element)
    {
        var alt = Spaces(element.GetAttribute("alt") ?? "").Trim();

        // Do not warn about a tracking pixel without alternative text.
        if (
            alt.Length > 0
            || !(element.GetAttribute("width") is "0" or "1" || element.GetAttribute("height") is "0" or "1")
        )
        {
            Warn(
                alt.Length > 0
                    ? "An image was replaced by its alternative text. Upload the image to show it"
                    : "An image without alternative text was left out. Upload the image to show it",
                element.GetAttribute("src")
            );
        }

        return Escape(alt);
    }

    private string Lost(IElement element, string inner)
    {
        Warn(
            element.LocalName is "area"
                ? "A link on an image was left out. Add it as a text link"
                : $"An element ({element.LocalName}) was left out. Add a link to its content",
            element.GetAttribute("href") ?? element.GetAttribute("src")
        );
        return inner;
    }

    private void Warn(string message, string? address = null)
    {
        var shown = Spaces(BodyText.Repair(address ?? "")).Trim();
        var quoted =
            shown.Length == 0 ? ""
            : shown.Length <= MaxQuoted ? $": {shown}"
            : $": {shown[..MaxQuoted]}…";
        var warning = quoted.Length == 0 ? $"{message}." : $"{message}{quoted}";
        if (!_warnings.Contains(warning))
        {
            _warnings.Add(warning);
        }
    }

    /// <summary>Returns whether a browser shows the element's text. Hidden text must not be published.</summary>
    private bool IsShown(IElement element, int depth)
    {
        if (depth > MaxDepth)
        {
            Warn($"Text nested more than {MaxDepth} levels deep was left out");
            return false;
        }

        if (!HiddenElement.Is(element))
        {
            return true;
        }

        switch (element.LocalName)
        {
            case "audio" or "canvas" or "iframe" or "object" or "video":
                Lost(element, "");
                break;
            case "head" or "noscript" or "script" or "style" or "template" or "title":
                break;
            default:
                if (element.TextContent.AsSpan().Trim().Length > 0)
                {
                    Warn($"Hidden text was left out: it is in <{element.LocalName}>");
                }

                break;
        }

        return false;
    }

    private string TextOf(INode node, int depth = 0)
    {
        if (node is IText text)
        {
            return text.Data;
        }

        if (node is not IElement element || !IsShown(element, depth))
        {
            return "";
        }

        switch (element.LocalName)
        {
            case "br":
                return "\n";
            case "img":
                Picture(element);
                return element.GetAttribute("alt") ?? "";
            case "a" when element.GetAttribute("href") is { } href:
                Warn("A link in code was left as text", href);
                break;
            default:
                break;
        }

        return string.Concat(element.ChildNodes.Select(child => TextOf(child, depth + 1)));
    }

    private static void Paragraph(string text, StringBuilder markdown)
    {
        if (text.Trim().Length > 0)
        {
            markdown.Append(text).Append("\n\n");
        }
    }

    private static string Spaces(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.None))
            .Replace("  ", " ", StringComparison.Ordinal);

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (
                letter
                is '\\'
                    or '`'
                    or '*'
                    or '_'
                    or '['
                    or ']'
                    or '<'
                    or '>'
                    or '#'
                    or '~'
                    or '|'
                    or '!'
                    or '&'
                    or '+'
                    or '-'
                    or ':'
            )
            {
                escaped.Append('\\');
            }

            escaped.Append(letter);
        }

        // ‘1.’ at the start of a line would start a list.
        var numbers =
            escaped.Length > 0 && char.IsAsciiDigit(escaped[0])
                ? escaped.ToString().TrimStart("0123456789".ToCharArray())
                : "";
        return numbers is ['.' or ')', ..]
            ? escaped.Insert(escaped.Length - numbers.Length, '\\').ToString()
            : escaped.ToString();
    }
}
