using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class FirstPublication : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(name: "FirstPublishedAt", table: "Tools", type: "INTEGER", nullable: true);

            migrationBuilder.AddColumn<long>(name: "FirstPublishedAt", table: "Tags", type: "INTEGER", nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "FirstPublishedAt",
                table: "Sources",
                type: "INTEGER",
                nullable: true
            );

            migrationBuilder.AddColumn<long>(
                name: "FirstPublishedAt",
                table: "Categories",
                type: "INTEGER",
                nullable: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_Tools_PublicSlug",
                table: "Tools",
                column: "Slug",
                filter: "FirstPublishedAt IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_Tools_LogoId_FirstPublishedAt",
                table: "Tools",
                columns: new[] { "LogoId", "FirstPublishedAt" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_Tags_PublicSlug",
                table: "Tags",
                column: "Slug",
                filter: "FirstPublishedAt IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_Sources_PublicSlug",
                table: "Sources",
                column: "Slug",
                filter: "FirstPublishedAt IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_Categories_PublicSlug",
                table: "Categories",
                column: "Slug",
                filter: "FirstPublishedAt IS NOT NULL"
            );

            // Terms and tools that a current or past edition shows are public and stay public.
            migrationBuilder.Sql(
                """
                UPDATE "Categories" SET "FirstPublishedAt" = (
                    SELECT MIN(l."UpdatedAt") FROM (
                        SELECT "UpdatedAt" FROM "ArticleListings" WHERE "FacetId" = "Categories"."Id"
                        UNION ALL
                        SELECT "UpdatedAt" FROM "PastListings" WHERE "FacetId" = "Categories"."Id"
                    ) AS l
                );
                """
            );

            migrationBuilder.Sql(
                """
                UPDATE "Tags" SET "FirstPublishedAt" = (
                    SELECT MIN(l."UpdatedAt") FROM (
                        SELECT "UpdatedAt" FROM "ArticleListings" WHERE "FacetId" = "Tags"."Id"
                        UNION ALL
                        SELECT "UpdatedAt" FROM "PastListings" WHERE "FacetId" = "Tags"."Id"
                    ) AS l
                );
                """
            );

            migrationBuilder.Sql(
                """
                UPDATE "Sources" SET "FirstPublishedAt" = (
                    SELECT MIN(l."UpdatedAt") FROM (
                        SELECT "UpdatedAt" FROM "ArticleListings" WHERE "FacetId" = "Sources"."Id"
                        UNION ALL
                        SELECT "UpdatedAt" FROM "PastListings" WHERE "FacetId" = "Sources"."Id"
                    ) AS l
                );
                """
            );

            migrationBuilder.Sql(
                """
                UPDATE "Tools" SET "FirstPublishedAt" = (
                    SELECT MIN(l."UpdatedAt") FROM (
                        SELECT "UpdatedAt" FROM "ArticleListings" WHERE "FacetId" = "Tools"."Id"
                        UNION ALL
                        SELECT "UpdatedAt" FROM "PastListings" WHERE "FacetId" = "Tools"."Id"
                    ) AS l
                );
                """
            );

            // Tools that a published body mentions are public too.
            migrationBuilder.Sql(
                """
                UPDATE "Tools" SET "FirstPublishedAt" = seen."At"
                FROM (
                    SELECT x."Id", MIN(e."LiveFrom") AS "At"
                    FROM "Editions" AS e CROSS JOIN "Tools" AS x
                    WHERE x."FirstPublishedAt" IS NULL AND e."Body" LIKE '%"target":"tol\_%' ESCAPE '\'
                        AND instr(e."Body", '"target":"tol_' || lower(hex(x."Id")) || '"') > 0
                    GROUP BY x."Id"
                ) AS seen WHERE seen."Id" = "Tools"."Id";
                """
            );

            // The tags of public tools are public too.
            migrationBuilder.Sql(
                """
                UPDATE "Tags" SET "FirstPublishedAt" = seen."At"
                FROM (
                    SELECT x."Id", MIN(t."FirstPublishedAt") AS "At"
                    FROM "Tools" AS t CROSS JOIN "Tags" AS x
                    WHERE x."FirstPublishedAt" IS NULL AND t."FirstPublishedAt" IS NOT NULL
                        AND instr(t."Tags", '"tag_' || lower(hex(x."Id")) || '"') > 0
                    GROUP BY x."Id"
                ) AS seen WHERE seen."Id" = "Tags"."Id";
                """
            );

            // Remove the changes of all other tools and terms from the change log.
            migrationBuilder.Sql(
                """
                DELETE FROM "Changes" WHERE ("Kind" = 'ToolChanged' AND "SubjectId" IN (SELECT "Id" FROM "Tools" WHERE "FirstPublishedAt" IS NULL))
                    OR ("Kind" = 'CategoryChanged' AND "SubjectId" IN (SELECT "Id" FROM "Categories" WHERE "FirstPublishedAt" IS NULL))
                    OR ("Kind" = 'TagChanged' AND "SubjectId" IN (SELECT "Id" FROM "Tags" WHERE "FirstPublishedAt" IS NULL))
                    OR ("Kind" = 'SourceChanged' AND "SubjectId" IN (SELECT "Id" FROM "Sources" WHERE "FirstPublishedAt" IS NULL));
                """
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(name: "IX_Tools_PublicSlug", table: "Tools");

            migrationBuilder.DropIndex(name: "IX_Tools_LogoId_FirstPublishedAt", table: "Tools");

            migrationBuilder.DropIndex(name: "IX_Tags_PublicSlug", table: "Tags");

            migrationBuilder.DropIndex(name: "IX_Sources_PublicSlug", table: "Sources");

            migrationBuilder.DropIndex(name: "IX_Categories_PublicSlug", table: "Categories");

            migrationBuilder.DropColumn(name: "FirstPublishedAt", table: "Tools");

            migrationBuilder.DropColumn(name: "FirstPublishedAt", table: "Tags");

            migrationBuilder.DropColumn(name: "FirstPublishedAt", table: "Sources");

            migrationBuilder.DropColumn(name: "FirstPublishedAt", table: "Categories");
        }
    }
}
