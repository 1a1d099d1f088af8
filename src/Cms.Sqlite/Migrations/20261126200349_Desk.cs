using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Desk : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(name: "DeletedAt", table: "Tags", type: "INTEGER", nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "MergedInto",
                table: "Tags",
                type: "BLOB",
                fixedLength: true,
                maxLength: 16,
                nullable: true
            );

            migrationBuilder.AddColumn<long>(
                name: "UpdatedAt",
                table: "Tags",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L
            );

            migrationBuilder.AddColumn<string>(
                name: "UpdatedBy",
                table: "Tags",
                type: "TEXT",
                maxLength: 200,
                nullable: false,
                defaultValue: ""
            );

            migrationBuilder.AddColumn<long>(name: "DeletedAt", table: "Sources", type: "INTEGER", nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "MergedInto",
                table: "Sources",
                type: "BLOB",
                fixedLength: true,
                maxLength: 16,
                nullable: true
            );

            migrationBuilder.AddColumn<long>(
                name: "UpdatedAt",
                table: "Sources",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L
            );

            migrationBuilder.AddColumn<string>(
                name: "UpdatedBy",
                table: "Sources",
                type: "TEXT",
                maxLength: 200,
                nullable: false,
                defaultValue: ""
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "ApproverKey",
                table: "Revisions",
                type: "BLOB",
                fixedLength: true,
                maxLength: 32,
                nullable: true
            );

            migrationBuilder.AddColumn<long>(name: "AcknowledgeBy", table: "Editions", type: "INTEGER", nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Acknowledged",
                table: "Editions",
                type: "TEXT",
                maxLength: 1000,
                nullable: false,
                defaultValue: ""
            );

            migrationBuilder.AddColumn<string>(
                name: "WithdrawalKind",
                table: "Editions",
                type: "TEXT",
                maxLength: 32,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "Colour",
                table: "Categories",
                type: "TEXT",
                maxLength: 7,
                nullable: true
            );

            migrationBuilder.AddColumn<long>(name: "DeletedAt", table: "Categories", type: "INTEGER", nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "MergedInto",
                table: "Categories",
                type: "BLOB",
                fixedLength: true,
                maxLength: 16,
                nullable: true
            );

            migrationBuilder.AddColumn<int>(
                name: "Order",
                table: "Categories",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0
            );

            migrationBuilder.AddColumn<long>(
                name: "UpdatedAt",
                table: "Categories",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L
            );

            migrationBuilder.AddColumn<string>(
                name: "UpdatedBy",
                table: "Categories",
                type: "TEXT",
                maxLength: 200,
                nullable: false,
                defaultValue: ""
            );

            migrationBuilder.AddColumn<long>(name: "AssignedAt", table: "Articles", type: "INTEGER", nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ReviewChangedAt",
                table: "Articles",
                type: "INTEGER",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "ReviewChangedBy",
                table: "Articles",
                type: "TEXT",
                maxLength: 200,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "ScheduleAcknowledged",
                table: "Articles",
                type: "TEXT",
                maxLength: 1000,
                nullable: false,
                defaultValue: ""
            );

            migrationBuilder.AddColumn<long>(
                name: "ScheduleRefusedAt",
                table: "Articles",
                type: "INTEGER",
                nullable: true
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "ScheduleRefusedTo",
                table: "Articles",
                type: "BLOB",
                fixedLength: true,
                maxLength: 32,
                nullable: true
            );

            migrationBuilder.AddColumn<long>(
                name: "WithdrawAcknowledgeBy",
                table: "Articles",
                type: "INTEGER",
                nullable: true
            );

            migrationBuilder.AddColumn<long>(name: "WithdrawAt", table: "Articles", type: "INTEGER", nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "WithdrawByKey",
                table: "Articles",
                type: "TEXT",
                maxLength: 200,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "WithdrawByKind",
                table: "Articles",
                type: "TEXT",
                maxLength: 32,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "WithdrawByName",
                table: "Articles",
                type: "TEXT",
                maxLength: 200,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "WithdrawKind",
                table: "Articles",
                type: "TEXT",
                maxLength: 32,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "WithdrawReason",
                table: "Articles",
                type: "TEXT",
                maxLength: 2000,
                nullable: true
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "WithdrawSuccessorId",
                table: "Articles",
                type: "BLOB",
                fixedLength: true,
                maxLength: 16,
                nullable: true
            );

            migrationBuilder.CreateTable(
                name: "CompletedMutations",
                columns: table => new
                {
                    Person = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 32, nullable: false),
                    ClientId = table.Column<string>(type: "TEXT", maxLength: 140, nullable: false),
                    Field = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    InputHash = table.Column<string>(type: "TEXT", unicode: false, maxLength: 64, nullable: false),
                    Result = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    CompletedAt = table.Column<long>(type: "INTEGER", nullable: false),
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
                    Id = table.Column<int>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
                    RevisionId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    ArticleId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Headline = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Summary = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: false),
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
                    ArticleId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Value = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 32, nullable: false),
                    IsTrashed = table.Column<bool>(type: "INTEGER", nullable: false),
                    UpdatedAt = table.Column<long>(type: "INTEGER", nullable: false),
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
                    ArticleId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    IsTrashed = table.Column<bool>(type: "INTEGER", nullable: false),
                    Status = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Review = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    CategoryId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: true),
                    AssigneeKey = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 32, nullable: true),
                    ReviewerKey = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 32, nullable: true),
                    HasOpenComments = table.Column<bool>(type: "INTEGER", nullable: false),
                    UpdatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    DueAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ScheduledAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EmbargoUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    WithdrawAt = table.Column<long>(type: "INTEGER", nullable: true),
                    PublishedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    TrashedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    AssignedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ReviewChangedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ScheduleRefusedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ScheduleRefusedTo = table.Column<byte[]>(
                        type: "BLOB",
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
                    PersonKey = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 32, nullable: false),
                    ReadUntil = table.Column<long>(type: "INTEGER", nullable: false),
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
                    Id = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    From = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    To = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    ToPath = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    UpdatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    UpdatedBy = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
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
                    TargetId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    UserId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
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
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Slug = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    TermId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    WasPublic = table.Column<bool>(type: "INTEGER", nullable: false),
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
                "UPDATE \"Articles\" SET \"ScheduleAcknowledged\" = 'Category SourceLink HeroImage EmbeddedArticles PanelQuorum OpenComments BodyLength SeoTitle' WHERE \"ScheduledAt\" IS NOT NULL;"
            );

            // Until now, only imports created terms.
            foreach (var table in new[] { "Categories", "Sources", "Tags" })
            {
                migrationBuilder.Sql(
                    $"""UPDATE "{table}" SET "UpdatedBy" = 'Import', "UpdatedAt" = coalesce("FirstPublishedAt", CAST(strftime('%s', 'now') AS INTEGER) * 1000);"""
                );
            }

            foreach (var (kind, revision) in new[] { ("WorkingCopy", "HeadId"), ("Schedule", "ScheduledRevisionId") })
            {
                foreach (var term in new[] { "CategoryId", "SourceId" })
                {
                    migrationBuilder.Sql(
                        $"""
                        INSERT OR IGNORE INTO "References" ("TargetId", "Kind", "UserId")
                        SELECT r."{term}", '{kind}', a."Id"
                        FROM "Articles" AS a JOIN "Revisions" AS r ON r."Id" = a."{revision}"
                        WHERE r."{term}" IS NOT NULL;
                        """
                    );
                }

                migrationBuilder.Sql(
                    $"""
                    INSERT OR IGNORE INTO "References" ("TargetId", "Kind", "UserId")
                    SELECT unhex(substr(t.value, 5)), '{kind}', a."Id"
                    FROM "Articles" AS a JOIN "Revisions" AS r ON r."Id" = a."{revision}", json_each(r."Tags") AS t;
                    """
                );
                migrationBuilder.Sql(
                    $"""
                    INSERT OR IGNORE INTO "References" ("TargetId", "Kind", "UserId")
                    SELECT unhex(substr(json_extract(n.value, '$.target'), 5)), '{kind}', a."Id"
                    FROM "Articles" AS a JOIN "Revisions" AS r ON r."Id" = a."{revision}", json_tree(r."Body") AS n
                    WHERE n.key = 'attrs' AND json_extract(n.value, '$.kind') = 'article'
                        AND unhex(substr(json_extract(n.value, '$.target'), 5)) <> a."Id";
                    """
                );
            }

            migrationBuilder.Sql(
                """
                INSERT OR IGNORE INTO "References" ("TargetId", "Kind", "UserId")
                SELECT unhex(substr(json_extract(n.value, '$.target'), 5)), 'Article', a."Id"
                FROM "Articles" AS a JOIN "Editions" AS e ON e."Id" = a."LiveEditionId", json_tree(e."Body") AS n
                WHERE n.key = 'attrs' AND json_extract(n.value, '$.kind') = 'article'
                    AND unhex(substr(json_extract(n.value, '$.target'), 5)) <> a."Id";
                """
            );
            migrationBuilder.Sql(
                """
                INSERT OR IGNORE INTO "References" ("TargetId", "Kind", "UserId")
                SELECT "SuccessorId", 'Notice', "ArticleId" FROM "Editions"
                WHERE "Kind" = 'Withdrawn' AND "SupersededAt" IS NULL AND "SuccessorId" IS NOT NULL;
                """
            );
            migrationBuilder.Sql(
                """
                INSERT OR IGNORE INTO "References" ("TargetId", "Kind", "UserId")
                SELECT unhex(substr(t.value, 5)), 'Tool', x."Id" FROM "Tools" AS x, json_each(x."Tags") AS t;
                """
            );

            // Earlier reviews, assignments and failed schedules count from the article's last change.
            migrationBuilder.Sql(
                """
                UPDATE "Articles" SET "ReviewChangedAt" = "UpdatedAt", "ReviewChangedBy" = "UpdatedBy"
                WHERE "Review" <> 'Drafting';
                UPDATE "Articles" SET "AssignedAt" = "UpdatedAt"
                WHERE ("AssigneeKey" IS NOT NULL OR "DueAt" IS NOT NULL) AND "Status" = 'Draft';
                UPDATE "Articles" SET "ScheduleRefusedAt" = "UpdatedAt" WHERE "ScheduleRefusal" IS NOT NULL;
                """
            );

            // The index stores no text: it reads DeskDocuments, whose triggers keep the index up to date. Startup fills the
            // new tables for earlier articles.
            migrationBuilder.Sql(
                """
                CREATE VIRTUAL TABLE "DeskSearch" USING fts5(
                    "Headline", "Summary", "Text",
                    content = 'DeskDocuments', content_rowid = 'Id',
                    tokenize = 'porter unicode61 remove_diacritics 2'
                );
                """
            );
            migrationBuilder.Sql(
                """
                CREATE TRIGGER "DeskDocuments_Inserted" AFTER INSERT ON "DeskDocuments" BEGIN
                    INSERT INTO "DeskSearch" ("rowid", "Headline", "Summary", "Text")
                    VALUES (new."Id", new."Headline", new."Summary", new."Text");
                END;
                """
            );
            migrationBuilder.Sql(
                """
                CREATE TRIGGER "DeskDocuments_Deleted" AFTER DELETE ON "DeskDocuments" BEGIN
                    INSERT INTO "DeskSearch" ("DeskSearch", "rowid", "Headline", "Summary", "Text")
                    VALUES ('delete', old."Id", old."Headline", old."Summary", old."Text");
                END;
                """
            );
            migrationBuilder.Sql(
                """
                CREATE TRIGGER "DeskDocuments_Updated" AFTER UPDATE ON "DeskDocuments" BEGIN
                    INSERT INTO "DeskSearch" ("DeskSearch", "rowid", "Headline", "Summary", "Text")
                    VALUES ('delete', old."Id", old."Headline", old."Summary", old."Text");
                    INSERT INTO "DeskSearch" ("rowid", "Headline", "Summary", "Text")
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
                DROP TRIGGER "DeskDocuments_Updated";
                DROP TRIGGER "DeskDocuments_Deleted";
                DROP TRIGGER "DeskDocuments_Inserted";
                DROP TABLE "DeskSearch";
                """
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
