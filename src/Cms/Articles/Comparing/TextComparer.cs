using Cms.GraphQL;
using DiffPlex;
using DiffPlex.Chunkers;
using DiffPlex.Model;

namespace Cms.Articles.Comparing;

/// <summary>What happened to a part of a text.</summary>
public enum TextChange
{
    /// <summary>Both texts contain the part.</summary>
    Kept,

    /// <summary>Only the earlier text contains the part.</summary>
    Removed,

    /// <summary>Only the later text contains the part.</summary>
    Added,
}

/// <summary>A part of two compared texts: words that are in both texts, or in only one of them.</summary>
/// <param name="Change">What happened to the part.</param>
/// <param name="Text">The words, with the spaces and punctuation between them.</param>
[GraphQLName("DeskTextPart")]
public sealed record TextPart(TextChange Change, string Text);

/// <summary>Compares texts word by word. One comparer serves one request and limits the time that it takes.</summary>
internal sealed class TextComparer
{
    // The time to compare two texts grows with the product of their lengths. Longer texts are shown as replaced, and so
    // are all further texts once this many characters have been compared.
    private const int MaxLength = 4_000;
    private const int MaxTotal = 60_000;

    private int _compared;

    /// <summary>
    /// Returns the parts of both texts in order. Removed words come before the words that replace them.
    /// </summary>
    public List<TextPart> Compare(string earlier, string later)
    {
        if (earlier == later)
        {
            return later.Length == 0 ? [] : [new(TextChange.Kept, later)];
        }

        var length = earlier.Length + later.Length;
        if (earlier.Length > MaxLength || later.Length > MaxLength || _compared + length > MaxTotal)
        {
            return [.. Part(TextChange.Removed, [earlier]), .. Part(TextChange.Added, [later])];
        }

        _compared += length;
        return
        [
            .. Parts(
                Differ.Instance.CreateDiffs(
                    earlier,
                    later,
                    ignoreWhiteSpace: false,
                    ignoreCase: false,
                    WordChunker.Instance
                )
            ),
        ];
    }

    private static IEnumerable<TextPart> Parts(DiffResult result)
    {
        var at = 0;
        foreach (var block in result.DiffBlocks)
        {
            TextPart[] parts =
            [
                .. Part(TextChange.Kept, result.PiecesNew.Skip(at).Take(block.InsertStartB - at)),
                .. Part(TextChange.Removed, result.PiecesOld.Skip(block.DeleteStartA).Take(block.DeleteCountA)),
                .. Part(TextChange.Added, result.PiecesNew.Skip(block.InsertStartB).Take(block.InsertCountB)),
            ];
            foreach (var part in parts)
            {
                yield return part;
            }

            at = block.InsertStartB + block.InsertCountB;
        }

        foreach (var part in Part(TextChange.Kept, result.PiecesNew.Skip(at)))
        {
            yield return part;
        }
    }

    // Empty if the text is empty.
    private static IEnumerable<TextPart> Part(TextChange change, IEnumerable<string> pieces) =>
        string.Concat(pieces) is { Length: > 0 } text ? [new(change, text)] : [];
}
