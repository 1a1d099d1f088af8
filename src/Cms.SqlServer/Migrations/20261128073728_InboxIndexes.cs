using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class InboxIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_DeskListings_IsTrashed_AssigneeKey_Review_AssignedAt_ArticleId",
                table: "DeskListings",
                columns: new[] { "IsTrashed", "AssigneeKey", "Review", "AssignedAt", "ArticleId" },
                filter: "AssigneeKey IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_DeskListings_IsTrashed_Review_ReviewChangedAt_ArticleId",
                table: "DeskListings",
                columns: new[] { "IsTrashed", "Review", "ReviewChangedAt", "ArticleId" },
                filter: "ReviewChangedAt IS NOT NULL"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_DeskListings_IsTrashed_AssigneeKey_Review_AssignedAt_ArticleId",
                table: "DeskListings"
            );

            migrationBuilder.DropIndex(
                name: "IX_DeskListings_IsTrashed_Review_ReviewChangedAt_ArticleId",
                table: "DeskListings"
            );
        }
    }
}
