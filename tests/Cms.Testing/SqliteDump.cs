using System.Text;
using Microsoft.Data.Sqlite;

namespace Cms.Testing;

/// <summary>Dumps an SQLite file as text. Two dumps are equal if and only if all rows are equal.</summary>
internal static class SqliteDump
{
    /// <summary>
    /// The tables of working copies, of uses, of named mutations and of the audit log, which only staff see, and the last
    /// numbers of all tables. The tables of the desk's lists begin with Desk.
    /// </summary>
    private static readonly string[] Private =
    [
        "Articles",
        "AuditCounters",
        "AuditEntries",
        "CompletedMutations",
        "References",
        "Revisions",
        "Takes",
        "TakeRevisions",
        "sqlite_sequence",
    ];

    // What each mutation writes besides the content.
    private static readonly string[] Records =
    [
        "AuditCounters",
        "AuditEntries",
        "CompletedMutations",
        "sqlite_sequence",
    ];

    /// <summary>Dumps every table, including those of the full-text index.</summary>
    public static Task<string> AllAsync(string file) => ReadAsync(file, _ => true, _ => "TRUE");

    /// <summary>Dumps every table of content: not the audit log, and not the records of named mutations.</summary>
    public static Task<string> ContentAsync(string file) =>
        ReadAsync(file, table => !Records.Contains(table, StringComparer.Ordinal), _ => "TRUE");

    public static Task<string> PublicAsync(string file) =>
        ReadAsync(
            file,
            table =>
                !Private.Contains(table, StringComparer.Ordinal) && !table.StartsWith("Desk", StringComparison.Ordinal),
            // Only partners see what is released under embargo.
            table =>
                table switch
                {
                    "AdvanceListings" or "AdvanceTakeListings" => "FALSE",
                    "Editions" => "Kind <> 'Advance'",
                    "EditionTags" or "EditionAuthors" or "EditionTools" or "EditionTakes" =>
                        "EditionId NOT IN (SELECT Id FROM Editions WHERE Kind = 'Advance')",
                    _ => "TRUE",
                }
        );

    private static async Task<string> ReadAsync(string file, Func<string, bool> wanted, Func<string, string> where)
    {
        var source = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false };
        await using var connection = new SqliteConnection(source.ToString());
        await connection.OpenAsync();
        var tables = await RowsAsync(
            connection,
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
        );
        var dump = new StringBuilder();
        foreach (var table in tables.Where(wanted))
        {
            dump.AppendLine(table)
                .AppendJoin('\n', await RowsAsync(connection, $"SELECT * FROM \"{table}\" WHERE {where(table)}"))
                .AppendLine();
        }

        return dump.ToString();
    }

    private static async Task<List<string>> RowsAsync(SqliteConnection connection, string sql)
    {
        await using var command = new SqliteCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        List<string> rows = [];
        while (await reader.ReadAsync())
        {
            var values = Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue);
            rows.Add(
                string.Join('|', values.Select(value => value is byte[] bytes ? Convert.ToHexString(bytes) : value))
            );
        }

        return rows;
    }
}
