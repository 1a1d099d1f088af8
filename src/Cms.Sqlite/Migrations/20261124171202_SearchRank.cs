using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class SearchRank : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // The weights of a word in the headline, the summary and the text.
            migrationBuilder.Sql(
                """
                INSERT INTO "ArticleSearch" ("ArticleSearch", "rank") VALUES ('rank', 'bm25(8.0, 4.0, 1.0)');
                """
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                INSERT INTO "ArticleSearch" ("ArticleSearch", "rank") VALUES ('rank', 'bm25()');
                """
            );
        }
    }
}
