using Cms.Data;
using Cms.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Cms.Tests.SqlServer;

/// <summary>The schema after the last migration, and the raw SQL in the migrations.</summary>
internal static class SqlServerSchema
{
    // Its statements use columns and a table that the same migration drops, so they cannot bind to the final schema. The
    // upgrade test of takes runs them on SQL Server.
    private const string Transitional = "Panel";

    private static readonly Lazy<IReadOnlyList<string>> Raw = new(() => ReadRawSql(_ => true));
    private static readonly Lazy<IReadOnlyList<string>> Lasting = new(() =>
        ReadRawSql(id => !id.EndsWith($"_{Transitional}", StringComparison.Ordinal))
    );
    private static readonly Lazy<IReadOnlyList<string>> Defined = new(ReadDefinitions);

    /// <summary>Every block of raw SQL in the migrations, both up and down.</summary>
    public static IReadOnlyList<string> RawSql => Raw.Value;

    /// <summary>The blocks of raw SQL that use only what the schema has after the last migration.</summary>
    public static IReadOnlyList<string> LastingRawSql => Lasting.Value;

    /// <summary>
    /// The definitions of the model's tables, the migration history and the objects that migrations create with SQL.
    /// </summary>
    public static IReadOnlyList<string> Definitions => Defined.Value;

    public static CmsDbContext Open()
    {
        var options = new DbContextOptionsBuilder<CmsDbContext>();
        options.UseCmsSqlServer(AbsentSqlServer.ConnectionString).UseLoggerFactory(NullLoggerFactory.Instance);
        return new CmsDbContext(options.Options);
    }

    public static string IdempotentScript()
    {
        using var db = Open();
        return db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);
    }

    private static IReadOnlyList<string> ReadRawSql(Func<string, bool> of)
    {
        using var db = Open();
        var assembly = db.GetService<IMigrationsAssembly>();
        return
        [
            .. assembly
                .Migrations.Where(migration => of(migration.Key))
                .Select(migration => assembly.CreateMigration(migration.Value, db.Database.ProviderName!))
                .SelectMany(migration => migration.UpOperations.Concat(migration.DownOperations))
                .OfType<SqlOperation>()
                .Select(operation => operation.Sql),
        ];
    }

    private static IReadOnlyList<string> ReadDefinitions()
    {
        using var db = Open();
        return
        [
            .. TransactSql.Statements(db.GetService<IHistoryRepository>().GetCreateScript()).Select(s => s.Text),
            .. TransactSql.Statements(db.Database.GenerateCreateScript()).Select(s => s.Text),
            .. LastingRawSql
                .SelectMany(TransactSql.ParseDeep)
                .Where(text => TransactSql.Statements(text).All(s => Defines(s.Statement))),
        ];
    }

    private static bool Defines(TSqlStatement statement) =>
        statement
            is CreateFullTextCatalogStatement
                or CreateFullTextIndexStatement
                or CreateTableStatement
                or CreateIndexStatement;
}
