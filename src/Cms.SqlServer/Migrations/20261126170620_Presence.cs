using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Presence : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ArticlePresence",
                columns: table => new
                {
                    ArticleId = table.Column<byte[]>(
                        type: "binary(16)",
                        fixedLength: true,
                        maxLength: 16,
                        nullable: false
                    ),
                    PersonKey = table.Column<byte[]>(
                        type: "binary(32)",
                        fixedLength: true,
                        maxLength: 32,
                        nullable: false
                    ),
                    Tab = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    IsHolder = table.Column<bool>(type: "bit", nullable: false),
                    Since = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: false),
                    ExpiresAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "PK_ArticlePresence",
                        x => new
                        {
                            x.ArticleId,
                            x.PersonKey,
                            x.Tab,
                        }
                    );
                }
            );

            migrationBuilder.CreateIndex(
                name: "IX_ArticlePresence_ArticleId",
                table: "ArticlePresence",
                column: "ArticleId",
                unique: true,
                filter: "IsHolder = 1"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "ArticlePresence");
        }
    }
}
