using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Cms.Body;

namespace Cms.Import;

/// <summary>Says in Markdown what a body in HTML says; what Markdown cannot say stays as its words.</summary>
internal static class HtmlMarkdown
{
    private const int MaxDepth = 60;

    public static string Of(string html)
    {
        var markdown = new StringBuilder();
        foreach (var block in new HtmlParser().ParseDocument(html).Body!.ChildNodes)
        {
            Block(block, markdown, 0);
        }

        return markdown.ToString().Trim('\n');
    }

    /// <summary>Paragraphs between blank lines.</summary>
    public static string OfPlain(string text) =>
        string.Join(
            "\n\n",
            text.ReplaceLineEndings("\n")
                .Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(paragraph => string.Join("\\\n", paragraph.Split('\n').Select(line => Escape(line.Trim()))))
        );

    private static void Block(INode node, StringBuilder markdown, int depth)
    {
        if (node is IText text)
        {
            Paragraph(Escape(Spaces(text.Data)), markdown);
            return;
        }

        if (node is not IElement element || depth > MaxDepth || IsHidden(element))
        {
            return;
        }

        switch (element.LocalName)
        {
            case ['h', >= '1' and <= '6' and var level]:
                Paragraph(new string('#', Math.Clamp(level - '0', 2, 4)) + " " + Inline(element, 0).Trim(), markdown);
                break;
            case "ul" or "ol":
                var number = 1;
                foreach (var item in element.Children.Where(item => !IsHidden(item)))
                {
                    var inner = new StringBuilder();
                    Blocks(item, inner, depth + 1);
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

    // Runs of words and inline elements make a paragraph together; block elements stand alone.
    private static void Blocks(IElement parent, StringBuilder markdown, int depth)
    {
        var run = new StringBuilder();
        foreach (var child in parent.ChildNodes)
        {
            if (
                child is IElement
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

    private static string Inline(INode node, int depth)
    {
        if (node is IText text)
        {
            return Escape(Spaces(text.Data));
        }

        if (node is not IElement element || depth > MaxDepth || IsHidden(element))
        {
            return "";
        }

        var inner = string.Concat(element.ChildNodes.Select(child => Inline(child, depth + 1)));
        var words = inner.Trim();
        return (element.LocalName, words) switch
        {
            ("br", _) => "\\\n",
            ("img", _) => Escape(element.GetAttribute("alt") ?? ""),
            (_, "") => inner,
            ("strong" or "b", _) => inner.Replace(words, $"**{words}**", StringComparison.Ordinal),
            ("em" or "i", _) => inner.Replace(words, $"*{words}*", StringComparison.Ordinal),
            ("s" or "del", _) => inner.Replace(words, $"~~{words}~~", StringComparison.Ordinal),
            ("code", _) => $"`{Spaces(TextOf(element)).Replace('`', '\'')}`",
            ("a", _) when LinkAddress.Encode(element.GetAttribute("href")?.Trim() ?? "") is { } address =>
                $"[{words}](<{MarkdownText.Address(address)}>)",
            _ => inner,
        };
    }

    /// <summary>What a browser does not show: a story must not be the first place where it is read.</summary>
    private static bool IsHidden(IElement element) =>
        element.LocalName
            is "script"
                or "style"
                or "template"
                or "noscript"
                or "noframes"
                or "noembed"
                or "iframe"
                or "object"
                or "head"
                or "title"
                or "datalist"
        || element.HasAttribute("hidden")
        || (element.LocalName is "dialog" && !element.HasAttribute("open"))
        || (element.GetAttribute("style") is { } style && HiddenElement.IsStyle(style));

    private static string TextOf(INode node, int depth = 0) =>
        node switch
        {
            IText text => text.Data,
            IElement element when depth <= MaxDepth && !IsHidden(element) => string.Concat(
                element.ChildNodes.Select(child => TextOf(child, depth + 1))
            ),
            _ => "",
        };

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

        // ‘1.’ at the beginning of a line would begin a list.
        var numbers =
            escaped.Length > 0 && char.IsAsciiDigit(escaped[0])
                ? escaped.ToString().TrimStart("0123456789".ToCharArray())
                : "";
        return numbers is ['.' or ')', ..]
            ? escaped.Insert(escaped.Length - numbers.Length, '\\').ToString()
            : escaped.ToString();
    }
}
