using System.Text.RegularExpressions;
using Markdig.Parsers;
using Markdig.Syntax;

namespace Cms.Body;

/// <summary>A line such as <c>::article{slug="the-launch"}</c> or <c>::tool{id="tol_…"}</c>.</summary>
internal sealed class EmbedLine(BlockParser parser) : LeafBlock(parser)
{
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
        if (
            processor.IsCodeIndent
            || line.Contains('<', StringComparison.Ordinal)
            || Line().Match(line) is not { Success: true } match
        )
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
}
