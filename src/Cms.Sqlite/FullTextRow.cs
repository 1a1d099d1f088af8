namespace Cms.Sqlite;

/// <summary>A row of SQLite's full-text table (FTS5), with its hidden columns.</summary>
internal sealed class FullTextRow
{
    public int RowId { get; init; }

    /// <summary>The column that queries compare with terms to find the rows that contain them.</summary>
    public required string Terms { get; init; }

    /// <summary>The <c>bm25</c> score with the weights configured for the table; lower is better.</summary>
    public double Rank { get; init; }
}
