using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Advance : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "AdvanceCount",
                table: "Articles",
                type: "int",
                nullable: false,
                defaultValue: 0
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "AdvanceEditionId",
                table: "Articles",
                type: "binary(16)",
                fixedLength: true,
                maxLength: 16,
                nullable: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_Articles_AdvanceEditionId",
                table: "Articles",
                column: "AdvanceEditionId",
                unique: true,
                filter: "AdvanceEditionId IS NOT NULL"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(name: "IX_Articles_AdvanceEditionId", table: "Articles");

            migrationBuilder.DropColumn(name: "AdvanceCount", table: "Articles");

            migrationBuilder.DropColumn(name: "AdvanceEditionId", table: "Articles");
        }
    }
}
