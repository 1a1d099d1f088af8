namespace Cms.Sqlite;

/// <summary>A row of a full-text table of SQLite (FTS5), with its hidden columns.</summary>
internal abstract class TextRow
{
    public int RowId { get; init; }

    /// <summary>The column that queries compare with terms to find the rows that contain them.</summary>
    public required string Terms { get; init; }

    /// <summary>The <c>bm25</c> score with the weights configured for the table; lower is better.</summary>
    public double Rank { get; init; }
}

/// <summary>A row of the index of published articles.</summary>
internal sealed class FullTextRow : TextRow;

/// <summary>A row of the index of working copies.</summary>
internal sealed class DeskTextRow : TextRow;
