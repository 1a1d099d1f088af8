using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class SearchAndChangeLog : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // The counter's epoch identifies this database's change log. The database generates it here, once.
            migrationBuilder.Sql(
                """
                INSERT INTO "ChangeCounters" ("Id", "Seq", "Epoch") VALUES (1, 0, randomblob(16));
                """
            );

            // The index stores no text: it reads SearchDocuments, whose triggers keep the index up to date.
            migrationBuilder.Sql(
                """
                CREATE VIRTUAL TABLE "ArticleSearch" USING fts5(
                    "Headline", "Summary", "Text",
                    content = 'SearchDocuments', content_rowid = 'Id',
                    tokenize = 'porter unicode61 remove_diacritics 2'
                );
                """
            );
            migrationBuilder.Sql(
                """
                CREATE TRIGGER "SearchDocuments_Inserted" AFTER INSERT ON "SearchDocuments" BEGIN
                    INSERT INTO "ArticleSearch" ("rowid", "Headline", "Summary", "Text")
                    VALUES (new."Id", new."Headline", new."Summary", new."Text");
                END;
                """
            );
            migrationBuilder.Sql(
                """
                CREATE TRIGGER "SearchDocuments_Deleted" AFTER DELETE ON "SearchDocuments" BEGIN
                    INSERT INTO "ArticleSearch" ("ArticleSearch", "rowid", "Headline", "Summary", "Text")
                    VALUES ('delete', old."Id", old."Headline", old."Summary", old."Text");
                END;
                """
            );
            migrationBuilder.Sql(
                """
                CREATE TRIGGER "SearchDocuments_Updated" AFTER UPDATE ON "SearchDocuments" BEGIN
                    INSERT INTO "ArticleSearch" ("ArticleSearch", "rowid", "Headline", "Summary", "Text")
                    VALUES ('delete', old."Id", old."Headline", old."Summary", old."Text");
                    INSERT INTO "ArticleSearch" ("rowid", "Headline", "Summary", "Text")
                    VALUES (new."Id", new."Headline", new."Summary", new."Text");
                END;
                """
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                DROP TRIGGER "SearchDocuments_Updated";
                DROP TRIGGER "SearchDocuments_Deleted";
                DROP TRIGGER "SearchDocuments_Inserted";
                DROP TABLE "ArticleSearch";
                DELETE FROM "ChangeCounters";
                """
            );
        }
    }
}
