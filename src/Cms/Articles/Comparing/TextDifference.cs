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

/// <summary>A part of two texts: some words that both contain, or that only one of them contains.</summary>
/// <param name="Change">What happened to the part.</param>
/// <param name="Text">The words, with the spaces and punctuation between them.</param>
[GraphQLName("DeskTextPart")]
public sealed record TextPart(TextChange Change, string Text);

/// <summary>Finds the differences between texts, by words.</summary>
internal sealed class TextDifference
{
    // The time to compare two texts grows with the product of their lengths. Longer texts are shown as replaced, and so
    // are all further texts once this many characters have been compared.
    private const int MaxLength = 4_000;
    private const int MaxTotal = 60_000;

    private int _compared;

    /// <summary>Returns the parts of both texts in order. Removed words come before the words that replace them.</summary>
    public List<TextPart> Of(string earlier, string later)
    {
        if (earlier == later)
        {
            return later.Length == 0 ? [] : [new(TextChange.Kept, later)];
        }

        var length = earlier.Length + later.Length;
        if (earlier.Length > MaxLength || later.Length > MaxLength || _compared + length > MaxTotal)
        {
            return [.. Part(TextChange.Removed, earlier), .. Part(TextChange.Added, later)];
        }

        _compared += length;
        var result = Differ.Instance.CreateDiffs(
            earlier,
            later,
            ignoreWhiteSpace: false,
            ignoreCase: false,
            WordChunker.Instance
        );
        return [.. Parts(result)];
    }

    /// <summary>Returns the pieces of two lists in order, each with what happened to it.</summary>
    public static IEnumerable<(TextChange Change, string Piece)> OfLists(
        IEnumerable<string> earlier,
        IEnumerable<string> later
    )
    {
        var result = Differ.Instance.CreateDiffs(
            string.Join('\n', earlier),
            string.Join('\n', later),
            ignoreWhiteSpace: false,
            ignoreCase: false,
            LineChunker.Instance
        );
        return Pieces(result);
    }

    private static IEnumerable<TextPart> Parts(DiffResult result)
    {
        var pieces = Pieces(result).ToList();
        for (var i = 0; i < pieces.Count; )
        {
            var change = pieces[i].Change;
            var run = pieces.Skip(i).TakeWhile(piece => piece.Change == change).Select(piece => piece.Piece).ToList();
            i += run.Count;
            yield return new TextPart(change, string.Concat(run));
        }
    }

    private static IEnumerable<(TextChange Change, string Piece)> Pieces(DiffResult result)
    {
        var at = 0;
        foreach (var block in result.DiffBlocks)
        {
            for (; at < block.InsertStartB; at++)
            {
                yield return (TextChange.Kept, result.PiecesNew[at]);
            }

            for (var i = 0; i < block.DeleteCountA; i++)
            {
                yield return (TextChange.Removed, result.PiecesOld[block.DeleteStartA + i]);
            }

            for (var i = 0; i < block.InsertCountB; i++, at++)
            {
                yield return (TextChange.Added, result.PiecesNew[at]);
            }
        }

        for (; at < result.PiecesNew.Count; at++)
        {
            yield return (TextChange.Kept, result.PiecesNew[at]);
        }
    }

    private static IEnumerable<TextPart> Part(TextChange change, string text) =>
        text.Length == 0 ? [] : [new(change, text)];
}
