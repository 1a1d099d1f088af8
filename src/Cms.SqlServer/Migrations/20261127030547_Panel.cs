using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Panel : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(name: "IX_Takes_ArticleId_PersonaId_Number", table: "Takes");

            migrationBuilder.CreateTable(
                name: "TakeRevisions",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "binary(16)", fixedLength: true, maxLength: 16, nullable: false),
                    TakeId = table.Column<byte[]>(
                        type: "binary(16)",
                        fixedLength: true,
                        maxLength: 16,
                        nullable: false
                    ),
                    Number = table.Column<int>(type: "int", nullable: false),
                    ProfileNumber = table.Column<int>(type: "int", nullable: false),
                    InReplyTo = table.Column<byte[]>(
                        type: "binary(16)",
                        fixedLength: true,
                        maxLength: 16,
                        nullable: true
                    ),
                    IsEdited = table.Column<bool>(type: "bit", nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: false),
                    ApprovedAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: true),
                    AnchorBlockId = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    AnchorQuote = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true),
                    Confidence = table.Column<int>(type: "int", nullable: false),
                    Stance = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    Text = table.Column<string>(type: "nvarchar(max)", maxLength: 8000, nullable: false),
                    Verdict = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    DraftedWithModel = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: true),
                    DraftedWithVersion = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: true),
                    DrafterKey = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    DrafterKind = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    DrafterName = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    ReviewerKey = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    ReviewerKind = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: true),
                    ReviewerName = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TakeRevisions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_TakeRevisions_Takes_TakeId",
                        column: x => x.TakeId,
                        principalTable: "Takes",
                        principalColumn: "Id"
                    );
                }
            );

            migrationBuilder.AddColumn<string>(
                name: "ApprovedBy",
                table: "Revisions",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "DraftedWithModel",
                table: "Revisions",
                type: "nvarchar(120)",
                maxLength: 120,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "DraftedWithVersion",
                table: "Revisions",
                type: "nvarchar(120)",
                maxLength: 120,
                nullable: true
            );

            migrationBuilder.AddColumn<bool>(
                name: "IsEdited",
                table: "Revisions",
                type: "bit",
                nullable: false,
                defaultValue: false
            );

            migrationBuilder.AddColumn<string>(
                name: "DigitalSourceType",
                table: "EditionTakes",
                type: "nvarchar(60)",
                maxLength: 60,
                nullable: true
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "RevisionId",
                table: "EditionTakes",
                type: "binary(16)",
                fixedLength: true,
                maxLength: 16,
                nullable: false,
                defaultValue: new byte[16]
            );

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "UpdatedAt",
                table: "EditionTakes",
                type: "datetimeoffset(3)",
                precision: 3,
                nullable: false,
                defaultValue: new DateTimeOffset(
                    new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified),
                    new TimeSpan(0, 0, 0, 0, 0)
                )
            );

            migrationBuilder.AddColumn<string>(
                name: "DigitalSourceType",
                table: "Editions",
                type: "nvarchar(60)",
                maxLength: 60,
                nullable: true
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "HeadId",
                table: "Takes",
                type: "binary(16)",
                fixedLength: true,
                maxLength: 16,
                nullable: true
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "ApprovedRevisionId",
                table: "Takes",
                type: "binary(16)",
                fixedLength: true,
                maxLength: 16,
                nullable: true
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "AssigneeKey",
                table: "Takes",
                type: "binary(32)",
                fixedLength: true,
                maxLength: 32,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "Brief",
                table: "Takes",
                type: "nvarchar(4000)",
                maxLength: 4000,
                nullable: true
            );

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "DueAt",
                table: "Takes",
                type: "datetimeoffset(3)",
                precision: 3,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "RequestedBy",
                table: "Takes",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: true
            );

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "StaleAt",
                table: "Takes",
                type: "datetimeoffset(3)",
                precision: 3,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "RetractionReason",
                table: "Takes",
                type: "nvarchar(1000)",
                maxLength: 1000,
                nullable: true
            );

            migrationBuilder.AddColumn<int>(
                name: "RevisionCount",
                table: "Takes",
                type: "int",
                nullable: false,
                defaultValue: 0
            );

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "StatusChangedAt",
                table: "Takes",
                type: "datetimeoffset(3)",
                precision: 3,
                nullable: false,
                defaultValue: DateTimeOffset.UnixEpoch
            );

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "UpdatedAt",
                table: "Takes",
                type: "datetimeoffset(3)",
                precision: 3,
                nullable: false,
                defaultValue: DateTimeOffset.UnixEpoch
            );

            migrationBuilder.AddColumn<string>(
                name: "UpdatedBy",
                table: "Takes",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: false,
                defaultValue: ""
            );

            // Each persona has one take on an article from now on. It keeps the id that readers know, and today's takes become
            // its revisions.
            migrationBuilder.Sql(
                """
                CREATE TABLE "TakeHeads" (
                    "OldId" binary(16) NOT NULL PRIMARY KEY, "TakeId" binary(16) NOT NULL, "Number" int NOT NULL,
                    "Status" nvarchar(32) NOT NULL, "At" datetimeoffset(3) NOT NULL, "By" nvarchar(200) NOT NULL
                );
                """
            );

            migrationBuilder.Sql(
                """
                INSERT INTO "TakeHeads" ("OldId", "TakeId", "Number", "Status", "At", "By")
                SELECT t."Id",
                    FIRST_VALUE(t."Id") OVER (
                        PARTITION BY t."ArticleId", t."PersonaId"
                        ORDER BY CASE WHEN l."TakeId" IS NULL THEN 1 ELSE 0 END,
                            CASE WHEN t."Status" = 'Approved' THEN 0 ELSE 1 END, t."Number" DESC
                    ),
                    t."Number", t."Status", COALESCE(t."ApprovedAt", t."CreatedAt"), COALESCE(t."ReviewerName", t."DrafterName")
                FROM "Takes" AS t LEFT JOIN "TakeListings" AS l ON l."TakeId" = t."Id";
                """
            );

            migrationBuilder.Sql(
                """
                INSERT INTO "TakeRevisions" (
                    "Id", "TakeId", "Number", "ProfileNumber", "InReplyTo", "IsEdited", "CreatedAt", "ApprovedAt",
                    "AnchorBlockId", "AnchorQuote", "Confidence", "Stance", "Text", "Verdict",
                    "DraftedWithModel", "DraftedWithVersion",
                    "DrafterKey", "DrafterKind", "DrafterName", "ReviewerKey", "ReviewerKind", "ReviewerName"
                )
                SELECT t."Id", h."TakeId", t."Number", t."ProfileNumber",
                    CASE WHEN r."TakeId" <> h."TakeId" THEN r."TakeId" END, 0, t."CreatedAt", t."ApprovedAt",
                    t."AnchorBlockId", t."AnchorQuote", t."Confidence", t."Stance", t."Text", t."Verdict",
                    CASE WHEN t."DrafterKind" = 'Model' THEN LEFT(t."DrafterName", 120) END,
                    CASE WHEN t."DrafterKind" = 'Model' THEN LEFT(t."DrafterKey", 120) END,
                    t."DrafterKey", t."DrafterKind", t."DrafterName", t."ReviewerKey", t."ReviewerKind", t."ReviewerName"
                FROM "Takes" AS t
                JOIN "TakeHeads" AS h ON h."OldId" = t."Id"
                LEFT JOIN "TakeHeads" AS r ON r."OldId" = t."InReplyTo";
                """
            );

            migrationBuilder.Sql(
                """
                UPDATE "EditionTakes" SET
                    "RevisionId" = "TakeId",
                    "UpdatedAt" = "PublishedAt",
                    "InReplyTo" = (SELECT h."TakeId" FROM "TakeHeads" AS h WHERE h."OldId" = "EditionTakes"."InReplyTo"),
                    "TakeId" = (SELECT h."TakeId" FROM "TakeHeads" AS h WHERE h."OldId" = "EditionTakes"."TakeId");
                """
            );

            migrationBuilder.Sql(
                """
                UPDATE "EditionTakes" SET "InReplyTo" = NULL WHERE "InReplyTo" = "TakeId";
                """
            );

            migrationBuilder.Sql(
                """
                UPDATE "Comments" SET "TakeId" = (SELECT h."TakeId" FROM "TakeHeads" AS h WHERE h."OldId" = "Comments"."TakeId")
                WHERE "TakeId" IS NOT NULL;
                """
            );

            // A reader can have bookmarked several takes that are one now. As in every merge of bookmarks, the earliest time and
            // the longest note stay.
            migrationBuilder.Sql(
                """
                CREATE TABLE "TakeBookmarks" (
                    "Id" binary(16) NOT NULL PRIMARY KEY, "ReaderId" binary(32) NOT NULL, "TakeId" binary(16) NOT NULL,
                    "Note" nvarchar(1000) NULL, "Version" int NOT NULL, "Place" int NOT NULL
                );
                """
            );

            migrationBuilder.Sql(
                """
                INSERT INTO "TakeBookmarks" ("Id", "ReaderId", "TakeId", "Note", "Version", "Place")
                SELECT b."Id", b."ReaderId", h."TakeId", b."Note", b."TargetVersion",
                    ROW_NUMBER() OVER (PARTITION BY b."ReaderId", h."TakeId" ORDER BY b."SavedAt", b."Id")
                FROM "Bookmarks" AS b JOIN "TakeHeads" AS h ON h."OldId" = b."TargetId"
                WHERE b."TargetKind" = 'Take';
                """
            );

            migrationBuilder.Sql(
                """
                DELETE FROM "Bookmarks" WHERE "Id" IN (SELECT x."Id" FROM "TakeBookmarks" AS x WHERE x."Place" > 1);
                """
            );

            migrationBuilder.Sql(
                """
                UPDATE "Bookmarks" SET
                    "Note" = (SELECT TOP(1) s."Note" FROM "TakeBookmarks" AS s JOIN "TakeBookmarks" AS x ON x."ReaderId" = s."ReaderId" AND x."TakeId" = s."TakeId"
                        WHERE x."Id" = "Bookmarks"."Id" AND s."Note" IS NOT NULL ORDER BY LEN(s."Note") DESC, s."Note" DESC),
                    "TargetVersion" = (
                        SELECT MIN(s."Version") FROM "TakeBookmarks" AS s
                        JOIN "TakeBookmarks" AS x ON x."ReaderId" = s."ReaderId" AND x."TakeId" = s."TakeId"
                        WHERE x."Id" = "Bookmarks"."Id"
                    ),
                    "TargetId" = (SELECT x."TakeId" FROM "TakeBookmarks" AS x WHERE x."Id" = "Bookmarks"."Id")
                WHERE "Id" IN (SELECT x."Id" FROM "TakeBookmarks" AS x);
                """
            );

            migrationBuilder.Sql(
                """
                UPDATE "Takes" SET
                    "HeadId" = (SELECT TOP(1) h."OldId" FROM "TakeHeads" AS h WHERE h."TakeId" = "Takes"."Id"
                        ORDER BY CASE WHEN h."Status" = 'Replaced' THEN 1 ELSE 0 END, h."Number" DESC),
                    "Status" = (SELECT TOP(1) h."Status" FROM "TakeHeads" AS h WHERE h."TakeId" = "Takes"."Id"
                        ORDER BY CASE WHEN h."Status" = 'Replaced' THEN 1 ELSE 0 END, h."Number" DESC),
                    "StatusChangedAt" = (SELECT TOP(1) h."At" FROM "TakeHeads" AS h WHERE h."TakeId" = "Takes"."Id"
                        ORDER BY CASE WHEN h."Status" = 'Replaced' THEN 1 ELSE 0 END, h."Number" DESC),
                    "UpdatedAt" = (SELECT TOP(1) h."At" FROM "TakeHeads" AS h WHERE h."TakeId" = "Takes"."Id"
                        ORDER BY CASE WHEN h."Status" = 'Replaced' THEN 1 ELSE 0 END, h."Number" DESC),
                    "UpdatedBy" = (SELECT TOP(1) h."By" FROM "TakeHeads" AS h WHERE h."TakeId" = "Takes"."Id"
                        ORDER BY CASE WHEN h."Status" = 'Replaced' THEN 1 ELSE 0 END, h."Number" DESC),
                    "RevisionCount" = (SELECT MAX(h."Number") FROM "TakeHeads" AS h WHERE h."TakeId" = "Takes"."Id"),
                    "ApprovedRevisionId" = (
                        SELECT h."OldId" FROM "TakeHeads" AS h WHERE h."TakeId" = "Takes"."Id" AND h."Status" = 'Approved'
                    )
                WHERE "Id" IN (SELECT h."TakeId" FROM "TakeHeads" AS h);
                """
            );

            // Until now, only texts of models and of AI personas had a disclosure.
            migrationBuilder.Sql(
                """
                UPDATE "EditionTakes" SET "DigitalSourceType" = 'TrainedAlgorithmicMedia' WHERE "Disclosure" IS NOT NULL;
                """
            );

            migrationBuilder.Sql(
                """
                UPDATE "Editions" SET "DigitalSourceType" = 'TrainedAlgorithmicMedia' WHERE "Disclosure" IS NOT NULL;
                """
            );

            migrationBuilder.Sql(
                """
                UPDATE "Takes" SET "CreatedAt" = (SELECT MIN(r."CreatedAt") FROM "TakeRevisions" AS r WHERE r."TakeId" = "Takes"."Id")
                WHERE "Id" IN (SELECT h."TakeId" FROM "TakeHeads" AS h);
                """
            );

            migrationBuilder.Sql(
                """
                DELETE FROM "Takes" WHERE "Id" NOT IN (SELECT h."TakeId" FROM "TakeHeads" AS h);
                """
            );

            migrationBuilder.Sql(
                """
                UPDATE "Revisions" SET "DraftedWithModel" = LEFT("DrafterName", 120), "DraftedWithVersion" = LEFT("DrafterKey", 120)
                WHERE "DrafterKind" = 'Model';
                """
            );

            migrationBuilder.Sql(
                """
                UPDATE "Revisions" SET "ApprovedBy" = (SELECT s."Name" FROM "Staff" AS s WHERE s."Key" = "Revisions"."ApproverKey")
                WHERE "ApproverKey" IS NOT NULL;
                """
            );

            // The desk's lists filter by drafted takes.
            migrationBuilder.Sql(
                """
                INSERT INTO "DeskFacets" ("ArticleId", "Kind", "Value", "IsTrashed", "UpdatedAt")
                SELECT t."ArticleId", 'OpenTake', CAST(t."PersonaId" + 0x00000001000000000000000000000000 AS binary(32)), l."IsTrashed", l."UpdatedAt"
                FROM "Takes" AS t JOIN "DeskListings" AS l ON l."ArticleId" = t."ArticleId"
                WHERE t."Status" = 'Drafted'
                UNION
                SELECT t."ArticleId", 'OpenTake', CAST(0x0000000000000000000000000000000000000001000000000000000000000000 AS binary(32)), l."IsTrashed", l."UpdatedAt"
                FROM "Takes" AS t JOIN "DeskListings" AS l ON l."ArticleId" = t."ArticleId"
                WHERE t."Status" = 'Drafted';
                """
            );

            migrationBuilder.DropTable(name: "TakeBookmarks");

            migrationBuilder.DropTable(name: "TakeHeads");

            migrationBuilder.DropColumn(name: "Number", table: "Takes");

            migrationBuilder.DropColumn(name: "ProfileNumber", table: "Takes");

            migrationBuilder.DropColumn(name: "InReplyTo", table: "Takes");

            migrationBuilder.DropColumn(name: "ApprovedAt", table: "Takes");

            migrationBuilder.DropColumn(name: "AnchorBlockId", table: "Takes");

            migrationBuilder.DropColumn(name: "AnchorQuote", table: "Takes");

            migrationBuilder.DropColumn(name: "Confidence", table: "Takes");

            migrationBuilder.DropColumn(name: "Stance", table: "Takes");

            migrationBuilder.DropColumn(name: "Text", table: "Takes");

            migrationBuilder.DropColumn(name: "Verdict", table: "Takes");

            migrationBuilder.DropColumn(name: "DrafterKey", table: "Takes");

            migrationBuilder.DropColumn(name: "DrafterKind", table: "Takes");

            migrationBuilder.DropColumn(name: "DrafterName", table: "Takes");

            migrationBuilder.DropColumn(name: "ReviewerKey", table: "Takes");

            migrationBuilder.DropColumn(name: "ReviewerKind", table: "Takes");

            migrationBuilder.DropColumn(name: "ReviewerName", table: "Takes");

            migrationBuilder.CreateIndex(
                name: "IX_Takes_ArticleId_PersonaId",
                table: "Takes",
                columns: new[] { "ArticleId", "PersonaId" },
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_Takes_AssigneeKey_Status_StatusChangedAt_Id",
                table: "Takes",
                columns: new[] { "AssigneeKey", "Status", "StatusChangedAt", "Id" },
                filter: "AssigneeKey IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_TakeRevisions_TakeId_Number",
                table: "TakeRevisions",
                columns: new[] { "TakeId", "Number" },
                unique: true
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(name: "IX_Takes_ArticleId_PersonaId", table: "Takes");

            migrationBuilder.DropIndex(name: "IX_Takes_AssigneeKey_Status_StatusChangedAt_Id", table: "Takes");

            migrationBuilder.Sql(
                """
                DELETE FROM "DeskFacets" WHERE "Kind" IN ('OpenTake', 'TakeWriter');
                """
            );

            // Earlier revisions and requests have no place in the old shape.

            migrationBuilder.Sql(
                """
                UPDATE "Takes" SET "HeadId" = COALESCE("ApprovedRevisionId", "HeadId");
                """
            );

            migrationBuilder.Sql(
                """
                UPDATE "Comments" SET "TakeId" = NULL
                WHERE "TakeId" IN (SELECT t."Id" FROM "Takes" AS t WHERE t."HeadId" IS NULL);
                """
            );

            migrationBuilder.Sql(
                """
                DELETE FROM "Takes" WHERE "HeadId" IS NULL;
                """
            );

            migrationBuilder.AddColumn<int>(
                name: "Number",
                table: "Takes",
                type: "int",
                nullable: false,
                defaultValue: 1
            );

            migrationBuilder.AddColumn<int>(
                name: "ProfileNumber",
                table: "Takes",
                type: "int",
                nullable: false,
                defaultValue: 0
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "InReplyTo",
                table: "Takes",
                type: "binary(16)",
                fixedLength: true,
                maxLength: 16,
                nullable: true
            );

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "ApprovedAt",
                table: "Takes",
                type: "datetimeoffset(3)",
                precision: 3,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "AnchorBlockId",
                table: "Takes",
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "AnchorQuote",
                table: "Takes",
                type: "nvarchar(1000)",
                maxLength: 1000,
                nullable: true
            );

            migrationBuilder.AddColumn<int>(
                name: "Confidence",
                table: "Takes",
                type: "int",
                nullable: false,
                defaultValue: 0
            );

            migrationBuilder.AddColumn<string>(
                name: "Stance",
                table: "Takes",
                type: "nvarchar(32)",
                maxLength: 32,
                nullable: false,
                defaultValue: ""
            );

            migrationBuilder.AddColumn<string>(
                name: "Text",
                table: "Takes",
                type: "nvarchar(max)",
                maxLength: 8000,
                nullable: false,
                defaultValue: ""
            );

            migrationBuilder.AddColumn<string>(
                name: "Verdict",
                table: "Takes",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "DrafterKey",
                table: "Takes",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "DrafterKind",
                table: "Takes",
                type: "nvarchar(32)",
                maxLength: 32,
                nullable: false,
                defaultValue: ""
            );

            migrationBuilder.AddColumn<string>(
                name: "DrafterName",
                table: "Takes",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: false,
                defaultValue: ""
            );

            migrationBuilder.AddColumn<string>(
                name: "ReviewerKey",
                table: "Takes",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "ReviewerKind",
                table: "Takes",
                type: "nvarchar(32)",
                maxLength: 32,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "ReviewerName",
                table: "Takes",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: true
            );

            migrationBuilder.Sql(
                """
                UPDATE "Takes" SET
                    "ProfileNumber" = (SELECT r."ProfileNumber" FROM "TakeRevisions" AS r WHERE r."Id" = "Takes"."HeadId"),
                    "InReplyTo" = (SELECT r."InReplyTo" FROM "TakeRevisions" AS r WHERE r."Id" = "Takes"."HeadId"),
                    "ApprovedAt" = (SELECT r."ApprovedAt" FROM "TakeRevisions" AS r WHERE r."Id" = "Takes"."HeadId"),
                    "AnchorBlockId" = (SELECT r."AnchorBlockId" FROM "TakeRevisions" AS r WHERE r."Id" = "Takes"."HeadId"),
                    "AnchorQuote" = (SELECT r."AnchorQuote" FROM "TakeRevisions" AS r WHERE r."Id" = "Takes"."HeadId"),
                    "Confidence" = (SELECT r."Confidence" FROM "TakeRevisions" AS r WHERE r."Id" = "Takes"."HeadId"),
                    "Stance" = (SELECT r."Stance" FROM "TakeRevisions" AS r WHERE r."Id" = "Takes"."HeadId"),
                    "Text" = (SELECT r."Text" FROM "TakeRevisions" AS r WHERE r."Id" = "Takes"."HeadId"),
                    "Verdict" = (SELECT r."Verdict" FROM "TakeRevisions" AS r WHERE r."Id" = "Takes"."HeadId"),
                    "DrafterKey" = (SELECT r."DrafterKey" FROM "TakeRevisions" AS r WHERE r."Id" = "Takes"."HeadId"),
                    "DrafterKind" = (SELECT r."DrafterKind" FROM "TakeRevisions" AS r WHERE r."Id" = "Takes"."HeadId"),
                    "DrafterName" = (SELECT r."DrafterName" FROM "TakeRevisions" AS r WHERE r."Id" = "Takes"."HeadId"),
                    "ReviewerKey" = (SELECT r."ReviewerKey" FROM "TakeRevisions" AS r WHERE r."Id" = "Takes"."HeadId"),
                    "ReviewerKind" = (SELECT r."ReviewerKind" FROM "TakeRevisions" AS r WHERE r."Id" = "Takes"."HeadId"),
                    "ReviewerName" = (SELECT r."ReviewerName" FROM "TakeRevisions" AS r WHERE r."Id" = "Takes"."HeadId"),
                    "Status" = CASE WHEN "ApprovedRevisionId" IS NULL THEN 'Drafted' ELSE 'Approved' END;
                """
            );

            migrationBuilder.DropTable(name: "TakeRevisions");

            migrationBuilder.DropColumn(name: "HeadId", table: "Takes");

            migrationBuilder.DropColumn(name: "ApprovedRevisionId", table: "Takes");

            migrationBuilder.DropColumn(name: "AssigneeKey", table: "Takes");

            migrationBuilder.DropColumn(name: "Brief", table: "Takes");

            migrationBuilder.DropColumn(name: "DueAt", table: "Takes");

            migrationBuilder.DropColumn(name: "RequestedBy", table: "Takes");

            migrationBuilder.DropColumn(name: "StaleAt", table: "Takes");

            migrationBuilder.DropColumn(name: "RetractionReason", table: "Takes");

            migrationBuilder.DropColumn(name: "RevisionCount", table: "Takes");

            migrationBuilder.DropColumn(name: "StatusChangedAt", table: "Takes");

            migrationBuilder.DropColumn(name: "UpdatedAt", table: "Takes");

            migrationBuilder.DropColumn(name: "UpdatedBy", table: "Takes");

            migrationBuilder.DropColumn(name: "ApprovedBy", table: "Revisions");

            migrationBuilder.DropColumn(name: "DraftedWithModel", table: "Revisions");

            migrationBuilder.DropColumn(name: "DraftedWithVersion", table: "Revisions");

            migrationBuilder.DropColumn(name: "IsEdited", table: "Revisions");

            migrationBuilder.DropColumn(name: "DigitalSourceType", table: "EditionTakes");

            migrationBuilder.DropColumn(name: "RevisionId", table: "EditionTakes");

            migrationBuilder.DropColumn(name: "UpdatedAt", table: "EditionTakes");

            migrationBuilder.DropColumn(name: "DigitalSourceType", table: "Editions");

            migrationBuilder.CreateIndex(
                name: "IX_Takes_ArticleId_PersonaId_Number",
                table: "Takes",
                columns: new[] { "ArticleId", "PersonaId", "Number" },
                unique: true
            );
        }
    }
}
