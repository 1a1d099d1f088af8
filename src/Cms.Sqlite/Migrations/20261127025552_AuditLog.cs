using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AuditLog : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "AuditCounters",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    Seq = table.Column<long>(type: "INTEGER", nullable: false),
                    Hash = table.Column<string>(type: "TEXT", unicode: false, maxLength: 64, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditCounters", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "AuditEntries",
                columns: table => new
                {
                    Seq = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    ActorKey = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 32, nullable: true),
                    ActorName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Via = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Action = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    Subject = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    ArticleId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: true),
                    Summary = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Before = table.Column<string>(type: "TEXT", nullable: true),
                    After = table.Column<string>(type: "TEXT", nullable: true),
                    PreviousHash = table.Column<string>(type: "TEXT", unicode: false, maxLength: 64, nullable: false),
                    Hash = table.Column<string>(type: "TEXT", unicode: false, maxLength: 64, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditEntries", x => x.Seq);
                }
            );

            migrationBuilder.InsertData(
                table: "AuditCounters",
                columns: new[] { "Id", "Hash", "Seq" },
                values: new object[] { 1, "0000000000000000000000000000000000000000000000000000000000000000", 0L }
            );

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_Action_At_Seq",
                table: "AuditEntries",
                columns: new[] { "Action", "At", "Seq" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_ActorKey_At_Seq",
                table: "AuditEntries",
                columns: new[] { "ActorKey", "At", "Seq" },
                filter: "ActorKey IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_ArticleId_At_Seq",
                table: "AuditEntries",
                columns: new[] { "ArticleId", "At", "Seq" },
                filter: "ArticleId IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_At_Seq",
                table: "AuditEntries",
                columns: new[] { "At", "Seq" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_Subject_At_Seq",
                table: "AuditEntries",
                columns: new[] { "Subject", "At", "Seq" }
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "AuditCounters");

            migrationBuilder.DropTable(name: "AuditEntries");
        }
    }
}
