using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Schedule : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "EmbargoUntil",
                table: "Articles",
                type: "datetimeoffset(3)",
                precision: 3,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "ScheduleRefusal",
                table: "Articles",
                type: "nvarchar(2000)",
                maxLength: 2000,
                nullable: true
            );

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "ScheduledAt",
                table: "Articles",
                type: "datetimeoffset(3)",
                precision: 3,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "ScheduledByKey",
                table: "Articles",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "ScheduledByKind",
                table: "Articles",
                type: "nvarchar(32)",
                maxLength: 32,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "ScheduledByName",
                table: "Articles",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: true
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "ScheduledRevisionId",
                table: "Articles",
                type: "binary(16)",
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
