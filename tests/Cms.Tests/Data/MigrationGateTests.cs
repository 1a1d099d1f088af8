using Cms.Data;
using Cms.Sqlite;
using Cms.Tests.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Xunit;

namespace Cms.Tests.Data;

/// <summary>Rules that every migration must follow on both databases.</summary>
public sealed class MigrationGateTests
{
    // A drop loses data and breaks running servers. Before you drop a table or column that nothing reads, add it here
    // as Table or Table.Column.
    private static readonly HashSet<string> MayBeDropped =
    [
        // The words of takes moved to TakeRevisions in the same migration, and these tables existed only during it.
        "TakeBookmarks",
        "TakeHeads",
        .. WordsOfTakes.SelectMany(column =>
            new[] { $"Takes.{column}", $"ALTER TABLE \"Takes\" DROP COLUMN \"{column}\";" }
        ),
        // EditedBy replaced it before a release had it.
        .. new[] { "Revisions", "TakeRevisions" }.SelectMany(table =>
            new[] { $"{table}.IsEdited", $"ALTER TABLE \"{table}\" DROP COLUMN \"IsEdited\";" }
        ),
    ];

    private static IEnumerable<string> WordsOfTakes =>
        [
            "Number",
            "ProfileNumber",
            "InReplyTo",
            "ApprovedAt",
            "AnchorBlockId",
            "AnchorQuote",
            "Confidence",
            "Stance",
            "Text",
            "Verdict",
            "DrafterKey",
            "DrafterKind",
            "DrafterName",
            "ReviewerKey",
            "ReviewerKind",
            "ReviewerName",
        ];

    [Fact]
    public void Every_change_of_the_model_has_a_migration()
    {
        using var sqlite = OpenSqlite();
        using var server = SqlServerSchema.Open();

        Assert.False(sqlite.Database.HasPendingModelChanges());
        Assert.False(server.Database.HasPendingModelChanges());
    }

    [Fact]
    public void Both_databases_have_the_same_migrations_in_the_same_order()
    {
        using var sqlite = OpenSqlite();
        using var server = SqlServerSchema.Open();

        Assert.Equal(NamesOf(sqlite), NamesOf(server));
        Assert.NotEmpty(NamesOf(sqlite));
    }

    [Fact]
    public void No_migration_drops_or_renames_a_table_or_column()
    {
        using var sqlite = OpenSqlite();
        using var server = SqlServerSchema.Open();

        Assert.Empty(MigrationsOf(sqlite).Concat(MigrationsOf(server)).SelectMany(Lost).Except(MayBeDropped));
    }

    [Fact]
    public void Drops_and_renames_are_detected_in_operations_and_in_SQL() =>
        Assert.Equal(
            ["Notes", "Notes.Text", "Drafts", "Drafts.Text", "DROP TABLE [Old];", "alter table Old drop column Text"],
            Lost(new Losing())
        );

    private static CmsDbContext OpenSqlite()
    {
        var options = new DbContextOptionsBuilder<CmsDbContext>();
        options.UseCmsSqlite("never-opened.db");
        return new CmsDbContext(options.Options);
    }

    // An id consists of a 14-digit timestamp, an underscore and the name.
    private static IEnumerable<string> NamesOf(CmsDbContext db) => db.Database.GetMigrations().Select(id => id[15..]);

    private static IEnumerable<Migration> MigrationsOf(CmsDbContext db)
    {
        var assembly = db.GetService<IMigrationsAssembly>();
        return assembly.Migrations.Values.Select(type => assembly.CreateMigration(type, db.Database.ProviderName!));
    }

    private static IEnumerable<string> Lost(Migration migration) =>
        migration
            .UpOperations.Select(operation =>
                operation switch
                {
                    DropTableOperation drop => drop.Name,
                    DropColumnOperation drop => $"{drop.Table}.{drop.Name}",
                    RenameTableOperation rename => rename.Name,
                    RenameColumnOperation rename => $"{rename.Table}.{rename.Name}",
                    SqlOperation sql when Drops(sql.Sql) => sql.Sql,
                    _ => null,
                }
            )
            .OfType<string>();

    private static bool Drops(string sql) =>
        sql.Contains("DROP TABLE", StringComparison.OrdinalIgnoreCase)
        || sql.Contains("DROP COLUMN", StringComparison.OrdinalIgnoreCase);

    private sealed class Losing : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable("Notes");
            migrationBuilder.DropColumn("Text", "Notes");
            migrationBuilder.RenameTable("Drafts", newName: "Papers");
            migrationBuilder.RenameColumn("Text", "Drafts", "Words");
            migrationBuilder.Sql("DROP TABLE [Old];");
            migrationBuilder.Sql("alter table Old drop column Text");
            migrationBuilder.CreateIndex("IX_Notes_Text", "Notes", "Text");
        }
    }
}
