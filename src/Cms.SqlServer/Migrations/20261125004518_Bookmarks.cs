using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Bookmarks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "BookmarkShelves",
                columns: table => new
                {
                    ReaderId = table.Column<byte[]>(
                        type: "binary(32)",
                        fixedLength: true,
                        maxLength: 32,
                        nullable: false
                    ),
                    Writes = table.Column<int>(type: "int", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BookmarkShelves", x => x.ReaderId);
                }
            );

            migrationBuilder.CreateTable(
                name: "Bookmarks",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "binary(16)", fixedLength: true, maxLength: 16, nullable: false),
                    ReaderId = table.Column<byte[]>(
                        type: "binary(32)",
                        fixedLength: true,
                        maxLength: 32,
                        nullable: false
                    ),
                    TargetKind = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    TargetId = table.Column<byte[]>(
                        type: "binary(16)",
                        fixedLength: true,
                        maxLength: 16,
                        nullable: false
                    ),
                    SavedAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: false),
                    Note = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true),
                    TargetVersion = table.Column<int>(type: "int", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Bookmarks", x => x.Id);
                }
            );

            migrationBuilder.CreateIndex(
                name: "IX_Bookmarks_ReaderId_SavedAt_Id_TargetKind",
                table: "Bookmarks",
                columns: new[] { "ReaderId", "SavedAt", "Id", "TargetKind" },
                descending: new[] { false, true, true, false }
            );

            migrationBuilder.CreateIndex(
                name: "IX_Bookmarks_ReaderId_TargetId",
                table: "Bookmarks",
                columns: new[] { "ReaderId", "TargetId" },
                unique: true
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "BookmarkShelves");

            migrationBuilder.DropTable(name: "Bookmarks");
        }
    }
}
