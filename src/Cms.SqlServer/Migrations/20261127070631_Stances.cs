using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Stances : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_TakeListings_PersonaId_PublishedAt_TakeId_EditionId",
                table: "TakeListings"
            );

            migrationBuilder.AddColumn<string>(
                name: "Stance",
                table: "TakeListings",
                type: "nvarchar(32)",
                maxLength: 32,
                nullable: false,
                defaultValue: ""
            );

            migrationBuilder.Sql(
                """
                UPDATE "TakeListings" SET "Stance" = (
                    SELECT t."Stance" FROM "EditionTakes" AS t
                    WHERE t."EditionId" = "TakeListings"."EditionId" AND t."TakeId" = "TakeListings"."TakeId"
                );
                """
            );

            // The articles on which the panel is or was split: see FacetId.Split.
            migrationBuilder.Sql(
                """
                INSERT INTO "ArticleListings" ("ArticleId", "FacetId", "EditionId", "PublishedAt", "UpdatedAt")
                SELECT l."ArticleId", 0x00000000000000000000000000000001, l."EditionId", l."PublishedAt", l."UpdatedAt"
                FROM "ArticleListings" AS l
                WHERE l."FacetId" = 0x00000000000000000000000000000000 AND l."EditionId" IN (
                    SELECT t."EditionId" FROM "EditionTakes" AS t
                    GROUP BY t."EditionId"
                    HAVING SUM(CASE WHEN t."Stance" = 'Supportive' THEN 1 ELSE 0 END) > 0
                        AND SUM(CASE WHEN t."Stance" = 'Skeptical' THEN 1 ELSE 0 END) > 0
                        AND 2 * SUM(CASE WHEN t."Stance" = 'Supportive' THEN 1 ELSE 0 END) <= COUNT(*)
                        AND 2 * SUM(CASE WHEN t."Stance" = 'Skeptical' THEN 1 ELSE 0 END) <= COUNT(*)
                );
                """
            );

            migrationBuilder.Sql(
                """
                INSERT INTO "PastListings" ("ArticleId", "FacetId", "EditionId", "PublishedAt", "UpdatedAt", "SupersededAt")
                SELECT l."ArticleId", 0x00000000000000000000000000000001, l."EditionId", l."PublishedAt", l."UpdatedAt", l."SupersededAt"
                FROM "PastListings" AS l
                WHERE l."FacetId" = 0x00000000000000000000000000000000 AND l."EditionId" IN (
                    SELECT t."EditionId" FROM "EditionTakes" AS t
                    GROUP BY t."EditionId"
                    HAVING SUM(CASE WHEN t."Stance" = 'Supportive' THEN 1 ELSE 0 END) > 0
                        AND SUM(CASE WHEN t."Stance" = 'Skeptical' THEN 1 ELSE 0 END) > 0
                        AND 2 * SUM(CASE WHEN t."Stance" = 'Supportive' THEN 1 ELSE 0 END) <= COUNT(*)
                        AND 2 * SUM(CASE WHEN t."Stance" = 'Skeptical' THEN 1 ELSE 0 END) <= COUNT(*)
                );
                """
            );

            migrationBuilder.CreateIndex(
                name: "IX_TakeListings_EditionId_Stance",
                table: "TakeListings",
                columns: new[] { "EditionId", "Stance" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_TakeListings_PersonaId_PublishedAt_TakeId_EditionId_Stance",
                table: "TakeListings",
                columns: new[] { "PersonaId", "PublishedAt", "TakeId", "EditionId", "Stance" },
                descending: new[] { false, true, true, false, false }
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """DELETE FROM "ArticleListings" WHERE "FacetId" = 0x00000000000000000000000000000001;"""
            );
            migrationBuilder.Sql(
                """DELETE FROM "PastListings" WHERE "FacetId" = 0x00000000000000000000000000000001;"""
            );

            migrationBuilder.DropIndex(name: "IX_TakeListings_EditionId_Stance", table: "TakeListings");

            migrationBuilder.DropIndex(
                name: "IX_TakeListings_PersonaId_PublishedAt_TakeId_EditionId_Stance",
                table: "TakeListings"
            );

            migrationBuilder.DropColumn(name: "Stance", table: "TakeListings");

            migrationBuilder.CreateIndex(
                name: "IX_TakeListings_PersonaId_PublishedAt_TakeId_EditionId",
                table: "TakeListings",
                columns: new[] { "PersonaId", "PublishedAt", "TakeId", "EditionId" },
                descending: new[] { false, true, true, false }
            );
        }
    }
}
