using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.Sqlite.Migrations
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
                    ArticleId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    PersonKey = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 32, nullable: false),
                    Tab = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    IsHolder = table.Column<bool>(type: "INTEGER", nullable: false),
                    Since = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false),
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
