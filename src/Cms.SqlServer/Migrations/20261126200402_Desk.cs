using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Desk : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "DeletedAt",
                table: "Tags",
                type: "datetimeoffset(3)",
                precision: 3,
                nullable: true
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "MergedInto",
                table: "Tags",
                type: "binary(16)",
                fixedLength: true,
                maxLength: 16,
                nullable: true
            );

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "UpdatedAt",
                table: "Tags",
                type: "datetimeoffset(3)",
                precision: 3,
                nullable: false,
                defaultValue: new DateTimeOffset(
                    new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified),
                    new TimeSpan(0, 0, 0, 0, 0)
                )
            );

            migrationBuilder.AddColumn<string>(
                name: "UpdatedBy",
                table: "Tags",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: false,
                defaultValue: ""
            );

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "DeletedAt",
                table: "Sources",
                type: "datetimeoffset(3)",
                precision: 3,
                nullable: true
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "MergedInto",
                table: "Sources",
                type: "binary(16)",
                fixedLength: true,
                maxLength: 16,
                nullable: true
            );

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "UpdatedAt",
                table: "Sources",
                type: "datetimeoffset(3)",
                precision: 3,
                nullable: false,
                defaultValue: new DateTimeOffset(
                    new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified),
                    new TimeSpan(0, 0, 0, 0, 0)
                )
            );

            migrationBuilder.AddColumn<string>(
                name: "UpdatedBy",
                table: "Sources",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: false,
                defaultValue: ""
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "ApproverKey",
                table: "Revisions",
                type: "binary(32)",
                fixedLength: true,
                maxLength: 32,
                nullable: true
            );

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "AcknowledgeBy",
                table: "Editions",
                type: "datetimeoffset(3)",
                precision: 3,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "Acknowledged",
                table: "Editions",
                type: "nvarchar(1000)",
                maxLength: 1000,
                nullable: false,
                defaultValue: ""
            );

            migrationBuilder.AddColumn<string>(
                name: "WithdrawalKind",
                table: "Editions",
                type: "nvarchar(32)",
                maxLength: 32,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "Colour",
                table: "Categories",
                type: "nvarchar(7)",
                maxLength: 7,
                nullable: true
            );

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "DeletedAt",
                table: "Categories",
                type: "datetimeoffset(3)",
                precision: 3,
                nullable: true
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "MergedInto",
                table: "Categories",
                type: "binary(16)",
                fixedLength: true,
                maxLength: 16,
                nullable: true
            );

            migrationBuilder.AddColumn<int>(
                name: "Order",
                table: "Categories",
                type: "int",
                nullable: false,
                defaultValue: 0
            );

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "UpdatedAt",
                table: "Categories",
                type: "datetimeoffset(3)",
                precision: 3,
                nullable: false,
                defaultValue: new DateTimeOffset(
                    new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified),
                    new TimeSpan(0, 0, 0, 0, 0)
                )
            );

            migrationBuilder.AddColumn<string>(
                name: "UpdatedBy",
                table: "Categories",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: false,
                defaultValue: ""
            );

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "AssignedAt",
                table: "Articles",
                type: "datetimeoffset(3)",
                precision: 3,
                nullable: true
            );

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "ReviewChangedAt",
                table: "Articles",
                type: "datetimeoffset(3)",
                precision: 3,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "ReviewChangedBy",
                table: "Articles",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "ScheduleAcknowledged",
                table: "Articles",
                type: "nvarchar(1000)",
                maxLength: 1000,
                nullable: false,
                defaultValue: ""
            );

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "ScheduleRefusedAt",
                table: "Articles",
                type: "datetimeoffset(3)",
                precision: 3,
                nullable: true
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "ScheduleRefusedTo",
                table: "Articles",
                type: "binary(32)",
                fixedLength: true,
                maxLength: 32,
                nullable: true
            );

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "WithdrawAcknowledgeBy",
                table: "Articles",
                type: "datetimeoffset(3)",
                precision: 3,
                nullable: true
            );

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "WithdrawAt",
                table: "Articles",
                type: "datetimeoffset(3)",
                precision: 3,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "WithdrawByKey",
                table: "Articles",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "WithdrawByKind",
                table: "Articles",
                type: "nvarchar(32)",
                maxLength: 32,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "WithdrawByName",
                table: "Articles",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "WithdrawKind",
                table: "Articles",
                type: "nvarchar(32)",
                maxLength: 32,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "WithdrawReason",
                table: "Articles",
                type: "nvarchar(2000)",
                maxLength: 2000,
                nullable: true
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "WithdrawSuccessorId",
                table: "Articles",
                type: "binary(16)",
                fixedLength: true,
                maxLength: 16,
                nullable: true
            );

            migrationBuilder.CreateTable(
                name: "CompletedMutations",
                columns: table => new
                {
                    Person = table.Column<byte[]>(
                        type: "binary(32)",
                        fixedLength: true,
                        maxLength: 32,
                        nullable: false
                    ),
                    ClientId = table.Column<string>(
                        type: "nvarchar(140)",
                        maxLength: 140,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    Field = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    InputHash = table.Column<string>(
                        type: "varchar(64)",
                        unicode: false,
                        maxLength: 64,
                        nullable: false
                    ),
                    Result = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false),
                    CompletedAt = table.Column<DateTimeOffset>(
                        type: "datetimeoffset(3)",
                        precision: 3,
                        nullable: false
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CompletedMutations", x => new { x.Person, x.ClientId });
                }
            );

            migrationBuilder.CreateTable(
                name: "DeskDocuments",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false).Annotation("SqlServer:Identity", "1, 1"),
                    RevisionId = table.Column<byte[]>(
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
                    Headline = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    Summary = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    Text = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Words = table.Column<string>(
                        type: "nvarchar(max)",
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeskDocuments", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "DeskFacets",
                columns: table => new
                {
                    ArticleId = table.Column<byte[]>(
                        type: "binary(16)",
                        fixedLength: true,
                        maxLength: 16,
                        nullable: false
                    ),
                    Kind = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    Value = table.Column<byte[]>(type: "binary(32)", fixedLength: true, maxLength: 32, nullable: false),
                    IsTrashed = table.Column<bool>(type: "bit", nullable: false),
                    UpdatedAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "PK_DeskFacets",
                        x => new
                        {
                            x.ArticleId,
                            x.Kind,
                            x.Value,
                        }
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "DeskListings",
                columns: table => new
                {
                    ArticleId = table.Column<byte[]>(
                        type: "binary(16)",
                        fixedLength: true,
                        maxLength: 16,
                        nullable: false
                    ),
                    IsTrashed = table.Column<bool>(type: "bit", nullable: false),
                    Status = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    Review = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    CategoryId = table.Column<byte[]>(
                        type: "binary(16)",
                        fixedLength: true,
                        maxLength: 16,
                        nullable: true
                    ),
                    AssigneeKey = table.Column<byte[]>(
                        type: "binary(32)",
                        fixedLength: true,
                        maxLength: 32,
                        nullable: true
                    ),
                    ReviewerKey = table.Column<byte[]>(
                        type: "binary(32)",
                        fixedLength: true,
                        maxLength: 32,
                        nullable: true
                    ),
                    HasOpenComments = table.Column<bool>(type: "bit", nullable: false),
                    UpdatedAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: false),
                    DueAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: true),
                    ScheduledAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: true),
                    EmbargoUntil = table.Column<DateTimeOffset>(
                        type: "datetimeoffset(3)",
                        precision: 3,
                        nullable: true
                    ),
                    WithdrawAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: true),
                    PublishedAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: true),
                    TrashedAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: true),
                    AssignedAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: true),
                    ReviewChangedAt = table.Column<DateTimeOffset>(
                        type: "datetimeoffset(3)",
                        precision: 3,
                        nullable: true
                    ),
                    ScheduleRefusedAt = table.Column<DateTimeOffset>(
                        type: "datetimeoffset(3)",
                        precision: 3,
                        nullable: true
                    ),
                    ScheduleRefusedTo = table.Column<byte[]>(
                        type: "binary(32)",
                        fixedLength: true,
                        maxLength: 32,
                        nullable: true
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeskListings", x => x.ArticleId);
                }
            );

            migrationBuilder.CreateTable(
                name: "InboxReadings",
                columns: table => new
                {
                    PersonKey = table.Column<byte[]>(
                        type: "binary(32)",
                        fixedLength: true,
                        maxLength: 32,
                        nullable: false
                    ),
                    ReadUntil = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InboxReadings", x => x.PersonKey);
                }
            );

            migrationBuilder.CreateTable(
                name: "Redirects",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "binary(16)", fixedLength: true, maxLength: 16, nullable: false),
                    From = table.Column<string>(
                        type: "nvarchar(400)",
                        maxLength: 400,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    To = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    ToPath = table.Column<string>(
                        type: "nvarchar(400)",
                        maxLength: 400,
                        nullable: true,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    UpdatedAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: false),
                    UpdatedBy = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Redirects", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "References",
                columns: table => new
                {
                    TargetId = table.Column<byte[]>(
                        type: "binary(16)",
                        fixedLength: true,
                        maxLength: 16,
                        nullable: false
                    ),
                    Kind = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    UserId = table.Column<byte[]>(
                        type: "binary(16)",
                        fixedLength: true,
                        maxLength: 16,
                        nullable: false
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "PK_References",
                        x => new
                        {
                            x.TargetId,
                            x.Kind,
                            x.UserId,
                        }
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "TermSlugs",
                columns: table => new
                {
                    Kind = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    Slug = table.Column<string>(
                        type: "nvarchar(120)",
                        maxLength: 120,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    TermId = table.Column<byte[]>(
                        type: "binary(16)",
                        fixedLength: true,
                        maxLength: 16,
                        nullable: false
                    ),
                    WasPublic = table.Column<bool>(type: "bit", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TermSlugs", x => new { x.Kind, x.Slug });
                }
            );

            migrationBuilder.CreateIndex(
                name: "IX_Tags_MergedInto",
                table: "Tags",
                column: "MergedInto",
                filter: "MergedInto IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_Sources_MergedInto",
                table: "Sources",
                column: "MergedInto",
                filter: "MergedInto IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_Revisions_SavedAt_Id",
                table: "Revisions",
                columns: new[] { "SavedAt", "Id" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_Editions_LiveFrom_Id",
                table: "Editions",
                columns: new[] { "LiveFrom", "Id" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_Comments_CreatedAt_Id",
                table: "Comments",
                columns: new[] { "CreatedAt", "Id" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_Categories_MergedInto",
                table: "Categories",
                column: "MergedInto",
                filter: "MergedInto IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_Categories_PublicOrder",
                table: "Categories",
                columns: new[] { "Order", "Slug" },
                filter: "FirstPublishedAt IS NOT NULL"
            );

            migrationBuilder.CreateIndex(name: "IX_Bookmarks_TargetId", table: "Bookmarks", column: "TargetId");

            migrationBuilder.CreateIndex(
                name: "IX_Articles_WithdrawAt_Id",
                table: "Articles",
                columns: new[] { "WithdrawAt", "Id" },
                filter: "WithdrawAt IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_CompletedMutations_CompletedAt",
                table: "CompletedMutations",
                column: "CompletedAt"
            );

            migrationBuilder.CreateIndex(
                name: "IX_DeskDocuments_ArticleId",
                table: "DeskDocuments",
                column: "ArticleId",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_DeskFacets_Kind_Value_IsTrashed_UpdatedAt_ArticleId",
                table: "DeskFacets",
                columns: new[] { "Kind", "Value", "IsTrashed", "UpdatedAt", "ArticleId" },
                descending: new[] { false, false, false, true, true }
            );

            migrationBuilder.CreateIndex(
                name: "IX_DeskListings_IsTrashed_AssigneeKey_UpdatedAt_ArticleId",
                table: "DeskListings",
                columns: new[] { "IsTrashed", "AssigneeKey", "UpdatedAt", "ArticleId" },
                descending: new[] { false, false, true, true }
            );

            migrationBuilder.CreateIndex(
                name: "IX_DeskListings_IsTrashed_CategoryId_UpdatedAt_ArticleId",
                table: "DeskListings",
                columns: new[] { "IsTrashed", "CategoryId", "UpdatedAt", "ArticleId" },
                descending: new[] { false, false, true, true }
            );

            migrationBuilder.CreateIndex(
                name: "IX_DeskListings_IsTrashed_DueAt_ArticleId",
                table: "DeskListings",
                columns: new[] { "IsTrashed", "DueAt", "ArticleId" },
                filter: "DueAt IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_DeskListings_IsTrashed_EmbargoUntil_ArticleId",
                table: "DeskListings",
                columns: new[] { "IsTrashed", "EmbargoUntil", "ArticleId" },
                filter: "EmbargoUntil IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_DeskListings_IsTrashed_HasOpenComments_UpdatedAt_ArticleId",
                table: "DeskListings",
                columns: new[] { "IsTrashed", "HasOpenComments", "UpdatedAt", "ArticleId" },
                descending: new[] { false, false, true, true }
            );

            migrationBuilder.CreateIndex(
                name: "IX_DeskListings_IsTrashed_PublishedAt_ArticleId",
                table: "DeskListings",
                columns: new[] { "IsTrashed", "PublishedAt", "ArticleId" },
                filter: "PublishedAt IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_DeskListings_IsTrashed_Review_UpdatedAt_ArticleId",
                table: "DeskListings",
                columns: new[] { "IsTrashed", "Review", "UpdatedAt", "ArticleId" },
                descending: new[] { false, false, true, true }
            );

            migrationBuilder.CreateIndex(
                name: "IX_DeskListings_IsTrashed_ReviewerKey_UpdatedAt_ArticleId_Review",
                table: "DeskListings",
                columns: new[] { "IsTrashed", "ReviewerKey", "UpdatedAt", "ArticleId", "Review" },
                descending: new[] { false, false, true, true, false }
            );

            migrationBuilder.CreateIndex(
                name: "IX_DeskListings_IsTrashed_ScheduledAt_ArticleId",
                table: "DeskListings",
                columns: new[] { "IsTrashed", "ScheduledAt", "ArticleId" },
                filter: "ScheduledAt IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_DeskListings_IsTrashed_Status_UpdatedAt_ArticleId",
                table: "DeskListings",
                columns: new[] { "IsTrashed", "Status", "UpdatedAt", "ArticleId" },
                descending: new[] { false, false, true, true }
            );

            migrationBuilder.CreateIndex(
                name: "IX_DeskListings_IsTrashed_UpdatedAt_ArticleId",
                table: "DeskListings",
                columns: new[] { "IsTrashed", "UpdatedAt", "ArticleId" },
                descending: new[] { false, true, true }
            );

            migrationBuilder.CreateIndex(
                name: "IX_DeskListings_IsTrashed_WithdrawAt_ArticleId",
                table: "DeskListings",
                columns: new[] { "IsTrashed", "WithdrawAt", "ArticleId" },
                filter: "WithdrawAt IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_DeskListings_ReviewChangedAt_ArticleId",
                table: "DeskListings",
                columns: new[] { "ReviewChangedAt", "ArticleId" },
                filter: "ReviewChangedAt IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_DeskListings_ScheduleRefusedTo_ScheduleRefusedAt_ArticleId",
                table: "DeskListings",
                columns: new[] { "ScheduleRefusedTo", "ScheduleRefusedAt", "ArticleId" },
                filter: "ScheduleRefusedTo IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_DeskListings_TrashedAt_ArticleId",
                table: "DeskListings",
                columns: new[] { "TrashedAt", "ArticleId" },
                filter: "TrashedAt IS NOT NULL"
            );

            migrationBuilder.CreateIndex(name: "IX_Redirects_From", table: "Redirects", column: "From", unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Redirects_ToPath",
                table: "Redirects",
                column: "ToPath",
                filter: "ToPath IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_Redirects_UpdatedAt_Id",
                table: "Redirects",
                columns: new[] { "UpdatedAt", "Id" },
                descending: new bool[0]
            );

            migrationBuilder.CreateIndex(
                name: "IX_References_UserId_Kind",
                table: "References",
                columns: new[] { "UserId", "Kind" }
            );

            // Articles that are already scheduled were scheduled before there were warnings.
            migrationBuilder.Sql(
                "UPDATE [Articles] SET [ScheduleAcknowledged] = 'Category SourceLink HeroImage EmbeddedArticles PanelQuorum OpenComments BodyLength SeoTitle' WHERE [ScheduledAt] IS NOT NULL;"
            );

            // Until now, only imports created terms.
            foreach (var table in new[] { "Categories", "Sources", "Tags" })
            {
                migrationBuilder.Sql(
                    $"UPDATE [{table}] SET [UpdatedBy] = N'Import', [UpdatedAt] = COALESCE([FirstPublishedAt], SYSUTCDATETIME());"
                );
            }

            foreach (var (kind, revision) in new[] { ("WorkingCopy", "HeadId"), ("Schedule", "ScheduledRevisionId") })
            {
                foreach (var term in new[] { "CategoryId", "SourceId" })
                {
                    migrationBuilder.Sql(
                        $"""
                        INSERT INTO [References] ([TargetId], [Kind], [UserId])
                        SELECT r.[{term}], N'{kind}', a.[Id]
                        FROM [Articles] AS a JOIN [Revisions] AS r ON r.[Id] = a.[{revision}]
                        WHERE r.[{term}] IS NOT NULL;
                        """
                    );
                }

                migrationBuilder.Sql(
                    $"""
                    INSERT INTO [References] ([TargetId], [Kind], [UserId])
                    SELECT DISTINCT CONVERT(binary(16), SUBSTRING(t.[value], 5, 32), 2), N'{kind}', a.[Id]
                    FROM [Articles] AS a JOIN [Revisions] AS r ON r.[Id] = a.[{revision}]
                    CROSS APPLY OPENJSON(r.[Tags]) AS t;
                    """
                );
                migrationBuilder.Sql(
                    $"""
                    INSERT INTO [References] ([TargetId], [Kind], [UserId])
                    SELECT DISTINCT TRY_CONVERT(binary(16), LEFT(p.[value], 32), 2), N'{kind}', a.[Id]
                    FROM [Articles] AS a JOIN [Revisions] AS r ON r.[Id] = a.[{revision}]
                    CROSS APPLY STRING_SPLIT(
                        REPLACE(r.[Body], N'"kind":"article","target":"art_', CAST(NCHAR(1) AS nvarchar(max))), NCHAR(1)
                    ) AS p
                    WHERE TRY_CONVERT(binary(16), LEFT(p.[value], 32), 2) <> a.[Id];
                    """
                );
            }

            migrationBuilder.Sql(
                """
                INSERT INTO [References] ([TargetId], [Kind], [UserId])
                SELECT DISTINCT TRY_CONVERT(binary(16), LEFT(p.[value], 32), 2), N'Article', a.[Id]
                FROM [Articles] AS a JOIN [Editions] AS e ON e.[Id] = a.[LiveEditionId]
                CROSS APPLY STRING_SPLIT(
                    REPLACE(e.[Body], N'"kind":"article","target":"art_', CAST(NCHAR(1) AS nvarchar(max))), NCHAR(1)
                ) AS p
                WHERE TRY_CONVERT(binary(16), LEFT(p.[value], 32), 2) <> a.[Id];
                """
            );
            migrationBuilder.Sql(
                """
                INSERT INTO [References] ([TargetId], [Kind], [UserId])
                SELECT [SuccessorId], N'Notice', [ArticleId] FROM [Editions]
                WHERE [Kind] = N'Withdrawn' AND [SupersededAt] IS NULL AND [SuccessorId] IS NOT NULL;
                """
            );
            migrationBuilder.Sql(
                """
                INSERT INTO [References] ([TargetId], [Kind], [UserId])
                SELECT DISTINCT CONVERT(binary(16), SUBSTRING(t.[value], 5, 32), 2), N'Tool', x.[Id]
                FROM [Tools] AS x CROSS APPLY OPENJSON(x.[Tags]) AS t;
                """
            );

            // Earlier reviews, assignments and failed schedules count from the article's last change.
            migrationBuilder.Sql(
                """
                UPDATE [Articles] SET [ReviewChangedAt] = [UpdatedAt], [ReviewChangedBy] = [UpdatedBy]
                WHERE [Review] <> 'Drafting';
                UPDATE [Articles] SET [AssignedAt] = [UpdatedAt]
                WHERE ([AssigneeKey] IS NOT NULL OR [DueAt] IS NOT NULL) AND [Status] = 'Draft';
                UPDATE [Articles] SET [ScheduleRefusedAt] = [UpdatedAt] WHERE [ScheduleRefusal] IS NOT NULL;
                """
            );

            // Full-text objects cannot be created in a transaction. If the component is missing, search uses LIKE. Startup
            // fills the new tables for earlier articles.
            migrationBuilder.Sql(
                """
                IF SERVERPROPERTY(N'IsFullTextInstalled') = 1
                    AND EXISTS (SELECT 1 FROM [sys].[fulltext_catalogs] WHERE [name] = N'CmsSearch')
                    AND NOT EXISTS (SELECT 1 FROM [sys].[fulltext_indexes] WHERE [object_id] = OBJECT_ID(N'DeskDocuments'))
                    EXEC(N'CREATE FULLTEXT INDEX ON [DeskDocuments] ([Headline] LANGUAGE 1033, [Summary] LANGUAGE 1033, [Text] LANGUAGE 1033) KEY INDEX [PK_DeskDocuments] ON [CmsSearch] WITH CHANGE_TRACKING AUTO');
                """,
                suppressTransaction: true
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                IF EXISTS (SELECT 1 FROM [sys].[fulltext_indexes] WHERE [object_id] = OBJECT_ID(N'DeskDocuments'))
                    EXEC(N'DROP FULLTEXT INDEX ON [DeskDocuments]');
                """,
                suppressTransaction: true
            );

            migrationBuilder.DropTable(name: "CompletedMutations");

            migrationBuilder.DropTable(name: "DeskDocuments");

            migrationBuilder.DropTable(name: "DeskFacets");

            migrationBuilder.DropTable(name: "DeskListings");

            migrationBuilder.DropTable(name: "InboxReadings");

            migrationBuilder.DropTable(name: "Redirects");

            migrationBuilder.DropTable(name: "References");

            migrationBuilder.DropTable(name: "TermSlugs");

            migrationBuilder.DropIndex(name: "IX_Tags_MergedInto", table: "Tags");

            migrationBuilder.DropIndex(name: "IX_Sources_MergedInto", table: "Sources");

            migrationBuilder.DropIndex(name: "IX_Revisions_SavedAt_Id", table: "Revisions");

            migrationBuilder.DropIndex(name: "IX_Editions_LiveFrom_Id", table: "Editions");

            migrationBuilder.DropIndex(name: "IX_Comments_CreatedAt_Id", table: "Comments");

            migrationBuilder.DropIndex(name: "IX_Categories_MergedInto", table: "Categories");

            migrationBuilder.DropIndex(name: "IX_Categories_PublicOrder", table: "Categories");

            migrationBuilder.DropIndex(name: "IX_Bookmarks_TargetId", table: "Bookmarks");

            migrationBuilder.DropIndex(name: "IX_Articles_WithdrawAt_Id", table: "Articles");

            migrationBuilder.DropColumn(name: "DeletedAt", table: "Tags");

            migrationBuilder.DropColumn(name: "MergedInto", table: "Tags");

            migrationBuilder.DropColumn(name: "UpdatedAt", table: "Tags");

            migrationBuilder.DropColumn(name: "UpdatedBy", table: "Tags");

            migrationBuilder.DropColumn(name: "DeletedAt", table: "Sources");

            migrationBuilder.DropColumn(name: "MergedInto", table: "Sources");

            migrationBuilder.DropColumn(name: "UpdatedAt", table: "Sources");

            migrationBuilder.DropColumn(name: "UpdatedBy", table: "Sources");

            migrationBuilder.DropColumn(name: "ApproverKey", table: "Revisions");

            migrationBuilder.DropColumn(name: "AcknowledgeBy", table: "Editions");

            migrationBuilder.DropColumn(name: "Acknowledged", table: "Editions");

            migrationBuilder.DropColumn(name: "WithdrawalKind", table: "Editions");

            migrationBuilder.DropColumn(name: "Colour", table: "Categories");

            migrationBuilder.DropColumn(name: "DeletedAt", table: "Categories");

            migrationBuilder.DropColumn(name: "MergedInto", table: "Categories");

            migrationBuilder.DropColumn(name: "Order", table: "Categories");

            migrationBuilder.DropColumn(name: "UpdatedAt", table: "Categories");

            migrationBuilder.DropColumn(name: "UpdatedBy", table: "Categories");

            migrationBuilder.DropColumn(name: "AssignedAt", table: "Articles");

            migrationBuilder.DropColumn(name: "ReviewChangedAt", table: "Articles");

            migrationBuilder.DropColumn(name: "ReviewChangedBy", table: "Articles");

            migrationBuilder.DropColumn(name: "ScheduleAcknowledged", table: "Articles");

            migrationBuilder.DropColumn(name: "ScheduleRefusedAt", table: "Articles");

            migrationBuilder.DropColumn(name: "ScheduleRefusedTo", table: "Articles");

            migrationBuilder.DropColumn(name: "WithdrawAcknowledgeBy", table: "Articles");

            migrationBuilder.DropColumn(name: "WithdrawAt", table: "Articles");

            migrationBuilder.DropColumn(name: "WithdrawByKey", table: "Articles");

            migrationBuilder.DropColumn(name: "WithdrawByKind", table: "Articles");

            migrationBuilder.DropColumn(name: "WithdrawByName", table: "Articles");

            migrationBuilder.DropColumn(name: "WithdrawKind", table: "Articles");

            migrationBuilder.DropColumn(name: "WithdrawReason", table: "Articles");

            migrationBuilder.DropColumn(name: "WithdrawSuccessorId", table: "Articles");
        }
    }
}
