namespace Cms.Body;

/// <summary>
/// Counts words: runs of characters without white space that contain a letter or a digit. Marks do not divide a word. A
/// code block adds no words, but each of its non-blank lines adds the reading time of four words.
/// </summary>
internal sealed class WordCounter : IBlockVisitor
{
    private const int WordsPerLineOfCode = 4;
    private bool _inWord;
    private int _lines;

    public int Words { get; private set; }

    public int ReadingWords => Words + (_lines * WordsPerLineOfCode);

    public void Enter(Block block)
    {
        switch (block)
        {
            case TextBlock paragraph:
                foreach (var inline in paragraph.Content)
                {
                    Count(inline is Text text ? text.Value : " ");
                }

                break;
            case Image image:
                Count(image.Caption);
                break;
            case ExternalEmbed embed:
                Count(embed.Title);
                break;
            case CodeBlock code:
                foreach (var line in code.Code.AsSpan().EnumerateLines())
                {
                    _lines += line.IsWhiteSpace() ? 0 : 1;
                }

                break;
            default:
                break;
        }

        _inWord = false;
    }

    public void Leave(Block block) { }

    private void Count(string text)
    {
        foreach (var character in text)
        {
            if (char.IsWhiteSpace(character))
            {
                _inWord = false;
            }
            else if (!_inWord && char.IsLetterOrDigit(character))
            {
                _inWord = true;
                Words++;
            }
        }
    }
}
