using Cms.Data;
using Microsoft.EntityFrameworkCore;

namespace Cms.SqlServer;

/// <summary>Examines the options of a database whose schema is up to date.</summary>
internal static class SqlServerExamination
{
    private const int CompatibilityLevel = 160;
    private const string Exact = "Latin1_General_100_BIN2";

    public static async Task<IReadOnlyList<Finding>> RunAsync(CmsDbContext db, CancellationToken cancellationToken)
    {
        var canWrite = await db
            .Database.SqlQuery<bool>(
                $"SELECT CAST(CASE WHEN HAS_PERMS_BY_NAME(N'Articles', N'OBJECT', N'INSERT') = 1 AND HAS_PERMS_BY_NAME(N'Articles', N'OBJECT', N'UPDATE') = 1 THEN 1 ELSE 0 END AS bit) AS [Value]"
            )
            .SingleAsync(cancellationToken);
        var snapshots = await db
            .Database.SqlQuery<bool>(
                $"SELECT [is_read_committed_snapshot_on] AS [Value] FROM [sys].[databases] WHERE [database_id] = DB_ID()"
            )
            .SingleAsync(cancellationToken);
        var fullText = await db
            .Database.SqlQuery<bool>(
                $"SELECT CAST(CASE WHEN OBJECTPROPERTYEX(OBJECT_ID(N'SearchDocuments'), N'TableHasActiveFulltextIndex') = 1 AND OBJECTPROPERTYEX(OBJECT_ID(N'DeskDocuments'), N'TableHasActiveFulltextIndex') = 1 THEN 1 ELSE 0 END AS bit) AS [Value]"
            )
            .SingleAsync(cancellationToken);
        var isCompatible = await db
            .Database.SqlQuery<bool>(
                $"SELECT CAST(CASE WHEN [compatibility_level] >= {CompatibilityLevel} THEN 1 ELSE 0 END AS bit) AS [Value] FROM [sys].[databases] WHERE [database_id] = DB_ID()"
            )
            .SingleAsync(cancellationToken);
        var ignoresCase = await db
            .Database.SqlQuery<bool>(
                $"SELECT CAST(CASE WHEN N'a' = N'A' COLLATE DATABASE_DEFAULT THEN 1 ELSE 0 END AS bit) AS [Value]"
            )
            .SingleAsync(cancellationToken);
        var isExact = await db
            .Database.SqlQuery<bool>(
                $"SELECT CAST(CASE WHEN EXISTS (SELECT 1 FROM [sys].[columns] WHERE [object_id] = OBJECT_ID(N'Articles') AND [name] = N'Slug' AND [collation_name] = {Exact}) THEN 1 ELSE 0 END AS bit) AS [Value]"
            )
            .SingleAsync(cancellationToken);
        return
        [
            canWrite
                ? Finding.Ok("writing", "The login may write.")
                : Finding.Failure("writing", "The login may not write: grant it db_datareader and db_datawriter."),
            snapshots
                ? Finding.Ok("snapshots", "READ_COMMITTED_SNAPSHOT is on.")
                : Finding.Warning(
                    "snapshots",
                    "READ_COMMITTED_SNAPSHOT is off, so readers wait while editors save: run ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON."
                ),
            fullText
                ? Finding.Ok("full text", "Search uses full-text indexes.")
                : Finding.Warning(
                    "full text",
                    "Search has no full-text indexes, so each search reads every article: install Full-Text and Semantic Extractions for Search (mssql-server-fts on Linux), create the indexes as docs/operations/search.md says, and restart the servers."
                ),
            (ignoresCase, isExact) switch
            {
                (_, false) => Finding.Failure(
                    "collation",
                    $"The column Articles.Slug does not have the collation {Exact}, so addresses that differ only in case are mixed up: undo the change that was made to it."
                ),
                (false, _) => Finding.Warning(
                    "collation",
                    "The collation of the database distinguishes upper and lower case, so lists of names and filters differ from the documentation: create a database with a collation such as SQL_Latin1_General_CP1_CI_AS, and move the content with export and import."
                ),
                _ => Finding.Ok("collation", "Names ignore case, and addresses are compared exactly."),
            },
            isCompatible
                ? Finding.Ok("compatibility", "The compatibility level is high enough.")
                : Finding.Failure(
                    "compatibility",
                    FormattableString.Invariant(
                        $"The compatibility level is too low: run ALTER DATABASE CURRENT SET COMPATIBILITY_LEVEL = {CompatibilityLevel}."
                    )
                ),
        ];
    }
}
