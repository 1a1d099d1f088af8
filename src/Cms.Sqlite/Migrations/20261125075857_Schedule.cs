using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Schedule : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(name: "EmbargoUntil", table: "Articles", type: "INTEGER", nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ScheduleRefusal",
                table: "Articles",
                type: "TEXT",
                maxLength: 2000,
                nullable: true
            );

            migrationBuilder.AddColumn<long>(name: "ScheduledAt", table: "Articles", type: "INTEGER", nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ScheduledByKey",
                table: "Articles",
                type: "TEXT",
                maxLength: 200,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "ScheduledByKind",
                table: "Articles",
                type: "TEXT",
                maxLength: 32,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "ScheduledByName",
                table: "Articles",
                type: "TEXT",
                maxLength: 200,
                nullable: true
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "ScheduledRevisionId",
                table: "Articles",
                type: "BLOB",
                fixedLength: true,
                maxLength: 16,
                nullable: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_Articles_ScheduledAt_Id",
                table: "Articles",
                columns: new[] { "ScheduledAt", "Id" },
                filter: "ScheduledAt IS NOT NULL"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(name: "IX_Articles_ScheduledAt_Id", table: "Articles");

            migrationBuilder.DropColumn(name: "EmbargoUntil", table: "Articles");

            migrationBuilder.DropColumn(name: "ScheduleRefusal", table: "Articles");

            migrationBuilder.DropColumn(name: "ScheduledAt", table: "Articles");

            migrationBuilder.DropColumn(name: "ScheduledByKey", table: "Articles");

            migrationBuilder.DropColumn(name: "ScheduledByKind", table: "Articles");

            migrationBuilder.DropColumn(name: "ScheduledByName", table: "Articles");

            migrationBuilder.DropColumn(name: "ScheduledRevisionId", table: "Articles");
        }
    }
}
