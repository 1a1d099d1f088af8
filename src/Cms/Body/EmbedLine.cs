using System.Net;
using System.Text.RegularExpressions;
using Markdig.Parsers;
using Markdig.Syntax;

namespace Cms.Body;

/// <summary>
/// A line such as <c>::article{slug="the-launch"}</c>, <c>::tool{id="tol_…"}</c> or
/// <c>::external{url="https://…" title="…"}</c>.
/// </summary>
internal sealed class EmbedLine(BlockParser parser) : LeafBlock(parser)
{
    /// <summary>The title of an external embed; empty if there is none.</summary>
    public string Title { get; init; } = "";

    /// <summary>Writes an external embed. An address contains no quotation marks, and a title escapes them.</summary>
    public static string Of(ExternalEmbed embed) =>
        embed.Title is ""
            ? $"::external{{url=\"{embed.Address}\"}}"
            : $"::external{{url=\"{embed.Address}\" title=\"{Escaped(embed.Title)}\"}}";

    /// <summary>Reads an escaped title.</summary>
    public static string TitleOf(string written) => BodyText.Repair(WebUtility.HtmlDecode(written)).Trim();

    private static string Escaped(string title) =>
        title
            .Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("\"", "&quot;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal);

    public required string Source { get; init; }

    public required string Kind { get; init; }

    public required string Attribute { get; init; }

    public required string Target { get; init; }
}

internal sealed partial class EmbedLineParser : BlockParser
{
    public EmbedLineParser() => OpeningCharacters = [':'];

    public override BlockState TryOpen(BlockProcessor processor)
    {
        // A line with a comment or a tag is left to the paragraph parser, so that the comment is omitted.
        var line = processor.Line.ToString();
        if (processor.IsCodeIndent || line.Contains('<', StringComparison.Ordinal))
        {
            return BlockState.None;
        }

        var match = External().Match(line);
        if (!match.Success)
        {
            match = Line().Match(line);
        }

        if (!match.Success)
        {
            return BlockState.None;
        }

        processor.NewBlocks.Push(
            new EmbedLine(this)
            {
                Line = processor.LineIndex,
                Column = processor.Column,
                Span = new SourceSpan(processor.Start, processor.Line.End),
                ProcessInlines = false,
                Source = match.Value.Trim(),
                Kind = match.Groups["kind"].Value,
                Attribute = match.Groups["attribute"].Value,
                Target = match.Groups["target"].Value,
                Title = EmbedLine.TitleOf(match.Groups["title"].Value),
            }
        );
        return BlockState.BreakDiscard;
    }

    [GeneratedRegex(
        """^::(?<kind>\w{1,20})\{((?<attribute>\w{1,20})="(?<target>[^"]{0,200})"|[^}]{0,300})\}[ \t]*$""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Line();

    [GeneratedRegex(
        """^::(?<kind>external)\{(?<attribute>url)="(?<target>[^"]{0,4096})"([ \t]+title="(?<title>[^"]{0,20000})")?[ \t]*\}[ \t]*$""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex External();
}
