namespace Cms.Body;

/// <summary>The limits of a body. A long feature article with many tables stays well within all of them.</summary>
public static class BodyLimits
{
    /// <summary>The maximum size of the JSON, in bytes of UTF-8.</summary>
    public const int JsonBytes = 2 * 1024 * 1024;

    /// <summary>The maximum length of imported Markdown, in characters.</summary>
    public const int MarkdownLength = 1024 * 1024;

    /// <summary>
    /// The maximum number of lines of imported Markdown. Markdig's time grows faster than linearly with this number.
    /// </summary>
    public const int MarkdownLines = 50_000;

    /// <summary>The maximum nesting of nodes, not counting the document.</summary>
    public const int Depth = 100;

    /// <summary>The maximum number of nodes, including text nodes.</summary>
    public const int Nodes = 50_000;

    /// <summary>
    /// The maximum length of an image's alternative text, a caption or a link's title, in characters.
    /// </summary>
    public const int LabelLength = 2_000;

    /// <summary>The maximum length of a link's address, in characters.</summary>
    public const int AddressLength = 2_048;

    /// <summary>The maximum number of columns or rows that a table cell can span.</summary>
    public const int Span = 50;

    /// <summary>
    /// The largest number that an ordered list can start with (CommonMark 0.31.2, section 5.2: nine digits).
    /// </summary>
    public const int ListStart = 999_999_999;
}
