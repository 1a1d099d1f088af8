using System.Net;
using System.Text;

namespace Cms.Site.Articles.Body;

/// <summary>A node of the text of an article.</summary>
internal abstract class HtmlNode
{
    public HtmlElement? Parent { get; set; }
}

/// <summary>Text, without entities.</summary>
internal sealed class HtmlText(string text) : HtmlNode
{
    public string Text { get; set; } = text;
}

/// <summary>An element. Its attributes keep their order.</summary>
internal sealed class HtmlElement(string name) : HtmlNode
{
    private readonly List<KeyValuePair<string, string>> _attributes = [];

    public string Name { get; } = name;

    public List<HtmlNode> Children { get; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> Attributes => _attributes;

    /// <summary>An attribute; null if there is none of this name. Setting null removes it.</summary>
    public string? this[string name]
    {
        get => _attributes.Find(attribute => attribute.Key == name).Value;
        set
        {
            var at = _attributes.FindIndex(attribute => attribute.Key == name);
            switch (at, value)
            {
                case (< 0, null):
                    break;
                case (< 0, _):
                    _attributes.Add(new(name, value));
                    break;
                case (_, null):
                    _attributes.RemoveAt(at);
                    break;
                default:
                    _attributes[at] = new(name, value);
                    break;
            }
        }
    }

    public bool HasClass(string name) => this["class"]?.Split(' ').Contains(name, StringComparer.Ordinal) == true;

    public void Add(HtmlNode child)
    {
        child.Parent = this;
        Children.Add(child);
    }

    public void Add(string text) => Add(new HtmlText(text));

    public void Insert(int at, HtmlNode child)
    {
        child.Parent = this;
        Children.Insert(at, child);
    }

    /// <summary>Puts nodes in the place of a child.</summary>
    public void Replace(HtmlNode child, IEnumerable<HtmlNode> nodes)
    {
        var at = Children.IndexOf(child);
        Children.RemoveAt(at);
        foreach (var node in nodes)
        {
            Insert(at++, node);
        }
    }

    /// <summary>Returns all elements below this one, in the order of the document.</summary>
    public IEnumerable<HtmlElement> Descendants()
    {
        foreach (var child in Children.OfType<HtmlElement>())
        {
            yield return child;
            foreach (var below in child.Descendants())
            {
                yield return below;
            }
        }
    }

    /// <summary>Returns all texts below this element, in the order of the document.</summary>
    public IEnumerable<HtmlText> Texts()
    {
        foreach (var child in Children)
        {
            switch (child)
            {
                case HtmlText text:
                    yield return text;
                    break;
                case HtmlElement element:
                    foreach (var below in element.Texts())
                    {
                        yield return below;
                    }

                    break;
            }
        }
    }

    public string Words => string.Concat(Texts().Select(text => text.Text));
}

/// <summary>
/// Reads and writes the HTML of texts. What is written is well-formed whatever is read: elements that are not closed
/// are closed, and end tags without a start are left out.
/// </summary>
internal static class Html
{
    private static readonly HashSet<string> Void = new(StringComparer.Ordinal)
    {
        "area",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    };

    /// <summary>Reads HTML. Returns an element without a name that contains it.</summary>
    public static HtmlElement Read(string html)
    {
        HtmlElement root = new("");
        var open = root;
        var at = 0;
        while (at < html.Length)
        {
            var tag = html.IndexOf('<', at);
            if (tag < 0 || tag + 1 == html.Length)
            {
                open.Add(WebUtility.HtmlDecode(html[at..]));
                break;
            }

            var next = html[tag + 1];
            if (next is not ('/' or '!') && !char.IsAsciiLetter(next))
            {
                // A bare sign is text.
                open.Add(WebUtility.HtmlDecode(html[at..(tag + 1)]));
                at = tag + 1;
                continue;
            }

            if (tag > at)
            {
                open.Add(WebUtility.HtmlDecode(html[at..tag]));
            }

            at = next switch
            {
                '!' => EndOfComment(html, tag),
                '/' => Close(html, tag, ref open),
                _ => Open(html, tag, ref open),
            };
        }

        return root;
    }

    /// <summary>Writes what is inside an element.</summary>
    public static string Write(IEnumerable<HtmlNode> nodes)
    {
        StringBuilder html = new(4096);
        foreach (var node in nodes)
        {
            Write(html, node);
        }

        return html.ToString();
    }

    private static void Write(StringBuilder html, HtmlNode node)
    {
        if (node is not HtmlElement element)
        {
            Escape(html, ((HtmlText)node).Text);
            return;
        }

        html.Append('<').Append(element.Name);
        foreach (var (name, value) in element.Attributes)
        {
            html.Append(' ').Append(name).Append("=\"");
            Escape(html, value);
            html.Append('"');
        }

        html.Append('>');
        if (Void.Contains(element.Name))
        {
            return;
        }

        foreach (var child in element.Children)
        {
            Write(html, child);
        }

        html.Append("</").Append(element.Name).Append('>');
    }

    private static void Escape(StringBuilder html, string text)
    {
        foreach (var sign in text)
        {
            _ = sign switch
            {
                '&' => html.Append("&amp;"),
                '<' => html.Append("&lt;"),
                '>' => html.Append("&gt;"),
                '"' => html.Append("&quot;"),
                '\u00a0' => html.Append("&#160;"),
                _ => html.Append(sign),
            };
        }
    }

    private static int EndOfComment(string html, int at)
    {
        var isComment = html.AsSpan(at).StartsWith("<!--", StringComparison.Ordinal);
        var end = html.IndexOf(isComment ? "-->" : ">", at, StringComparison.Ordinal);
        return end < 0 ? html.Length : end + (isComment ? 3 : 1);
    }

    private static int Close(string html, int at, ref HtmlElement open)
    {
        var end = html.IndexOf('>', at);
        var name = html[(at + 2)..(end < 0 ? html.Length : end)].Trim().ToLowerInvariant();
        for (var element = open; element.Parent is { } parent; element = parent)
        {
            if (element.Name == name)
            {
                open = parent;
                break;
            }
        }

        return end < 0 ? html.Length : end + 1;
    }

    private static int Open(string html, int at, ref HtmlElement open)
    {
        var end = at + 1;
        while (end < html.Length && char.IsAsciiLetterOrDigit(html[end]))
        {
            end++;
        }

        HtmlElement element = new(html[(at + 1)..end].ToLowerInvariant());
        while (end < html.Length && html[end] is not '>')
        {
            end = char.IsWhiteSpace(html[end]) || html[end] is '/' ? end + 1 : ReadAttribute(html, end, element);
        }

        open.Add(element);
        if (!Void.Contains(element.Name))
        {
            open = element;
        }

        return Math.Min(end + 1, html.Length);
    }

    private static int ReadAttribute(string html, int at, HtmlElement element)
    {
        var end = at;
        while (end < html.Length && html[end] is not ('=' or '>' or '/') && !char.IsWhiteSpace(html[end]))
        {
            end++;
        }

        var name = html[at..end].ToLowerInvariant();
        if (end == at || end >= html.Length || html[end] is not '=')
        {
            AddAttribute(element, name, "");
            return end == at ? at + 1 : end;
        }

        var start = end + 1;
        if (start < html.Length && html[start] is '"' or '\'')
        {
            var quote = html.IndexOf(html[start], start + 1);
            end = quote < 0 ? html.Length : quote;
            AddAttribute(element, name, html[(start + 1)..end]);
            return Math.Min(end + 1, html.Length);
        }

        end = start;
        while (end < html.Length && html[end] is not '>' && !char.IsWhiteSpace(html[end]))
        {
            end++;
        }

        AddAttribute(element, name, html[start..end]);
        return end;
    }

    // Only names that can be written without breaking the tag.
    private static void AddAttribute(HtmlElement element, string name, string value)
    {
        if (name.Length > 0 && name.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_' or ':'))
        {
            element[name] ??= WebUtility.HtmlDecode(value);
        }
    }
}
