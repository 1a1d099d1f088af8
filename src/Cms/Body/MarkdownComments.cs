using System.Text;
using Cms.Results;
using Markdig;
using Markdig.Parsers.Inlines;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Cms.Body;

/// <summary>Markdown without the comments that CommonMark would show as text.</summary>
/// <param name="Markdown">The rest.</param>
/// <param name="Lines">The line of the original that each line of the rest began on, from 0; null where they are the same.</param>
internal sealed record WithoutComments(string Markdown, IReadOnlyList<int>? Lines)
{
    public int LineOf(int line) => Lines is null ? line : Lines[Math.Clamp(line, 0, Lines.Count - 1)];
}

/// <summary>
/// Takes out comments as HTML defines them, from <c>&lt;!--</c> to the first <c>--&gt;</c>, whatever is in between. CommonMark
/// ends a paragraph at an empty line, and with it a comment, so the rest of the comment would be published. Comments
/// that stay inside one paragraph are left to the parser of inline text, which leaves them out too.
/// </summary>
internal static class MarkdownComments
{
    // Once is enough unless the comments contain code that is not closed; a text that needs more is built to waste time.
    private const int MaxPasses = 8;

    private const string Opening = "<!--";
    private const string Closing = "-->";

    private static readonly (string Start, string End, string Name)[] Kinds =
    [
        (Opening, Closing, "comment"),
        ("<![CDATA[", "]]>", "CDATA section"),
        ("<?", "?>", "processing instruction"),
    ];

    public static Result<WithoutComments> Remove(string markdown)
    {
        if (!Kinds.Any(kind => markdown.Contains(kind.Start, StringComparison.Ordinal)))
        {
            return new WithoutComments(markdown, null);
        }

        List<int>? lines = null;
        var hidesSomething = int.MaxValue;
        for (var pass = 0; pass < MaxPasses; pass++)
        {
            var parts = Parts.Of(markdown);
            hidesSomething = Math.Min(hidesSomething, parts.FirstComment);
            var found = parts.Openings(markdown);
            if (found.Count == 0)
            {
                return parts.Text(markdown, Closing).FirstOrDefault(at => at > hidesSomething) is var stray and > 0
                    ? Refuse(
                        $"A comment ends at its first -->, so the --> on line {Line(markdown, stray, lines)} would be published with the text before it. Remove it or, where it is no end of a comment, write \\-->."
                    )
                    : new WithoutComments(markdown, lines);
            }

            lines ??= [.. Enumerable.Range(0, markdown.AsSpan().Count('\n') + 1)];
            List<(int Start, int End)> cuts = [];
            foreach (
                var (start, kind) in found.Where(opening => cuts is not [.., var last] || opening.Start >= last.End)
            )
            {
                var close = markdown.IndexOf(kind.End, start + kind.Start.Length, StringComparison.Ordinal);
                if (close < 0)
                {
                    return Refuse(
                        $"The {kind.Name} that begins on line {Line(markdown, start, lines)} is not closed. Write {kind.End} at its end or, where it is text, \\ before the <."
                    );
                }

                if (parts.IsCode(close) && EndsAgain(markdown, close + kind.End.Length))
                {
                    return Refuse(
                        $"The comment that begins on line {Line(markdown, start, lines)} ends at its first -->, which is in code, and another --> follows. Leave the code out of the comment, or write the arrow in it in another way."
                    );
                }

                cuts.Add((start, WithSpace(markdown, start, close + kind.End.Length)));
            }

            hidesSomething = Math.Min(hidesSomething, cuts[0].Start - 1);
            (markdown, lines) = Cut(markdown, cuts, lines);
        }

        return Refuse(
            "Comments with code that is not closed follow one another. Close the code, or remove the comments."
        );
    }

    private static BodyInvalid Refuse(string problem) => new("", problem);

    private static int Line(string markdown, int at, List<int>? lines)
    {
        var line = markdown.AsSpan(0, at).Count('\n');
        return (lines?[line] ?? line) + 1;
    }

    /// <summary>Whether another end of a comment comes before the next beginning.</summary>
    private static bool EndsAgain(string markdown, int from)
    {
        var again = markdown.IndexOf(Closing, from, StringComparison.Ordinal);
        var next = markdown.IndexOf(Opening, from, StringComparison.Ordinal);
        return again >= 0 && (next < 0 || again < next);
    }

    /// <summary>Where the cut ends: after the space behind a comment that has space, or nothing, before it.</summary>
    private static int WithSpace(string markdown, int start, int end)
    {
        if (start == 0 || char.IsWhiteSpace(markdown[start - 1]))
        {
            while (end < markdown.Length && markdown[end] is ' ' or '\t')
            {
                end++;
            }
        }

        return end;
    }

    private static (string Markdown, List<int> Lines) Cut(
        string markdown,
        List<(int Start, int End)> cuts,
        List<int> lines
    )
    {
        var rest = new StringBuilder(markdown.Length);
        List<int> kept = [lines[0]];
        var (from, line) = (0, 0);
        foreach (var (start, end) in cuts.Append((markdown.Length, markdown.Length)))
        {
            var text = markdown.AsSpan(from, start - from);
            for (var i = text.Count('\n'); i > 0; i--)
            {
                kept.Add(lines[++line]);
            }

            rest.Append(text);
            line += markdown.AsSpan(start, end - start).Count('\n');
            from = end;
        }

        return (rest.ToString(), kept);
    }

    /// <summary>Where in the source the text is, and where the code: that much of Markdig as tells one from the other.</summary>
    private sealed class Parts
    {
        private readonly List<(int Start, int End)> text = [];
        private readonly List<(int Start, int End)> code = [];

        /// <summary>Where the first comment is that hides something; as far as possible where there is none.</summary>
        public int FirstComment { get; private set; } = int.MaxValue;

        public static Parts Of(string markdown)
        {
            var parts = new Parts();
            foreach (var node in Markdown.Parse(markdown, Pipeline()).Descendants())
            {
                switch (node)
                {
                    case LiteralInline literal:
                        parts.text.Add((literal.Span.Start, literal.Span.End));
                        break;
                    case CodeInline or Markdig.Syntax.CodeBlock:
                        parts.code.Add((node.Span.Start, node.Span.End));
                        break;
                    case HtmlInline html when HidesSomething(html.Tag):
                        parts.FirstComment = Math.Min(parts.FirstComment, html.Span.Start);
                        break;
                    default:
                        break;
                }
            }

            return parts;
        }

        public bool IsCode(int at) => code.Exists(span => span.Start <= at && at <= span.End);

        public List<(int Start, (string Start, string End, string Name) Kind)> Openings(string markdown) =>
            [
                .. Kinds
                    .SelectMany(kind => Text(markdown, kind.Start).Select(start => (Start: start, Kind: kind)))
                    .Where(opening => opening.Kind.Start is not "<?" || IsInstruction(markdown, opening.Start))
                    .OrderBy(opening => opening.Start),
            ];

        /// <summary>Where the sign is in the text, and no backslash makes it a mere character.</summary>
        public IEnumerable<int> Text(string markdown, string sign)
        {
            foreach (var (start, end) in text)
            {
                // A sign begins in the text, and may end beyond it: Markdig divides the text at a bracket.
                var limit = Math.Min(markdown.Length, end + sign.Length);
                for (
                    var at = markdown.IndexOf(sign, start, limit - start, StringComparison.Ordinal);
                    at >= 0;
                    at = markdown.IndexOf(
                            sign,
                            at + sign.Length,
                            Math.Max(0, limit - at - sign.Length),
                            StringComparison.Ordinal
                        )
                )
                {
                    if (!IsEscaped(markdown, at))
                    {
                        yield return at;
                    }
                }
            }
        }

        private static bool IsEscaped(string markdown, int at)
        {
            var backslashes = 0;
            while (at - backslashes > 0 && markdown[at - backslashes - 1] is '\\')
            {
                backslashes++;
            }

            return backslashes % 2 is 1;
        }

        // The joint that the export writes between two marks hides nothing.
        private static bool HidesSomething(string tag) =>
            tag.StartsWith(Opening, StringComparison.Ordinal)
                && tag[Opening.Length..].AsSpan().Trim(" ->\t\n").Length > 0
            || tag is "<!-->" or "<!--->";

        private static MarkdownPipeline Pipeline()
        {
            var budget = new MarkdownBudget();
            var pipeline = new MarkdownPipelineBuilder().UsePreciseSourceLocation();
            MarkdownReader.UseBlocks(pipeline, budget);
            pipeline.InlineParsers.TryRemove<EmphasisInlineParser>();
            pipeline.InlineParsers.TryRemove<LinkInlineParser>();
            return pipeline.Build();
        }
    }

    /// <summary>An instruction names its target: <c>&lt;?php</c> is one, and the <c>&lt;?&gt;</c> of a Java type is none.</summary>
    public static bool IsInstruction(string text, int at = 0) =>
        text.AsSpan(at) is ['<', '?', var letter, ..] && char.IsAsciiLetter(letter);
}
