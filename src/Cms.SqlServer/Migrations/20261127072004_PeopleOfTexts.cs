using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class PeopleOfTexts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "EditedBy",
                table: "TakeRevisions",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "EditedBy",
                table: "Revisions",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: true
            );

            // Until now, disclosures named who saved the revision. The idempotent script can run again when the column is
            // gone, and SQL Server looks for the columns of a batch before it runs any of it, except in EXEC.
            migrationBuilder.Sql(
                "EXEC(N'UPDATE \"Revisions\" SET \"EditedBy\" = \"DrafterName\" WHERE \"IsEdited\" = 1;');"
            );

            migrationBuilder.Sql(
                "EXEC(N'UPDATE \"TakeRevisions\" SET \"EditedBy\" = \"DrafterName\" WHERE \"IsEdited\" = 1;');"
            );

            migrationBuilder.DropColumn(name: "IsEdited", table: "TakeRevisions");

            migrationBuilder.DropColumn(name: "IsEdited", table: "Revisions");

            // Nobody knows which person created these links, so they could outlive a block. They expire within 30 days anyway.
            migrationBuilder.Sql("DELETE FROM \"PreviewLinks\";");

            migrationBuilder.AddColumn<byte[]>(
                name: "CreatorKey",
                table: "PreviewLinks",
                type: "binary(32)",
                fixedLength: true,
                maxLength: 32,
                nullable: false,
                defaultValue: new byte[0]
            );

            migrationBuilder.CreateIndex(
                name: "IX_PreviewLinks_CreatorKey",
                table: "PreviewLinks",
                column: "CreatorKey"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(name: "IX_PreviewLinks_CreatorKey", table: "PreviewLinks");

            migrationBuilder.DropColumn(name: "CreatorKey", table: "PreviewLinks");

            migrationBuilder.AddColumn<bool>(
                name: "IsEdited",
                table: "TakeRevisions",
                type: "bit",
                nullable: false,
                defaultValue: false
            );

            migrationBuilder.AddColumn<bool>(
                name: "IsEdited",
                table: "Revisions",
                type: "bit",
                nullable: false,
                defaultValue: false
            );

            migrationBuilder.Sql("EXEC(N'UPDATE \"Revisions\" SET \"IsEdited\" = 1 WHERE \"EditedBy\" IS NOT NULL;');");

            migrationBuilder.Sql(
                "EXEC(N'UPDATE \"TakeRevisions\" SET \"IsEdited\" = 1 WHERE \"EditedBy\" IS NOT NULL;');"
            );

            migrationBuilder.DropColumn(name: "EditedBy", table: "TakeRevisions");

            migrationBuilder.DropColumn(name: "EditedBy", table: "Revisions");
        }
    }
}
