using Cms.Body;
using Cms.Panel;

namespace Cms.Articles;

/// <summary>Finds the passages of a text that takes refer to. Reads the text only if a take has an anchor.</summary>
public sealed class Anchors(string? body)
{
    private Dictionary<string, Block>? _blocks;

    /// <summary>Returns whether the text has the block, with the quoted words in it.</summary>
    public bool Match(TakeAnchor anchor)
    {
        _blocks ??= body is { } json
            ? RichText
                .OfStored(json)
                .Blocks.SelectMany(block => block.SelfAndDescendants())
                .GroupBy(block => block.Id, StringComparer.Ordinal)
                .ToDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal)
            : [];
        return _blocks.TryGetValue(anchor.BlockId, out var found)
            && (
                string.IsNullOrWhiteSpace(anchor.Quote)
                || Words(new RichText([found]).Derive(BodyForms.PlainText).PlainText)
                    .Contains(Words(anchor.Quote), StringComparison.Ordinal)
            );
    }

    // A quote can have been selected across line breaks.
    internal static string Words(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
