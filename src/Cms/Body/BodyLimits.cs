namespace Cms.Body;

/// <summary>The bounds of a body; each has its typed refusal. A long feature with many tables stays far inside all of them.</summary>
public static class BodyLimits
{
    /// <summary>Bytes of UTF-8 JSON.</summary>
    public const int JsonBytes = 2 * 1024 * 1024;

    /// <summary>Characters of Markdown on the way in.</summary>
    public const int MarkdownLength = 1024 * 1024;

    /// <summary>Lines of Markdown on the way in; Markdig's time grows faster than their number.</summary>
    public const int MarkdownLines = 50_000;

    /// <summary>Nodes inside one another, the document not counted.</summary>
    public const int Depth = 100;

    /// <summary>Nodes altogether, texts included.</summary>
    public const int Nodes = 50_000;

    /// <summary>Characters of an image's alternative text, of a caption and of a link's title.</summary>
    public const int LabelLength = 2_000;

    /// <summary>Characters of a link.</summary>
    public const int AddressLength = 2_048;

    /// <summary>Columns or rows that one table cell may span.</summary>
    public const int Span = 50;

    /// <summary>The largest number an ordered list may start with (CommonMark 0.31.2, section 5.2: nine digits).</summary>
    public const int ListStart = 999_999_999;
}
