using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class DeskCostIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Takes_Status_DueAt_ArticleId",
                table: "Takes",
                columns: new[] { "Status", "DueAt", "ArticleId" },
                filter: "DueAt IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_DeskListings_IsTrashed_ReviewerKey_Review_ReviewChangedAt_ArticleId",
                table: "DeskListings",
                columns: new[] { "IsTrashed", "ReviewerKey", "Review", "ReviewChangedAt", "ArticleId" },
                filter: "ReviewerKey IS NOT NULL"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(name: "IX_Takes_Status_DueAt_ArticleId", table: "Takes");

            migrationBuilder.DropIndex(
                name: "IX_DeskListings_IsTrashed_ReviewerKey_Review_ReviewChangedAt_ArticleId",
                table: "DeskListings"
            );
        }
    }
}
