using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Cms.Tests.SqlServer;

/// <summary>Parses T-SQL as SQL Server 2022 does.</summary>
internal static class TransactSql
{
    /// <summary>Parses a script, or throws a <see cref="FormatException" /> that lists all syntax errors.</summary>
    public static TSqlScript Parse(string sql)
    {
        var script = new TSql160Parser(initialQuotedIdentifiers: true).Parse(new StringReader(sql), out var errors);
        return errors.Count == 0
            ? (TSqlScript)script
            : throw new FormatException(
                string.Join('\n', errors.Select(error => $"{error.Line}:{error.Column} {error.Message}")) + "\n" + sql
            );
    }

    /// <summary>Parses a script and, recursively, the SQL strings that it executes. Returns those strings.</summary>
    public static IReadOnlyList<string> ParseDeep(string sql)
    {
        var bodies = new ExecutedTexts();
        Parse(sql).Accept(bodies);
        return [.. bodies.Found.SelectMany(body => ParseDeep(body).Prepend(body))];
    }

    /// <summary>Returns the statements of a script, each with its text.</summary>
    public static IEnumerable<(TSqlStatement Statement, string Text)> Statements(string sql) =>
        Parse(sql)
            .Batches.SelectMany(batch => batch.Statements)
            .Select(statement => (statement, sql.Substring(statement.StartOffset, statement.FragmentLength)));

    private sealed class ExecutedTexts : TSqlFragmentVisitor
    {
        public List<string> Found { get; } = [];

        // A variable in the text is the quoted name of a constraint.
        public override void Visit(ExecutableStringList node) =>
            Found.Add(string.Concat(node.Strings.Select(part => part is StringLiteral text ? text.Value : "[name]")));
    }
}
