using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class UpdatedBy : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "UpdatedBy",
                table: "Tools",
                type: "TEXT",
                maxLength: 200,
                nullable: false,
                defaultValue: "Somebody"
            );

            migrationBuilder.AddColumn<string>(
                name: "UpdatedBy",
                table: "Personas",
                type: "TEXT",
                maxLength: 200,
                nullable: false,
                defaultValue: "Somebody"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(name: "UpdatedBy", table: "Tools");

            migrationBuilder.DropColumn(name: "UpdatedBy", table: "Personas");
        }
    }
}
