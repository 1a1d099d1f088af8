using System.Text;
using Cms.GraphQL;
using Markdig;
using Markdig.Parsers.Inlines;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Cms.Body;

/// <summary>Markdown without the comments that CommonMark would show as text.</summary>
/// <param name="Markdown">The remaining Markdown.</param>
/// <param name="Lines">The original line of each remaining line, from 0; null if nothing was removed.</param>
/// <param name="LeftOut">The original line, from 0, of each piece of removed markup that is not a comment.</param>
internal sealed record WithoutComments(string Markdown, IReadOnlyList<int>? Lines, IReadOnlyList<int> LeftOut)
{
    /// <summary>Whether the Markdown contains SVG or MathML, in which more elements are hidden.</summary>
    public bool HasDrawing { get; } = HiddenElement.IsDrawing(Markdown);

    public int LineOf(int line) => Lines is null ? line : Lines[Math.Clamp(line, 0, Lines.Count - 1)];
}

/// <summary>
/// Removes comments as HTML defines them: from <c>&lt;!--</c> to the first <c>--&gt;</c>, even across empty lines.
/// CommonMark ends a paragraph, and a comment in it, at an empty line, so the rest of the comment would be published.
/// Comments within one paragraph are left to the inline reader, which omits them too. Elements that HTML hides are
/// rejected.
/// </summary>
internal static class MarkdownComments
{
    // One pass is enough unless comments contain unclosed code. Only a text written to waste time needs more than this.
    private const int MaxPasses = 8;

    private const string Opening = "<!--";
    private const string Closing = "-->";

    public static Result<WithoutComments> Remove(string markdown)
    {
        if (!markdown.Contains('<', StringComparison.Ordinal))
        {
            return new WithoutComments(markdown, null, []);
        }

        List<int>? lines = null;
        List<int> leftOut = [];
        var hidesSomething = int.MaxValue;
        for (var pass = 0; pass < MaxPasses; pass++)
        {
            var parts = Parts.Of(markdown);
            hidesSomething = Math.Min(hidesSomething, parts.FirstComment);
            var found = parts.Openings(markdown);
            if (parts.EndsEarly is { } early)
            {
                return RefuseEarlyEnd(Line(markdown, early, lines));
            }

            if (found.Count == 0)
            {
                return RefuseRest(markdown, parts, hidesSomething, lines) is { } refusal
                    ? refusal
                    : new WithoutComments(markdown, lines, leftOut);
            }

            lines ??= [.. Enumerable.Range(0, markdown.AsSpan().Count('\n') + 1)];
            List<(int Start, int End)> cuts = [];
            foreach (
                var (start, kind) in found.Where(opening => cuts is not [.., var last] || opening.Start >= last.End)
            )
            {
                var line = Line(markdown, start, lines);
                var close = kind.End is ""
                    ? -1
                    : markdown.IndexOf(kind.End, start + kind.Start.Length, StringComparison.Ordinal);
                if (RefuseCut(markdown, parts, start, kind, close, line) is { } refusal)
                {
                    return refusal;
                }

                if (kind != HiddenText.Comment)
                {
                    leftOut.Add(line - 1);
                }

                cuts.Add((start, WithSpace(markdown, start, close + kind.End.Length)));
            }

            hidesSomething = Math.Min(hidesSomething, cuts[0].Start - 1);
            (markdown, lines) = Cut(markdown, cuts, lines);
        }

        return Refuse("Several comments contain code that is not closed. Close the code, or remove the comments.");
    }

    private static BodyInvalid? RefuseCut(string markdown, Parts parts, int start, HiddenText kind, int close, int line)
    {
        if (kind.End is "")
        {
            return Refuse(
                $"{kind.Start} on line {line} begins a comment in HTML but is text in Markdown. Write a comment as <!-- … -->, or write \\ before the < if it is text."
            );
        }

        if (close < 0)
        {
            return Refuse(
                $"The {kind.Name} that begins on line {line} is not closed. Write {kind.End} at its end, or write \\ before the < if it is text."
            );
        }

        if (kind == HiddenText.Declaration && IsQuotation(markdown, start, close))
        {
            return Refuse(
                $"The {kind.Name} that begins on line {line} ends at its first >, which begins a quotation. Write it as a comment: <!-- … -->."
            );
        }

        if (kind != HiddenText.Comment)
        {
            return null;
        }

        return parts.IsCode(close) && EndsAgain(markdown, close + kind.End.Length)
                ? Refuse(
                    $"The comment that begins on line {line} ends at its first -->, which is in code, and another --> follows. Remove the code from the comment, or write the arrow differently."
                )
            : HiddenText.EndsEarly(markdown.AsSpan(start, close - start)) ? RefuseEarlyEnd(line)
            : null;
    }

    private static BodyInvalid? RefuseRest(string markdown, Parts parts, int hidesSomething, List<int>? lines)
    {
        if (parts.FirstHidden(markdown) is var (hidden, tag))
        {
            return HiddenElement.Refusal(tag, Line(markdown, hidden, lines));
        }

        return parts.Text(markdown, Closing).FirstOrDefault(at => at > hidesSomething) is var stray and > 0
            ? Refuse(
                $"A comment ends at its first -->, so the --> on line {Line(markdown, stray, lines)} would be published with the text before it. Remove it, or write \\--> if it does not end a comment."
            )
            : null;
    }

    private static BodyInvalid RefuseEarlyEnd(int line) =>
        Refuse(
            $"The comment that begins on line {line} contains --!>, which ends a comment in HTML. Write --> at its end instead."
        );

    /// <summary>Returns whether the <c>&gt;</c> begins a later line, where it may be a block quote marker.</summary>
    private static bool IsQuotation(string markdown, int start, int sign)
    {
        var line = markdown.LastIndexOf('\n', sign) + 1;
        return line > start && markdown.AsSpan(line, sign - line).Trim(" \t>-+*.)0123456789").IsEmpty;
    }

    private static BodyInvalid Refuse(string problem) => new("", problem);

    private static int Line(string markdown, int at, List<int>? lines)
    {
        var line = markdown.AsSpan(0, at).Count('\n');
        return (lines?[line] ?? line) + 1;
    }

    /// <summary>Returns whether another <c>--&gt;</c> comes before the next <c>&lt;!--</c>.</summary>
    private static bool EndsAgain(string markdown, int from)
    {
        var again = markdown.IndexOf(Closing, from, StringComparison.Ordinal);
        var next = markdown.IndexOf(Opening, from, StringComparison.Ordinal);
        return again >= 0 && (next < 0 || again < next);
    }

    /// <summary>
    /// Returns the end of the text to remove. If the comment begins the text or follows white space, spaces and tabs
    /// after it are removed too.
    /// </summary>
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

    /// <summary>The ranges of text and code in the source. Links and emphasis are not parsed.</summary>
    private sealed class Parts
    {
        private readonly List<(int Start, int End)> _text = [];
        private readonly List<(int Start, int End)> _code = [];

        /// <summary>
        /// The start of the first comment that hides text and ends in the same paragraph; <see cref="int.MaxValue"/> if
        /// there is none.
        /// </summary>
        public int FirstComment { get; private set; } = int.MaxValue;

        /// <summary>
        /// The start of the first comment that HTML ends before CommonMark does; null if there is none.
        /// </summary>
        public int? EndsEarly { get; private set; }

        public static Parts Of(string markdown)
        {
            var parts = new Parts();
            foreach (var node in Markdown.Parse(markdown, Pipeline()).Descendants())
            {
                switch (node)
                {
                    case LiteralInline literal:
                        parts._text.Add((literal.Span.Start, literal.Span.End));
                        break;
                    case CodeInline or Markdig.Syntax.CodeBlock:
                        parts._code.Add((node.Span.Start, node.Span.End));
                        break;
                    case HtmlInline html:
                        parts.Add(html);
                        break;
                    default:
                        break;
                }
            }

            return parts;
        }

        public bool IsCode(int at) => _code.Exists(span => span.Start <= at && at <= span.End);

        /// <summary>Finds markup that hides text in HTML and does not end within its paragraph.</summary>
        public List<(int Start, HiddenText Kind)> Openings(string markdown) =>
            [
                .. Text(markdown, "<")
                    .Select(at => (Start: at, Kind: HiddenText.At(markdown, at)!))
                    .Where(opening => opening.Kind is not null)
                    .OrderBy(opening => opening.Start),
            ];

        /// <summary>
        /// Finds the first element that HTML hides and CommonMark reads as text. <see cref="MarkdownInlines"/> finds
        /// the others.
        /// </summary>
        public (int At, string Tag)? FirstHidden(string markdown)
        {
            var inDrawing = HiddenElement.IsDrawing(markdown);
            var read = 0;
            foreach (var at in Text(markdown, "<"))
            {
                var tag = TagOf(markdown, at);
                read += tag.Length;
                if (read > MaxRead)
                {
                    throw new MarkdownTooIntricateException();
                }

                if (tag.Contains('>', StringComparison.Ordinal) && HiddenElement.IsOpenedBy(tag, inDrawing))
                {
                    return (at, tag);
                }
            }

            return null;
        }

        // The maximum number of characters to read. The text of nested tags is read repeatedly.
        private const int MaxRead = 4 * BodyLimits.MarkdownLength;

        // A > in a quoted attribute value does not end the tag, so the text is read up to the fourth >.
        private const int MostEnds = 4;

        /// <summary>
        /// Returns the text from this position, without block quote markers; empty if it does not begin like a tag.
        /// </summary>
        private static string TagOf(string markdown, int at)
        {
            if (at + 1 >= markdown.Length || !char.IsAsciiLetter(markdown[at + 1]))
            {
                return "";
            }

            var tag = new StringBuilder();
            var ends = 0;
            for (var i = at; i < markdown.Length && ends < MostEnds; i++)
            {
                tag.Append(markdown[i]);
                if (markdown[i] is '>')
                {
                    ends++;
                }
                else if (markdown[i] is '\n')
                {
                    var next = i + 1;
                    while (next < markdown.Length && markdown[next] is ' ' or '\t' or '>')
                    {
                        next++;
                    }

                    // An empty line ends the paragraph.
                    if (next < markdown.Length && markdown[next] is '\n')
                    {
                        break;
                    }

                    i = next - 1;
                }
            }

            return tag.ToString();
        }

        private void Add(HtmlInline html)
        {
            if (HidesSomething(html.Tag))
            {
                FirstComment = Math.Min(FirstComment, html.Span.Start);
            }

            if (html.Tag.StartsWith(Opening, StringComparison.Ordinal))
            {
                EndsEarly ??= HiddenText.EndsEarly(html.Tag) ? html.Span.Start : null;
            }
        }

        /// <summary>
        /// Returns the positions of <paramref name="sign"/> in the text, except where a backslash escapes it.
        /// </summary>
        public IEnumerable<int> Text(string markdown, string sign)
        {
            foreach (var (start, end) in _text)
            {
                // The sign begins in this range but can end beyond it, because Markdig splits text at brackets.
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

        // The empty comment that the Markdown export writes beside a mark hides nothing.
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
}
