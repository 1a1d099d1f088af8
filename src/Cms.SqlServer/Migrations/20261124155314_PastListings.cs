using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class PastListings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "PastListings",
                columns: table => new
                {
                    FacetId = table.Column<byte[]>(
                        type: "binary(16)",
                        fixedLength: true,
                        maxLength: 16,
                        nullable: false
                    ),
                    EditionId = table.Column<byte[]>(
                        type: "binary(16)",
                        fixedLength: true,
                        maxLength: 16,
                        nullable: false
                    ),
                    ArticleId = table.Column<byte[]>(
                        type: "binary(16)",
                        fixedLength: true,
                        maxLength: 16,
                        nullable: false
                    ),
                    PublishedAt = table.Column<DateTimeOffset>(
                        type: "datetimeoffset(3)",
                        precision: 3,
                        nullable: false
                    ),
                    UpdatedAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: false),
                    SupersededAt = table.Column<DateTimeOffset>(
                        type: "datetimeoffset(3)",
                        precision: 3,
                        nullable: false
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PastListings", x => new { x.EditionId, x.FacetId });
                }
            );

            migrationBuilder.CreateIndex(
                name: "IX_PastListings_FacetId_PublishedAt_ArticleId_UpdatedAt_SupersededAt_EditionId",
                table: "PastListings",
                columns: new[] { "FacetId", "PublishedAt", "ArticleId", "UpdatedAt", "SupersededAt", "EditionId" },
                descending: new[] { false, true, true, false, false, false }
            );

            migrationBuilder.CreateIndex(
                name: "IX_PastListings_FacetId_UpdatedAt_ArticleId_SupersededAt_EditionId_PublishedAt",
                table: "PastListings",
                columns: new[] { "FacetId", "UpdatedAt", "ArticleId", "SupersededAt", "EditionId", "PublishedAt" },
                descending: new[] { false, true, true, false, false, false }
            );

            // Add the past listings of editions that were superseded before this table existed. UNION removes
            // duplicates.
            migrationBuilder.Sql(
                """
                INSERT INTO [PastListings] ([ArticleId], [FacetId], [EditionId], [PublishedAt], [UpdatedAt], [SupersededAt])
                SELECT e.[ArticleId], 0x00000000000000000000000000000000, e.[Id], e.[PublishedAt], e.[LiveFrom], e.[SupersededAt]
                FROM [Editions] AS e WHERE e.[SupersededAt] IS NOT NULL AND e.[Kind] <> 'Withdrawn'
                UNION
                SELECT e.[ArticleId], e.[CategoryId], e.[Id], e.[PublishedAt], e.[LiveFrom], e.[SupersededAt]
                FROM [Editions] AS e WHERE e.[SupersededAt] IS NOT NULL AND e.[Kind] <> 'Withdrawn' AND e.[CategoryId] IS NOT NULL
                UNION
                SELECT e.[ArticleId], e.[SourceId], e.[Id], e.[PublishedAt], e.[LiveFrom], e.[SupersededAt]
                FROM [Editions] AS e WHERE e.[SupersededAt] IS NOT NULL AND e.[Kind] <> 'Withdrawn' AND e.[SourceId] IS NOT NULL
                UNION
                SELECT e.[ArticleId], x.[TagId], e.[Id], e.[PublishedAt], e.[LiveFrom], e.[SupersededAt]
                FROM [Editions] AS e INNER JOIN [EditionTags] AS x ON x.[EditionId] = e.[Id] WHERE e.[SupersededAt] IS NOT NULL AND e.[Kind] <> 'Withdrawn'
                UNION
                SELECT e.[ArticleId], x.[ToolId], e.[Id], e.[PublishedAt], e.[LiveFrom], e.[SupersededAt]
                FROM [Editions] AS e INNER JOIN [EditionTools] AS x ON x.[EditionId] = e.[Id] WHERE e.[SupersededAt] IS NOT NULL AND e.[Kind] <> 'Withdrawn'
                UNION
                SELECT e.[ArticleId], x.[PersonaId], e.[Id], e.[PublishedAt], e.[LiveFrom], e.[SupersededAt]
                FROM [Editions] AS e INNER JOIN [EditionTakes] AS x ON x.[EditionId] = e.[Id] WHERE e.[SupersededAt] IS NOT NULL AND e.[Kind] <> 'Withdrawn';
                """
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "PastListings");
        }
    }
}
