using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ApproverOfEditions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "ApprovedBy",
                table: "Editions",
                type: "TEXT",
                maxLength: 200,
                nullable: true
            );

            // The approvals that have been withdrawn since are not known any more.
            migrationBuilder.Sql(
                "UPDATE \"Editions\" SET \"ApprovedBy\" = (SELECT r.\"ApprovedBy\" FROM \"Revisions\" AS r WHERE r.\"Id\" = \"Editions\".\"RevisionId\") WHERE \"RevisionId\" IS NOT NULL;"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("ALTER TABLE \"Editions\" DROP COLUMN \"ApprovedBy\";");
        }
    }
}
