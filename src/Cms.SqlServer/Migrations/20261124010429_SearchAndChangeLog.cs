using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.SqlServer.Migrations
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
                INSERT INTO [ChangeCounters] ([Id], [Seq], [Epoch]) VALUES (1, 0, CRYPT_GEN_RANDOM(16));
                """
            );

            // Full-text objects cannot be created in a transaction. If the component is missing, search uses LIKE.
            migrationBuilder.Sql(
                """
                IF SERVERPROPERTY(N'IsFullTextInstalled') = 1
                    AND NOT EXISTS (SELECT 1 FROM [sys].[fulltext_catalogs] WHERE [name] = N'CmsSearch')
                    EXEC(N'CREATE FULLTEXT CATALOG [CmsSearch] WITH ACCENT_SENSITIVITY = OFF');
                """,
                suppressTransaction: true
            );
            migrationBuilder.Sql(
                """
                IF SERVERPROPERTY(N'IsFullTextInstalled') = 1
                    AND NOT EXISTS (SELECT 1 FROM [sys].[fulltext_indexes] WHERE [object_id] = OBJECT_ID(N'SearchDocuments'))
                    EXEC(N'CREATE FULLTEXT INDEX ON [SearchDocuments] ([Headline] LANGUAGE 1033, [Summary] LANGUAGE 1033, [Text] LANGUAGE 1033) KEY INDEX [PK_SearchDocuments] ON [CmsSearch] WITH CHANGE_TRACKING AUTO');
                """,
                suppressTransaction: true
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                IF EXISTS (SELECT 1 FROM [sys].[fulltext_indexes] WHERE [object_id] = OBJECT_ID(N'SearchDocuments'))
                    EXEC(N'DROP FULLTEXT INDEX ON [SearchDocuments]');
                """,
                suppressTransaction: true
            );
            migrationBuilder.Sql(
                """
                IF EXISTS (SELECT 1 FROM [sys].[fulltext_catalogs] WHERE [name] = N'CmsSearch')
                    EXEC(N'DROP FULLTEXT CATALOG [CmsSearch]');
                """,
                suppressTransaction: true
            );
            migrationBuilder.Sql("DELETE FROM [ChangeCounters];");
        }
    }
}
