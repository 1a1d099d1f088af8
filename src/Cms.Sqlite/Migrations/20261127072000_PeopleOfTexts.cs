using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.Sqlite.Migrations
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
                type: "TEXT",
                maxLength: 200,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "EditedBy",
                table: "Revisions",
                type: "TEXT",
                maxLength: 200,
                nullable: true
            );

            // Until now, disclosures named who saved the revision.
            migrationBuilder.Sql("UPDATE \"Revisions\" SET \"EditedBy\" = \"DrafterName\" WHERE \"IsEdited\" = 1;");

            migrationBuilder.Sql("UPDATE \"TakeRevisions\" SET \"EditedBy\" = \"DrafterName\" WHERE \"IsEdited\" = 1;");

            migrationBuilder.Sql("ALTER TABLE \"TakeRevisions\" DROP COLUMN \"IsEdited\";");

            migrationBuilder.Sql("ALTER TABLE \"Revisions\" DROP COLUMN \"IsEdited\";");

            // Nobody knows which person created these links, so they could outlive a block. They expire within 30 days anyway.
            migrationBuilder.Sql("DELETE FROM \"PreviewLinks\";");

            migrationBuilder.AddColumn<byte[]>(
                name: "CreatorKey",
                table: "PreviewLinks",
                type: "BLOB",
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

            migrationBuilder.Sql("ALTER TABLE \"PreviewLinks\" DROP COLUMN \"CreatorKey\";");

            migrationBuilder.AddColumn<bool>(
                name: "IsEdited",
                table: "TakeRevisions",
                type: "INTEGER",
                nullable: false,
                defaultValue: false
            );

            migrationBuilder.AddColumn<bool>(
                name: "IsEdited",
                table: "Revisions",
                type: "INTEGER",
                nullable: false,
                defaultValue: false
            );

            migrationBuilder.Sql("UPDATE \"Revisions\" SET \"IsEdited\" = 1 WHERE \"EditedBy\" IS NOT NULL;");

            migrationBuilder.Sql("UPDATE \"TakeRevisions\" SET \"IsEdited\" = 1 WHERE \"EditedBy\" IS NOT NULL;");

            migrationBuilder.Sql("ALTER TABLE \"TakeRevisions\" DROP COLUMN \"EditedBy\";");

            migrationBuilder.Sql("ALTER TABLE \"Revisions\" DROP COLUMN \"EditedBy\";");
        }
    }
}
