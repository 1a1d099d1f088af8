using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.SqlServer.Migrations
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
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: true
            );

            // The approvals that have been withdrawn since are not known any more. SQL Server looks for the columns of a batch
            // before it runs any of it, except in EXEC.
            migrationBuilder.Sql(
                "EXEC(N'UPDATE e SET e.ApprovedBy = r.ApprovedBy FROM Editions AS e INNER JOIN Revisions AS r ON r.Id = e.RevisionId;');"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(name: "ApprovedBy", table: "Editions");
        }
    }
}
