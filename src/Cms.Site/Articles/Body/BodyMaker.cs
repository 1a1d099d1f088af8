using System.Globalization;
using System.Text.RegularExpressions;
using Cms.Site.Parts;

namespace Cms.Site.Articles.Body;

/// <summary>Makes the text of an article ready for its page: passages, quotes, tables, code and embeds.</summary>
internal static partial class BodyMaker
{
    private static readonly HashSet<string> CodeElements = new(StringComparer.Ordinal) { "pre", "code" };

    // How cells of figures may have been aligned by the writer.
    private static readonly HashSet<string?> Figures = [null, "align-right"];
    private static readonly HashSet<string> Phrases = new(StringComparer.Ordinal)
    {
        "a",
        "b",
        "br",
        "code",
        "em",
        "i",
        "mark",
        "s",
        "small",
        "span",
        "strong",
    };

    /// <summary>Makes the text ready.</summary>
    public static ShownBody Make(ArticleData article)
    {
        var body = Html.Read(article.Body?.Html ?? "");
        var places = Passages.Mark(body, article.Takes);
        if (Typography.IsCurled(article.Language))
        {
            var before = ' ';
            Curl(body, ref before);
        }

        foreach (var element in body.Descendants().ToList())
        {
            element["data-id"] = null;
            Mend(element);
        }

        Label(body);
        var parts = PartsOf(body, article.Body?.References ?? []);
        return new ShownBody(
            parts,
            places,
            [
                .. parts
                    .OfType<BodyExternal>()
                    .Select(embed => OriginOf(embed.Frame))
                    .OfType<string>()
                    .Distinct(StringComparer.Ordinal),
            ]
        );
    }

    private static void Curl(HtmlElement element, ref char before)
    {
        foreach (var child in element.Children)
        {
            switch (child)
            {
                case HtmlText text:
                    text.Text = Typography.Curl(text.Text, ref before);
                    break;
                case HtmlElement code when CodeElements.Contains(code.Name):
                    before = 'x';
                    break;
                case HtmlElement below:
                    var isBlock = !Phrases.Contains(below.Name);
                    before = isBlock || below.Name is "br" ? ' ' : before;
                    Curl(below, ref before);
                    before = isBlock ? ' ' : before;
                    break;
            }
        }
    }

    private static void Mend(HtmlElement element)
    {
        switch (element.Name)
        {
            case "img" when element["srcset"] is not null:
                element["decoding"] = "async";
                break;
            // The caption and the credit are two sentences.
            case "figcaption" when element.Children is [HtmlText caption, HtmlElement { Name: "small" }]:
                caption.Text = Words.Sentence(caption.Text) + " ";
                break;
            // A paragraph alone in a cell only adds space.
            case "td"
            or "th"
                when element.Children.FindAll(child => child is not HtmlText text || text.Text.Trim().Length > 0)
                    is [HtmlElement { Name: "p" } only]:
                element["id"] ??= only["id"];
                element.Children.Clear();
                only.Children.ForEach(element.Add);
                break;
            case "aside":
                // A landmark needs a name of its own; a note does not.
                element["role"] = "note";
                break;
        }
    }

    // Tables and code can be wider than a phone. They scroll with the keyboard too, and have different names.
    private static void Label(HtmlElement body)
    {
        var tables = body.Descendants().Where(element => element.Name is "table").ToList();
        foreach (var (i, table) in tables.Index())
        {
            Align(table);
            HtmlElement region = new("div")
            {
                ["class"] = "tw",
                ["role"] = "region",
                ["aria-label"] = tables.Count == 1 ? "Table" : Numbered("Table", i),
                ["tabindex"] = "0",
            };
            table.Parent!.Replace(table, [region]);
            region.Add(table);
        }

        var codes = body.Descendants().Where(element => element.Name is "pre").ToList();
        foreach (var (i, code) in codes.Index())
        {
            code["tabindex"] = "0";
            code["role"] = "region";
            code["aria-label"] = codes.Count == 1 ? "Code" : Numbered("Code", i);
        }
    }

    private static string Numbered(string name, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{name} {index + 1}");

    // Columns of figures are found by what is in them, unless the writer aligned them in another way.
    private static void Align(HtmlElement table)
    {
        var (head, rows) = (RowsOf(table, "thead"), RowsOf(table, "tbody"));
        List<List<HtmlElement>> all = [.. head, .. rows];
        if (rows.Count == 0 || all.Exists(row => row.Exists(cell => (cell["colspan"] ?? cell["rowspan"]) is not null)))
        {
            return;
        }

        for (var column = 1; column < rows[0].Count; column++)
        {
            var values = rows.Where(row => row.Count > column).Select(row => row[column].Words.Trim()).ToList();
            var chosen = all.Where(row => row.Count > column)
                .Select(row => row[column]["class"])
                .ToHashSet(StringComparer.Ordinal);
            if (!Figures.IsSupersetOf(chosen) || values.Count(Figure().IsMatch) * 2 < values.Count)
            {
                continue;
            }

            foreach (var row in all.Where(row => row.Count > column))
            {
                row[column]["class"] = row[column]["class"] is { } right ? right + " num" : "num";
            }
        }
    }

    private static List<List<HtmlElement>> RowsOf(HtmlElement table, string part) =>
        [
            .. table
                .Children.OfType<HtmlElement>()
                .Where(child => child.Name == part)
                .SelectMany(group => group.Children.OfType<HtmlElement>())
                .Select(row => row.Children.OfType<HtmlElement>().ToList()),
        ];

    private static List<BodyPart> PartsOf(HtmlElement body, IReadOnlyList<EmbedData> references)
    {
        List<BodyPart> parts = [];
        List<HtmlNode> markup = [];
        foreach (var node in body.Children)
        {
            if (node is HtmlElement element && EmbedOf(element, references) is { } embed)
            {
                Flush();
                parts.Add(embed);
            }
            else
            {
                markup.Add(node);
            }
        }

        Flush();
        return parts;

        void Flush()
        {
            if (markup.Count > 0)
            {
                parts.Add(new BodyMarkup(Html.Write(markup)));
                markup.Clear();
            }
        }
    }

    private static BodyPart? EmbedOf(HtmlElement element, IReadOnlyList<EmbedData> references)
    {
        if (
            !element.HasClass("embed")
            || element.Descendants().FirstOrDefault(child => child.Name is "a" && !child.HasClass("ref"))
                is not { } link
            || link["href"] is not { } href
        )
        {
            return null;
        }

        if (element.HasClass("embed-external"))
        {
            return new BodyExternal(
                element["data-embed"] ?? "",
                href,
                link.Words,
                OriginOf(element["data-embed-frame"]) is null ? null : element["data-embed-frame"],
                element["id"]
            );
        }

        // The last part of the address is the slug, whatever addresses the newsroom has chosen.
        var slug = href.TrimEnd('/').Split('/')[^1];
        var type = element.HasClass("embed-tool") ? "Tool" : "Article";
        return references.FirstOrDefault(reference => reference.Type == type && reference.Slug == slug) switch
        {
            { Type: "Tool" } tool => new BodyTool(tool, element["id"]),
            { } article => new BodyArticle(article, element["id"]),
            null => null,
        };
    }

    private static string? OriginOf(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var frame) && frame.Scheme == Uri.UriSchemeHttps
            ? frame.GetLeftPart(UriPartial.Authority)
            : null;

    [GeneratedRegex(
        @"^[<>≈~±+−–-]?\s?[$€£]?\d[\d.,\s×+−–:/-]*(\s?[%\p{L}°]{1,4})?$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Figure();
}
