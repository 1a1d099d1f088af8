using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Cms.Tests.Sqlite;

/// <summary>Checks SQLite's query plans for the product's statements, in a migrated <paramref name="file" />.</summary>
public sealed partial class QueryPlans(string file)
{
    /// <summary>The tables that can become large.</summary>
    public static IReadOnlySet<string> BigTables { get; } =
        new HashSet<string>(StringComparer.OrdinalIgnoreCase)
        {
            "Articles",
            "Revisions",
            "Editions",
            "EditionTags",
            "EditionTools",
            "EditionTakes",
            "ArticleListings",
            "PastListings",
            "TakeListings",
            "Takes",
            "TakeRevisions",
            "DeskListings",
            "DeskFacets",
            "DeskDocuments",
            "SearchDocuments",
            "Changes",
            "AuditEntries",
            "EditionMedia",
            "EditionAuthors",
            "MediaAssets",
            "MediaBlobs",
            "MediaUploads",
            "MediaUses",
            "MediaTags",
            "MediaTerms",
            "Bookmarks",
            "References",
            "TermSlugs",
            "BookmarkShelves",
        };

    /// <summary>Fails if a statement scans a big table, or sorts rows instead of reading them in index order.</summary>
    /// <param name="statements">The statements as sent, for instance from a <see cref="SqliteCapture" />.</param>
    /// <param name="allowed">
    /// The allowed steps. Each pair contains a part of the step, for instance <c>SCAN t USING INDEX IX_…</c>, and a
    /// part of its statement.
    /// </param>
    public void AssertNoScanOfBigTables(
        IEnumerable<(string Sql, IReadOnlyList<SqliteParameter> Parameters)> statements,
        params IReadOnlyList<(string Step, string Sql)> allowed
    )
    {
        var faults = Faults(statements)
            .Where(fault =>
                !allowed.Any(known =>
                    fault.Step.Contains(known.Step, StringComparison.Ordinal)
                    && fault.Sql.Contains(known.Sql, StringComparison.Ordinal)
                )
            )
            .Select(fault => $"{fault.Step}\n  in {fault.Sql.ReplaceLineEndings("\n     ")}")
            .ToList();
        Assert.True(faults.Count == 0, string.Join("\n\n", faults));
    }

    /// <summary>Returns the steps of the plan for a statement.</summary>
    public IReadOnlyList<string> StepsOf((string Sql, IReadOnlyList<SqliteParameter> Parameters) statement)
    {
        using var connection = Open();
        return Steps(connection, statement.Sql, statement.Parameters);
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString()
        );
        connection.Open();
        return connection;
    }

    private List<(string Step, string Sql)> Faults(
        IEnumerable<(string Sql, IReadOnlyList<SqliteParameter> Parameters)> statements
    )
    {
        using var connection = Open();
        return
        [
            .. statements
                .Where(statement => Explainable().IsMatch(statement.Sql))
                .SelectMany(statement =>
                    Steps(connection, statement.Sql, statement.Parameters)
                        .Where(step => IsFault(step, statement.Sql))
                        .Select(step => (step, statement.Sql))
                ),
        ];
    }

    private static List<string> Steps(
        SqliteConnection connection,
        string sql,
        IReadOnlyList<SqliteParameter> parameters
    )
    {
        // EXPLAIN covers only the first statement of a batch. The others are executed, and rolled back below.
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
        command.Parameters.AddRange(parameters.Select(p => new SqliteParameter(p.ParameterName, p.Value)));
        List<string> steps = [];
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                steps.Add(reader.GetString(reader.GetOrdinal("detail")));
            }
        }

        transaction.Rollback();
        return steps;
    }

    // The plan refers to a table by its alias in the statement. ‘SCAN t VIRTUAL TABLE …’ is FTS5 or json_each.
    private static bool IsFault(string step, string sql) =>
        Sort().IsMatch(step)
        || (
            Scan().Match(step) is { Success: true } scan
            && (
                BigTables.Contains(scan.Groups[1].Value)
                || Alias()
                    .Matches(sql)
                    .Any(alias =>
                        alias.Groups["alias"].Value == scan.Groups[1].Value
                        && BigTables.Contains(alias.Groups["table"].Value)
                    )
            )
        );

    [GeneratedRegex("""^\s*(?:SELECT|INSERT|UPDATE|DELETE|REPLACE|WITH)\b""", RegexOptions.IgnoreCase)]
    private static partial Regex Explainable();

    [GeneratedRegex("""^SCAN (\w+)(?! VIRTUAL TABLE)\b""")]
    private static partial Regex Scan();

    [GeneratedRegex("""^USE TEMP B-TREE FOR .*ORDER BY""")]
    private static partial Regex Sort();

    [GeneratedRegex(
        """"(?:FROM|JOIN|UPDATE|,)\s+"?(?<table>\w+)"?\s+(?:AS\s+)?"?(?<alias>\w+)"?"""",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Alias();
}
