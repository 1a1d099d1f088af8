using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Cms.Tests.SqlServer;

/// <summary>T-SQL as SQL Server 2022 reads it.</summary>
internal static class TransactSql
{
    /// <summary>The script; throws <see cref="FormatException" /> with every error if it has one.</summary>
    public static TSqlScript Parse(string sql)
    {
        var script = new TSql160Parser(initialQuotedIdentifiers: true).Parse(new StringReader(sql), out var errors);
        return errors.Count == 0
            ? (TSqlScript)script
            : throw new FormatException(
                string.Join('\n', errors.Select(error => $"{error.Line}:{error.Column} {error.Message}")) + "\n" + sql
            );
    }

    /// <summary>Parses the script and, down to the bottom, the texts that it executes; gives those texts.</summary>
    public static IReadOnlyList<string> ParseDeep(string sql)
    {
        var bodies = new ExecutedTexts();
        Parse(sql).Accept(bodies);
        return [.. bodies.Found.SelectMany(body => ParseDeep(body).Prepend(body))];
    }

    /// <summary>The statements of a script, each as it is written.</summary>
    public static IEnumerable<(TSqlStatement Statement, string Text)> Statements(string sql) =>
        Parse(sql)
            .Batches.SelectMany(batch => batch.Statements)
            .Select(statement => (statement, sql.Substring(statement.StartOffset, statement.FragmentLength)));

    private sealed class ExecutedTexts : TSqlFragmentVisitor
    {
        public List<string> Found { get; } = [];

        public override void Visit(ExecutableStringList node) =>
            Found.AddRange(node.Strings.OfType<StringLiteral>().Select(text => text.Value));
    }
}
