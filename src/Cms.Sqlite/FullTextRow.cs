namespace Cms.Sqlite;

/// <summary>A row of SQLite's full-text table (FTS5), with its hidden columns.</summary>
internal sealed class FullTextRow
{
    public int RowId { get; init; }

    /// <summary>Compared with terms it finds the rows that hold them.</summary>
    public required string Terms { get; init; }

    /// <summary><c>bm25</c> with the weights that the table is set to; lower is better.</summary>
    public double Rank { get; init; }
}
