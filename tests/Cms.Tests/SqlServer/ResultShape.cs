using System.Collections.Concurrent;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Cms.Tests.SqlServer;

/// <summary>A column of a result, with its source if the statement shows it.</summary>
/// <param name="Table">The source table; empty for a computed column.</param>
/// <param name="Name">The column's name in its table; for a computed column, its name in the result.</param>
/// <param name="Alias">The column's name in the result.</param>
internal sealed record ResultColumn(string Table, string Name, string Alias);

/// <summary>The shape of a statement's result, derived from the statement's text.</summary>
internal sealed record ResultShape(List<ResultColumn> Columns, int? Rows)
{
    private static readonly ConcurrentDictionary<string, IReadOnlyList<ResultShape>> Known = new(
        StringComparer.Ordinal
    );

    public int RowsOf(int listLength) => Rows ?? listLength;

    /// <summary>Returns one shape for each result of the batch, in order.</summary>
    public static IReadOnlyList<ResultShape> Of(string sql) => Known.GetOrAdd(sql, Read);

    private static IReadOnlyList<ResultShape> Read(string sql) =>
        [.. TransactSql.Parse(sql).Batches.SelectMany(batch => batch.Statements).Select(ShapeOf).OfType<ResultShape>()];

    private static ResultShape? ShapeOf(TSqlStatement statement) =>
        statement switch
        {
            SelectStatement select => ShapeOf(FirstOf(select.QueryExpression)),
            InsertStatement { InsertSpecification: { OutputClause: { } output } insert } => new(
                [.. output.SelectColumns.Select(ColumnOf)],
                insert.InsertSource is ValuesInsertSource values ? values.RowValues.Count : 1
            ),
            MergeStatement { MergeSpecification: { OutputClause: { } output } merge } => new(
                [.. output.SelectColumns.Select(ColumnOf)],
                merge.TableReference is InlineDerivedTable source ? source.RowValues.Count : 1
            ),
            UpdateStatement { UpdateSpecification.OutputClause: { } output } => new(
                [.. output.SelectColumns.Select(ColumnOf)],
                1
            ),
            DeleteStatement { DeleteSpecification.OutputClause: { } output } => new(
                [.. output.SelectColumns.Select(ColumnOf)],
                1
            ),
            _ => null,
        };

    private static ResultShape ShapeOf(QuerySpecification query)
    {
        var single =
            query.FromClause is null
            || IsOneOrTwo(query.TopRowFilter?.Expression)
            || (query.GroupByClause is null && query.SelectElements.All(IsAggregate));
        List<ResultColumn> columns = [.. query.SelectElements.Select(element => ColumnOf(element, query))];
        return new(
            columns,
            columns.Exists(column => column.Name == "MigrationId") ? PlausibleRows.Migrations.Count
                : single ? 1
                : null
        );
    }

    // TOP(1) returns the first row, and TOP(2) verifies that there is only one.
    private static bool IsOneOrTwo(ScalarExpression? top) =>
        top switch
        {
            ParenthesisExpression inner => IsOneOrTwo(inner.Expression),
            IntegerLiteral literal => literal.Value is "1" or "2",
            _ => false,
        };

    private static bool IsAggregate(SelectElement element) =>
        element is SelectScalarExpression { Expression: FunctionCall { FunctionName.Value: var name } }
        && name.ToUpperInvariant() is "COUNT" or "COUNT_BIG" or "MAX" or "MIN" or "SUM" or "AVG";

    private static ResultColumn ColumnOf(SelectElement element) =>
        element is SelectScalarExpression { Expression: ColumnReferenceExpression column }
            ? new("", NameOf(column), NameOf(column))
            : new("", "", "");

    private static ResultColumn ColumnOf(SelectElement element, QuerySpecification query)
    {
        if (element is not SelectScalarExpression scalar)
        {
            return new("", "", "");
        }

        var alias = OutputNameOf(element) ?? "";
        var source = scalar.Expression is ColumnReferenceExpression { MultiPartIdentifier: not null } column
            ? SourceOf(column, query)
            : null;
        return source is null ? new("", alias, alias) : source with { Alias = alias };
    }

    // Follows a column through derived tables to the table that contains it.
    private static ResultColumn? SourceOf(ColumnReferenceExpression column, QuerySpecification query)
    {
        var name = NameOf(column);
        var parts = column.MultiPartIdentifier.Identifiers;
        var owner = parts.Count > 1 ? parts[^2].Value : null;
        return TablesOf(query.FromClause)
            .Where(table => owner is null || AliasOf(table) == owner)
            .Select(table =>
                table switch
                {
                    NamedTableReference named => new ResultColumn(named.SchemaObject.BaseIdentifier.Value, name, name),
                    QueryDerivedTable derived when FirstOf(derived.QueryExpression) is var inner => inner
                        .SelectElements.Where(element => OutputNameOf(element) == name)
                        .Select(element => ColumnOf(element, inner))
                        .FirstOrDefault(),
                    _ => null,
                }
            )
            .FirstOrDefault(found => found is not null);
    }

    private static IEnumerable<TableReference> TablesOf(FromClause? from) =>
        from?.TableReferences.SelectMany(Leaves) ?? [];

    private static IEnumerable<TableReference> Leaves(TableReference table) =>
        table switch
        {
            JoinTableReference join => Leaves(join.FirstTableReference).Concat(Leaves(join.SecondTableReference)),
            JoinParenthesisTableReference inner => Leaves(inner.Join),
            _ => [table],
        };

    private static string? AliasOf(TableReference table) =>
        (table as TableReferenceWithAlias)?.Alias?.Value
        ?? (table as NamedTableReference)?.SchemaObject.BaseIdentifier.Value;

    private static string? OutputNameOf(SelectElement element) =>
        element is SelectScalarExpression scalar
            ? scalar.ColumnName?.Value
                ?? (scalar.Expression is ColumnReferenceExpression column ? NameOf(column) : null)
            : null;

    private static string NameOf(ColumnReferenceExpression column) =>
        column.MultiPartIdentifier?.Identifiers[^1].Value ?? "";

    private static QuerySpecification FirstOf(QueryExpression query) =>
        query switch
        {
            QuerySpecification one => one,
            BinaryQueryExpression two => FirstOf(two.FirstQueryExpression),
            QueryParenthesisExpression inner => FirstOf(inner.QueryExpression),
            _ => throw new NotSupportedException(query.GetType().Name),
        };
}
