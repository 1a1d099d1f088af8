using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class NoIndex : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // The articles that search engines should leave out, now or at a past time: see FacetId.NoIndex.
            migrationBuilder.Sql(
                """
                INSERT INTO "ArticleListings" ("ArticleId", "FacetId", "EditionId", "PublishedAt", "UpdatedAt")
                SELECT l."ArticleId", x'00000000000000000000000000000002', l."EditionId", l."PublishedAt", l."UpdatedAt"
                FROM "ArticleListings" AS l
                WHERE l."FacetId" = x'00000000000000000000000000000000' AND EXISTS (
                    SELECT 1 FROM "Editions" AS e
                    WHERE e."Id" = l."EditionId" AND e."SeoNoIndex" = 1
                );
                """
            );

            migrationBuilder.Sql(
                """
                INSERT INTO "PastListings" ("ArticleId", "FacetId", "EditionId", "PublishedAt", "UpdatedAt", "SupersededAt")
                SELECT l."ArticleId", x'00000000000000000000000000000002', l."EditionId", l."PublishedAt", l."UpdatedAt", l."SupersededAt"
                FROM "PastListings" AS l
                WHERE l."FacetId" = x'00000000000000000000000000000000' AND EXISTS (
                    SELECT 1 FROM "Editions" AS e
                    WHERE e."Id" = l."EditionId" AND e."SeoNoIndex" = 1
                );
                """
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """DELETE FROM "ArticleListings" WHERE "FacetId" = x'00000000000000000000000000000002';"""
            );
            migrationBuilder.Sql(
                """DELETE FROM "PastListings" WHERE "FacetId" = x'00000000000000000000000000000002';"""
            );
        }
    }
}
