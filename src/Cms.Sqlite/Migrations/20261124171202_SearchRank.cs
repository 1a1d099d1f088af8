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
            // What a word in a headline, a summary and the text weighs.
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
