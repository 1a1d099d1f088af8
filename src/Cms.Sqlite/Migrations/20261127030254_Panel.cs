using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.Sqlite.Migrations
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
                    Id = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    TakeId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    ProfileNumber = table.Column<int>(type: "INTEGER", nullable: false),
                    InReplyTo = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: true),
                    IsEdited = table.Column<bool>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ApprovedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    AnchorBlockId = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    AnchorQuote = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    Confidence = table.Column<int>(type: "INTEGER", nullable: false),
                    Stance = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 8000, nullable: false),
                    Verdict = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    DraftedWithModel = table.Column<string>(type: "TEXT", maxLength: 120, nullable: true),
                    DraftedWithVersion = table.Column<string>(type: "TEXT", maxLength: 120, nullable: true),
                    DrafterKey = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    DrafterKind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    DrafterName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    ReviewerKey = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    ReviewerKind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    ReviewerName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
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
                type: "TEXT",
                maxLength: 200,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "DraftedWithModel",
                table: "Revisions",
                type: "TEXT",
                maxLength: 120,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "DraftedWithVersion",
                table: "Revisions",
                type: "TEXT",
                maxLength: 120,
                nullable: true
            );

            migrationBuilder.AddColumn<bool>(
                name: "IsEdited",
                table: "Revisions",
                type: "INTEGER",
                nullable: false,
                defaultValue: false
            );

            migrationBuilder.AddColumn<string>(
                name: "DigitalSourceType",
                table: "EditionTakes",
                type: "TEXT",
                maxLength: 60,
                nullable: true
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "RevisionId",
                table: "EditionTakes",
                type: "BLOB",
                fixedLength: true,
                maxLength: 16,
                nullable: false,
                defaultValue: new byte[16]
            );

            migrationBuilder.AddColumn<long>(
                name: "UpdatedAt",
                table: "EditionTakes",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L
            );

            migrationBuilder.AddColumn<string>(
                name: "DigitalSourceType",
                table: "Editions",
                type: "TEXT",
                maxLength: 60,
                nullable: true
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "HeadId",
                table: "Takes",
                type: "BLOB",
                fixedLength: true,
                maxLength: 16,
                nullable: true
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "ApprovedRevisionId",
                table: "Takes",
                type: "BLOB",
                fixedLength: true,
                maxLength: 16,
                nullable: true
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "AssigneeKey",
                table: "Takes",
                type: "BLOB",
                fixedLength: true,
                maxLength: 32,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "Brief",
                table: "Takes",
                type: "TEXT",
                maxLength: 4000,
                nullable: true
            );

            migrationBuilder.AddColumn<long>(name: "DueAt", table: "Takes", type: "INTEGER", nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "RequestedBy",
                table: "Takes",
                type: "TEXT",
                maxLength: 200,
                nullable: true
            );

            migrationBuilder.AddColumn<long>(name: "StaleAt", table: "Takes", type: "INTEGER", nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "RetractionReason",
                table: "Takes",
                type: "TEXT",
                maxLength: 1000,
                nullable: true
            );

            migrationBuilder.AddColumn<int>(
                name: "RevisionCount",
                table: "Takes",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0
            );

            migrationBuilder.AddColumn<long>(
                name: "StatusChangedAt",
                table: "Takes",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L
            );

            migrationBuilder.AddColumn<long>(
                name: "UpdatedAt",
                table: "Takes",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L
            );

            migrationBuilder.AddColumn<string>(
                name: "UpdatedBy",
                table: "Takes",
                type: "TEXT",
                maxLength: 200,
                nullable: false,
                defaultValue: ""
            );

            // Each persona has one take on an article from now on. It keeps the id that readers know, and today's takes become
            // its revisions.
            migrationBuilder.Sql(
                """
                CREATE TABLE "TakeHeads" (
                    "OldId" BLOB NOT NULL PRIMARY KEY, "TakeId" BLOB NOT NULL, "Number" int NOT NULL,
                    "Status" TEXT NOT NULL, "At" INTEGER NOT NULL, "By" TEXT NOT NULL
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
                    CASE WHEN t."DrafterKind" = 'Model' THEN substr(t."DrafterName", 1, 120) END,
                    CASE WHEN t."DrafterKind" = 'Model' THEN substr(t."DrafterKey", 1, 120) END,
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
                    "Id" BLOB NOT NULL PRIMARY KEY, "ReaderId" BLOB NOT NULL, "TakeId" BLOB NOT NULL,
                    "Note" TEXT NULL, "Version" int NOT NULL, "Place" int NOT NULL
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
                    "Note" = (SELECT s."Note" FROM "TakeBookmarks" AS s JOIN "TakeBookmarks" AS x ON x."ReaderId" = s."ReaderId" AND x."TakeId" = s."TakeId"
                        WHERE x."Id" = "Bookmarks"."Id" AND s."Note" IS NOT NULL ORDER BY length(s."Note") DESC, s."Note" DESC LIMIT 1),
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
                    "HeadId" = (SELECT h."OldId" FROM "TakeHeads" AS h WHERE h."TakeId" = "Takes"."Id"
                        ORDER BY CASE WHEN h."Status" = 'Replaced' THEN 1 ELSE 0 END, h."Number" DESC LIMIT 1),
                    "Status" = (SELECT h."Status" FROM "TakeHeads" AS h WHERE h."TakeId" = "Takes"."Id"
                        ORDER BY CASE WHEN h."Status" = 'Replaced' THEN 1 ELSE 0 END, h."Number" DESC LIMIT 1),
                    "StatusChangedAt" = (SELECT h."At" FROM "TakeHeads" AS h WHERE h."TakeId" = "Takes"."Id"
                        ORDER BY CASE WHEN h."Status" = 'Replaced' THEN 1 ELSE 0 END, h."Number" DESC LIMIT 1),
                    "UpdatedAt" = (SELECT h."At" FROM "TakeHeads" AS h WHERE h."TakeId" = "Takes"."Id"
                        ORDER BY CASE WHEN h."Status" = 'Replaced' THEN 1 ELSE 0 END, h."Number" DESC LIMIT 1),
                    "UpdatedBy" = (SELECT h."By" FROM "TakeHeads" AS h WHERE h."TakeId" = "Takes"."Id"
                        ORDER BY CASE WHEN h."Status" = 'Replaced' THEN 1 ELSE 0 END, h."Number" DESC LIMIT 1),
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
                UPDATE "Revisions" SET "DraftedWithModel" = substr("DrafterName", 1, 120), "DraftedWithVersion" = substr("DrafterKey", 1, 120)
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
                SELECT t."ArticleId", 'OpenTake', unhex(hex(t."PersonaId") || '00000001000000000000000000000000'), l."IsTrashed", l."UpdatedAt"
                FROM "Takes" AS t JOIN "DeskListings" AS l ON l."ArticleId" = t."ArticleId"
                WHERE t."Status" = 'Drafted'
                UNION
                SELECT t."ArticleId", 'OpenTake', unhex('0000000000000000000000000000000000000001000000000000000000000000'), l."IsTrashed", l."UpdatedAt"
                FROM "Takes" AS t JOIN "DeskListings" AS l ON l."ArticleId" = t."ArticleId"
                WHERE t."Status" = 'Drafted';
                """
            );

            migrationBuilder.DropTable(name: "TakeBookmarks");

            migrationBuilder.DropTable(name: "TakeHeads");

            // EF would rebuild the table, and with it the rows that refer to it.

            migrationBuilder.Sql(
                """
                ALTER TABLE "Takes" DROP COLUMN "Number";
                """
            );

            migrationBuilder.Sql(
                """
                ALTER TABLE "Takes" DROP COLUMN "ProfileNumber";
                """
            );

            migrationBuilder.Sql(
                """
                ALTER TABLE "Takes" DROP COLUMN "InReplyTo";
                """
            );

            migrationBuilder.Sql(
                """
                ALTER TABLE "Takes" DROP COLUMN "ApprovedAt";
                """
            );

            migrationBuilder.Sql(
                """
                ALTER TABLE "Takes" DROP COLUMN "AnchorBlockId";
                """
            );

            migrationBuilder.Sql(
                """
                ALTER TABLE "Takes" DROP COLUMN "AnchorQuote";
                """
            );

            migrationBuilder.Sql(
                """
                ALTER TABLE "Takes" DROP COLUMN "Confidence";
                """
            );

            migrationBuilder.Sql(
                """
                ALTER TABLE "Takes" DROP COLUMN "Stance";
                """
            );

            migrationBuilder.Sql(
                """
                ALTER TABLE "Takes" DROP COLUMN "Text";
                """
            );

            migrationBuilder.Sql(
                """
                ALTER TABLE "Takes" DROP COLUMN "Verdict";
                """
            );

            migrationBuilder.Sql(
                """
                ALTER TABLE "Takes" DROP COLUMN "DrafterKey";
                """
            );

            migrationBuilder.Sql(
                """
                ALTER TABLE "Takes" DROP COLUMN "DrafterKind";
                """
            );

            migrationBuilder.Sql(
                """
                ALTER TABLE "Takes" DROP COLUMN "DrafterName";
                """
            );

            migrationBuilder.Sql(
                """
                ALTER TABLE "Takes" DROP COLUMN "ReviewerKey";
                """
            );

            migrationBuilder.Sql(
                """
                ALTER TABLE "Takes" DROP COLUMN "ReviewerKind";
                """
            );

            migrationBuilder.Sql(
                """
                ALTER TABLE "Takes" DROP COLUMN "ReviewerName";
                """
            );

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
                type: "INTEGER",
                nullable: false,
                defaultValue: 1
            );

            migrationBuilder.AddColumn<int>(
                name: "ProfileNumber",
                table: "Takes",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "InReplyTo",
                table: "Takes",
                type: "BLOB",
                fixedLength: true,
                maxLength: 16,
                nullable: true
            );

            migrationBuilder.AddColumn<long>(name: "ApprovedAt", table: "Takes", type: "INTEGER", nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "AnchorBlockId",
                table: "Takes",
                type: "TEXT",
                maxLength: 40,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "AnchorQuote",
                table: "Takes",
                type: "TEXT",
                maxLength: 1000,
                nullable: true
            );

            migrationBuilder.AddColumn<int>(
                name: "Confidence",
                table: "Takes",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0
            );

            migrationBuilder.AddColumn<string>(
                name: "Stance",
                table: "Takes",
                type: "TEXT",
                maxLength: 32,
                nullable: false,
                defaultValue: ""
            );

            migrationBuilder.AddColumn<string>(
                name: "Text",
                table: "Takes",
                type: "TEXT",
                maxLength: 8000,
                nullable: false,
                defaultValue: ""
            );

            migrationBuilder.AddColumn<string>(
                name: "Verdict",
                table: "Takes",
                type: "TEXT",
                maxLength: 200,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "DrafterKey",
                table: "Takes",
                type: "TEXT",
                maxLength: 200,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "DrafterKind",
                table: "Takes",
                type: "TEXT",
                maxLength: 32,
                nullable: false,
                defaultValue: ""
            );

            migrationBuilder.AddColumn<string>(
                name: "DrafterName",
                table: "Takes",
                type: "TEXT",
                maxLength: 200,
                nullable: false,
                defaultValue: ""
            );

            migrationBuilder.AddColumn<string>(
                name: "ReviewerKey",
                table: "Takes",
                type: "TEXT",
                maxLength: 200,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "ReviewerKind",
                table: "Takes",
                type: "TEXT",
                maxLength: 32,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "ReviewerName",
                table: "Takes",
                type: "TEXT",
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

            migrationBuilder.Sql(
                """
                ALTER TABLE "Takes" DROP COLUMN "HeadId";
                """
            );

            migrationBuilder.Sql(
                """
                ALTER TABLE "Takes" DROP COLUMN "ApprovedRevisionId";
                """
            );

            migrationBuilder.Sql(
                """
                ALTER TABLE "Takes" DROP COLUMN "AssigneeKey";
                """
            );

            migrationBuilder.Sql(
                """
                ALTER TABLE "Takes" DROP COLUMN "Brief";
                """
            );

            migrationBuilder.Sql(
                """
                ALTER TABLE "Takes" DROP COLUMN "DueAt";
                """
            );

            migrationBuilder.Sql(
                """
                ALTER TABLE "Takes" DROP COLUMN "RequestedBy";
                """
            );

            migrationBuilder.Sql(
                """
                ALTER TABLE "Takes" DROP COLUMN "StaleAt";
                """
            );

            migrationBuilder.Sql(
                """
                ALTER TABLE "Takes" DROP COLUMN "RetractionReason";
                """
            );

            migrationBuilder.Sql(
                """
                ALTER TABLE "Takes" DROP COLUMN "RevisionCount";
                """
            );

            migrationBuilder.Sql(
                """
                ALTER TABLE "Takes" DROP COLUMN "StatusChangedAt";
                """
            );

            migrationBuilder.Sql(
                """
                ALTER TABLE "Takes" DROP COLUMN "UpdatedAt";
                """
            );

            migrationBuilder.Sql(
                """
                ALTER TABLE "Takes" DROP COLUMN "UpdatedBy";
                """
            );

            migrationBuilder.Sql(
                """
                ALTER TABLE "Revisions" DROP COLUMN "ApprovedBy";
                """
            );

            migrationBuilder.Sql(
                """
                ALTER TABLE "Revisions" DROP COLUMN "DraftedWithModel";
                """
            );

            migrationBuilder.Sql(
                """
                ALTER TABLE "Revisions" DROP COLUMN "DraftedWithVersion";
                """
            );

            migrationBuilder.Sql(
                """
                ALTER TABLE "Revisions" DROP COLUMN "IsEdited";
                """
            );

            migrationBuilder.Sql(
                """
                ALTER TABLE "EditionTakes" DROP COLUMN "DigitalSourceType";
                """
            );

            migrationBuilder.Sql(
                """
                ALTER TABLE "EditionTakes" DROP COLUMN "RevisionId";
                """
            );

            migrationBuilder.Sql(
                """
                ALTER TABLE "EditionTakes" DROP COLUMN "UpdatedAt";
                """
            );

            migrationBuilder.Sql(
                """
                ALTER TABLE "Editions" DROP COLUMN "DigitalSourceType";
                """
            );

            migrationBuilder.CreateIndex(
                name: "IX_Takes_ArticleId_PersonaId_Number",
                table: "Takes",
                columns: new[] { "ArticleId", "PersonaId", "Number" },
                unique: true
            );
        }
    }
}
