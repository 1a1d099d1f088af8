using System.Text;
using Cms.Site.Parts;

namespace Cms.Site.Articles.Body;

/// <summary>Marks the passages that takes refer to, and adds the portraits and notes of their personas.</summary>
internal static class Passages
{
    private static readonly HashSet<string> Inline = new(StringComparer.Ordinal)
    {
        "a",
        "b",
        "code",
        "em",
        "i",
        "s",
        "strong",
    };

    // What follows these begins a new line, so quotes can go on across them.
    private static readonly HashSet<string> Breaks = new(StringComparer.Ordinal)
    {
        "blockquote",
        "br",
        "figcaption",
        "li",
        "p",
        "pre",
        "td",
        "th",
        "tr",
    };

    /// <summary>
    /// Marks the passages of all takes. Returns the ids of the places in the text that takes can link to, by the id of
    /// the take.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Mark(HtmlElement body, IReadOnlyList<TakeData> takes)
    {
        Dictionary<string, string> places = new(StringComparer.Ordinal);
        var anchored = takes
            .Where(take => take.Anchor is not null)
            .GroupBy(take => take.Anchor!.BlockId, StringComparer.Ordinal);
        var blocks = body.Descendants()
            .Where(element => element["data-id"] is not null)
            .GroupBy(element => element["data-id"]!, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);
        foreach (var group in anchored)
        {
            if (blocks.TryGetValue(group.Key, out var block))
            {
                Mark(body, block, [.. group], places);
            }
        }

        return places;
    }

    private static void Mark(
        HtmlElement body,
        HtmlElement block,
        IReadOnlyList<TakeData> takes,
        Dictionary<string, string> places
    )
    {
        // Headings have an id already, which the table of contents links to.
        block["id"] ??= "b-" + takes[0].Anchor!.BlockId;
        List<Passage> passages = [];
        BlockText text = new(block);
        foreach (var take in takes)
        {
            places[take.Id] = block["id"]!;
            if (take.Anchor!.Quote is { } quote && text.Find(quote) is { } found)
            {
                passages.Add(new(take, found.Start, found.End));
            }
        }

        var ends = Wrap(text, passages, places);
        foreach (var take in takes)
        {
            AddPortrait(block, ends, take);
        }

        // Notes float beside the text. They are added before the outermost block that contains the passage, in the order
        // of the panel.
        var outermost = block;
        while (outermost.Parent is { } parent && parent != body)
        {
            outermost = parent;
        }

        foreach (var take in takes)
        {
            body.Insert(body.Children.IndexOf(outermost), NoteOf(take));
        }
    }

    // Cuts the texts where a passage begins or ends, and marks the pieces. Marks are never inside each other: words of two takes have
    // the colour of the first. Returns the last mark of each take.
    private static Dictionary<string, HtmlElement> Wrap(
        BlockText text,
        List<Passage> passages,
        Dictionary<string, string> places
    )
    {
        Dictionary<string, HtmlElement> ends = new(StringComparer.Ordinal);
        foreach (var (node, start) in text.Nodes)
        {
            var end = start + node.Text.Length;
            int[] cuts =
            [
                .. passages
                    .SelectMany(passage => new[] { passage.Start, passage.End })
                    .Where(cut => cut > start && cut < end)
                    .Append(start)
                    .Append(end)
                    .Distinct()
                    .Order(),
            ];
            List<HtmlNode> pieces = [];
            foreach (var (from, to) in cuts.Zip(cuts.Skip(1)))
            {
                var words = node.Text[(from - start)..(to - start)];
                var over = passages.FindAll(passage => passage.Start <= from && passage.End >= to);
                if (over.Count == 0)
                {
                    pieces.Add(new HtmlText(words));
                    continue;
                }

                HtmlElement mark = new("mark") { ["class"] = "pass p-" + over[0].Take.PersonaSlug };
                mark.Add(words);
                pieces.Add(mark);
                foreach (var passage in over)
                {
                    ends[passage.Take.Id] = mark;
                    if (passage.IsPlaced)
                    {
                        continue;
                    }

                    mark["id"] ??= "q-" + passage.Take.Id;
                    places[passage.Take.Id] = mark["id"]!;
                    passage.IsPlaced = true;
                }
            }

            if (pieces.Any(piece => piece is HtmlElement))
            {
                node.Parent!.Replace(node, pieces);
            }
        }

        return ends;
    }

    // The portrait follows the last word. A link cannot be inside a link, and code stays as it is.
    private static void AddPortrait(HtmlElement block, Dictionary<string, HtmlElement> ends, TakeData take)
    {
        var portrait = PortraitOf(take);
        if (!ends.TryGetValue(take.Id, out var end))
        {
            var target = block.Name switch
            {
                "p" or "li" or "td" or "th" or "h2" or "h3" or "h4" => block,
                // Elsewhere the note and the card link to the block. A list or a table has no place for a portrait.
                _ => block.Children.OfType<HtmlElement>().LastOrDefault(child => child.Name is "p"),
            };
            target?.Add(portrait);
            return;
        }

        // In code it would look like a part of it.
        if (block.Name is "pre")
        {
            return;
        }

        var last = end;
        for (
            var outer = end.Parent;
            outer is not null && outer != block && (Inline.Contains(outer.Name) || outer.Name is "span");
            outer = outer.Parent
        )
        {
            last = outer;
        }

        // After the portraits of earlier takes on the same words.
        var at = last.Parent!.Children.IndexOf(last) + 1;
        while (
            at < last.Parent.Children.Count
            && last.Parent.Children[at] is HtmlElement { Name: "a" } other
            && other.HasClass("ref")
        )
        {
            at++;
        }

        last.Parent.Insert(at, portrait);
        if (KeepTogether(last, portrait) is { } word)
        {
            foreach (var (id, _) in ends.Where(other => other.Value == last).ToList())
            {
                ends[id] = word;
            }
        }
    }

    // The portrait stays on the line of the last word. Returns the mark of that word if it was cut off from the others.
    private static HtmlElement? KeepTogether(HtmlElement last, HtmlElement portrait)
    {
        if (last.Name is not "mark" || last.Children is not [HtmlText words] || last.Parent!.HasClass("nb"))
        {
            return null;
        }

        var cut = words.Text.TrimEnd().LastIndexOf(' ') + 1;
        HtmlElement together = new("span") { ["class"] = "nb" };
        var parent = last.Parent;
        parent.Children.Remove(portrait);
        if (cut == 0)
        {
            parent.Replace(last, [together]);
            together.Add(last);
            together.Add(portrait);
            return null;
        }

        HtmlElement word = new("mark") { ["class"] = last["class"] };
        word.Add(words.Text[cut..]);
        words.Text = words.Text[..cut];
        parent.Insert(parent.Children.IndexOf(last) + 1, together);
        together.Add(word);
        together.Add(portrait);
        return word;
    }

    private static HtmlElement PortraitOf(TakeData take)
    {
        HtmlElement link = new("a")
        {
            ["class"] = "ref p-" + take.PersonaSlug,
            ["href"] = "#" + take.Id,
            ["aria-label"] = take.PersonaName + " on this passage",
        };
        link.Add(FaceOf(take, 20));
        return link;
    }

    private static HtmlElement NoteOf(TakeData take)
    {
        HtmlElement note = new("div") { ["class"] = "mnote p-" + take.PersonaSlug };
        HtmlElement link = new("a") { ["href"] = "#" + take.Id };
        HtmlElement name = new("b");
        name.Add(take.PersonaName);
        HtmlElement stance = new("span") { ["class"] = "fine" };
        stance.Add($" {Words.Of(take.Stance)}");
        link.Add(FaceOf(take, 32));
        link.Add(name);
        link.Add(stance);
        if (take.Verdict is { } verdict)
        {
            HtmlElement words = new("q");
            words.Add(verdict);
            link.Add(words);
        }

        note.Add(link);
        return note;
    }

    private static HtmlElement FaceOf(TakeData take, int size)
    {
        var pixels = size.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (take.Persona.Avatar is { } avatar)
        {
            return new HtmlElement("img")
            {
                ["src"] = avatar.Url,
                ["width"] = pixels,
                ["height"] = pixels,
                ["alt"] = "",
                ["loading"] = "lazy",
            };
        }

        // Without a picture, a dot in the colour of the persona.
        return new HtmlElement("i") { ["class"] = "dot" };
    }

    private sealed record Passage(TakeData Take, int Start, int End)
    {
        public bool IsPlaced { get; set; }
    }

    // The words of a block as readers see them, with the place of each character in the markup. White space counts
    // once, because a quote can have been selected across line breaks.
    private sealed class BlockText
    {
        private readonly StringBuilder _words = new();
        private readonly List<int> _places = [];
        private int _length;

        public BlockText(HtmlElement block) => Add(block);

        public List<(HtmlText Node, int Start)> Nodes { get; } = [];

        public (int Start, int End)? Find(string quote)
        {
            var words = string.Join(' ', quote.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            var at = words.Length == 0 ? -1 : _words.ToString().IndexOf(words, StringComparison.Ordinal);
            return at < 0 ? null : (_places[at], _places[at + words.Length - 1] + 1);
        }

        private void Add(HtmlElement element)
        {
            foreach (var child in element.Children)
            {
                if (child is HtmlElement below)
                {
                    Add(below);
                    continue;
                }

                var text = (HtmlText)child;
                Nodes.Add((text, _length));
                foreach (var sign in text.Text)
                {
                    Add(sign, _length++);
                }
            }

            if (Breaks.Contains(element.Name))
            {
                Add(' ', _length);
            }
        }

        private void Add(char sign, int place)
        {
            if (!char.IsWhiteSpace(sign))
            {
                _words.Append(sign);
                _places.Add(place);
            }
            else if (_words.Length > 0 && _words[^1] is not ' ')
            {
                _words.Append(' ');
                _places.Add(place);
            }
        }
    }
}
