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
    private static readonly Lazy<IReadOnlyList<Migration>> Migrations = new(ReadMigrations);
    private static readonly Lazy<IReadOnlyList<string>> Defined = new(ReadDefinitions);

    /// <summary>Every block of raw SQL in the migrations, both up and down.</summary>
    public static IReadOnlyList<string> RawSql => [.. Migrations.Value.SelectMany(RawSqlOf)];

    /// <summary>The blocks of raw SQL in the migrations that drop no columns. They use only what is there at the end.</summary>
    public static IReadOnlyList<string> LastingRawSql =>
        [.. Migrations.Value.Where(migration => !DropsColumns(migration)).SelectMany(RawSqlOf)];

    /// <summary>
    /// The raw SQL of each migration that drops columns, with the definitions while it runs: the schema after the last
    /// migration, with the columns that it or a later migration drops and the tables that it creates for itself.
    /// </summary>
    public static IEnumerable<(IReadOnlyList<string> Definitions, IReadOnlyList<string> Sql)> TransitionalSql =>
        Migrations
            .Value.Index()
            .Where(migration => DropsColumns(migration.Item))
            .Select(migration =>
            {
                var sql = RawSqlOf(migration.Item);
                var fromHere = Migrations.Value.Skip(migration.Index).ToList();
                var definitions = Definitions.Select(definition => fromHere.Aggregate(definition, WithDropped));
                return ((IReadOnlyList<string>)[.. definitions, .. sql.Where(IsDefinition)], sql);
            });

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

    private static IReadOnlyList<Migration> ReadMigrations()
    {
        using var db = Open();
        var assembly = db.GetService<IMigrationsAssembly>();
        return
        [
            .. assembly.Migrations.Values.Select(type => assembly.CreateMigration(type, db.Database.ProviderName!)),
        ];
    }

    private static IReadOnlyList<string> RawSqlOf(Migration migration) =>
        [
            .. migration
                .UpOperations.Concat(migration.DownOperations)
                .OfType<SqlOperation>()
                .Select(operation => operation.Sql),
        ];

    private static bool DropsColumns(Migration migration) => migration.UpOperations.OfType<DropColumnOperation>().Any();

    // The way back adds the columns again, so it has their types.
    private static string WithDropped(string definition, Migration migration) =>
        (DropsColumns(migration) ? migration.DownOperations : [])
            .OfType<AddColumnOperation>()
            .Aggregate(
                definition,
                (text, column) =>
                    text.Replace(
                        $"CREATE TABLE [{column.Table}] (",
                        $"CREATE TABLE [{column.Table}] ([{column.Name}] {column.ColumnType} NULL,",
                        StringComparison.Ordinal
                    )
            );

    private static IReadOnlyList<string> ReadDefinitions()
    {
        using var db = Open();
        return
        [
            .. TransactSql.Statements(db.GetService<IHistoryRepository>().GetCreateScript()).Select(s => s.Text),
            .. TransactSql.Statements(db.Database.GenerateCreateScript()).Select(s => s.Text),
            .. LastingRawSql.SelectMany(TransactSql.ParseDeep).Where(IsDefinition),
        ];
    }

    private static bool IsDefinition(string sql) => TransactSql.Statements(sql).All(s => Defines(s.Statement));

    private static bool Defines(TSqlStatement statement) =>
        statement
            is CreateFullTextCatalogStatement
                or CreateFullTextIndexStatement
                or CreateTableStatement
                or CreateIndexStatement;
}
