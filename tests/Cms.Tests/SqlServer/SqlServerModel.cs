using System.Text.RegularExpressions;
using Microsoft.SqlServer.Dac.Model;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Cms.Tests.SqlServer;

/// <summary>A schema that resolves names as SQL Server does, without a server. It uses DacFx.</summary>
internal sealed partial class SqlServerModel : IDisposable
{
    // DacFx knows only user-defined objects. The product also uses these built-in objects and functions of SQL Server.
    private static readonly HashSet<string> Catalog =
    [
        "[sys].[columns]",
        "[sys].[columns].[collation_name]",
        "[sys].[columns].[name]",
        "[sys].[columns].[object_id]",
        "[sys].[databases]",
        "[sys].[databases].[compatibility_level]",
        "[sys].[databases].[database_id]",
        "[sys].[databases].[is_read_committed_snapshot_on]",
        "[sys].[fulltext_catalogs]",
        "[sys].[fulltext_catalogs].[name]",
        "[sys].[fulltext_indexes]",
        "[sys].[fulltext_indexes].[object_id]",
    ];

    private static readonly HashSet<string> Functions =
    [
        "COUNT",
        "COUNT_BIG",
        "MAX",
        "MIN",
        "SUM",
        "AVG",
        "CRYPT_GEN_RANDOM",
        "DB_ID",
        "FIRST_VALUE",
        "HAS_PERMS_BY_NAME",
        "JSON_VALUE",
        "LEN",
        "LOWER",
        "OBJECT_ID",
        "OBJECTPROPERTYEX",
        "SERVERPROPERTY",
        "ROW_NUMBER",
        "LEFT",
        "NCHAR",
        "REPLACE",
        "STRING_SPLIT",
        "SUBSTRING",
        "SYSUTCDATETIME",
        "UPPER",
    ];

    private readonly TSqlModel _model = new(SqlServerVersion.Sql160, new TSqlModelOptions());

    public SqlServerModel(IEnumerable<string> definitions) => _model.AddObjects(string.Join("\nGO\n", definitions));

    /// <summary>
    /// Returns the errors and warnings about a schema. An unknown name is only a warning (SQL71502).
    /// </summary>
    public static IReadOnlyList<string> ComplaintsOf(IEnumerable<string> definitions)
    {
        try
        {
            using var model = new SqlServerModel(definitions);
            return model.Complaints();
        }
        // Some errors, such as an undeclared variable, prevent adding a definition.
        catch (DacModelException refused)
        {
            return [refused.Message, .. refused.Messages.Select(message => message.ToString())];
        }
    }

    /// <summary>
    /// Returns the errors and warnings about statements. Each is checked as the body of a procedure in the schema.
    /// </summary>
    public static IReadOnlyList<string> ComplaintsAbout(
        IEnumerable<string> definitions,
        IReadOnlyList<string> statements
    ) =>
        [
            .. ComplaintsOf([
                .. definitions,
                .. statements.Select((sql, i) => $"CREATE PROCEDURE [dbo].[Statement{i}] AS BEGIN\n{sql}\nEND"),
            ]),
            .. statements.SelectMany(UnknownFunctions),
        ];

    public IReadOnlyList<string> Complaints() =>
        [.. _model.Validate().Select(message => message.ToString()).Where(text => !IsOfCatalog(text))];

    public void Dispose() => _model.Dispose();

    // DacFx accepts any function name without a schema.
    private static IEnumerable<string> UnknownFunctions(string sql)
    {
        var calls = new Calls();
        TransactSql.Parse(sql).Accept(calls);
        return calls.Names.Where(name => !Functions.Contains(name)).Select(name => $"Unknown function {name} in {sql}");
    }

    private static bool IsOfCatalog(string complaint) =>
        Unresolved().Match(complaint) is { Success: true } match && Catalog.Contains(match.Groups[1].Value);

    [GeneratedRegex(@"SQL71502: .* has an unresolved reference to object (\[sys\]\S+)\.$")]
    private static partial Regex Unresolved();

    private sealed class Calls : TSqlFragmentVisitor
    {
        public List<string> Names { get; } = [];

        public override void Visit(FunctionCall node)
        {
            if (node.CallTarget is null)
            {
                Names.Add(node.FunctionName.Value.ToUpperInvariant());
            }
        }
    }
}
