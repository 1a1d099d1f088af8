using System.Text;
using Microsoft.Data.Sqlite;

namespace Cms.Testing;

/// <summary>Dumps an SQLite file as text. Two dumps are equal if and only if all rows are equal.</summary>
internal static class SqliteDump
{
    /// <summary>Dumps every table, including those of the full-text index.</summary>
    public static async Task<string> AllAsync(string file)
    {
        var source = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false };
        await using var connection = new SqliteConnection(source.ToString());
        await connection.OpenAsync();
        var tables = await RowsAsync(
            connection,
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
        );
        var dump = new StringBuilder();
        foreach (var table in tables)
        {
            dump.AppendLine(table)
                .AppendJoin('\n', await RowsAsync(connection, $"SELECT * FROM \"{table}\""))
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
