using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Workflow : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "IsAutosave",
                table: "Revisions",
                type: "INTEGER",
                nullable: false,
                defaultValue: false
            );

            migrationBuilder.AddColumn<string>(
                name: "Label",
                table: "Revisions",
                type: "TEXT",
                maxLength: 120,
                nullable: true
            );

            migrationBuilder.AddColumn<long>(
                name: "SavedAt",
                table: "Revisions",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L
            );

            migrationBuilder.Sql("UPDATE \"Revisions\" SET \"SavedAt\" = \"CreatedAt\";");

            migrationBuilder.AddColumn<byte[]>(
                name: "ApprovedRevisionId",
                table: "Articles",
                type: "BLOB",
                fixedLength: true,
                maxLength: 16,
                nullable: true
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "AssigneeKey",
                table: "Articles",
                type: "BLOB",
                fixedLength: true,
                maxLength: 32,
                nullable: true
            );

            migrationBuilder.AddColumn<long>(name: "DueAt", table: "Articles", type: "INTEGER", nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Review",
                table: "Articles",
                type: "TEXT",
                maxLength: 32,
                nullable: false,
                defaultValue: "Drafting"
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "ReviewerKey",
                table: "Articles",
                type: "BLOB",
                fixedLength: true,
                maxLength: 32,
                nullable: true
            );

            migrationBuilder.AddColumn<long>(name: "TrashedAt", table: "Articles", type: "INTEGER", nullable: true);

            migrationBuilder.CreateTable(
                name: "Comments",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    ArticleId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    ThreadId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: true),
                    RevisionId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    BlockId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    TakeId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: true),
                    Text = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ResolvedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DeletedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    AuthorKey = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    AuthorKind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    AuthorName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    ResolvedByKey = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    ResolvedByKind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    ResolvedByName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Comments", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Comments_Articles_ArticleId",
                        column: x => x.ArticleId,
                        principalTable: "Articles",
                        principalColumn: "Id"
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "Staff",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Key = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 32, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Role = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    FirstSeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LastSeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Staff", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "CommentMentions",
                columns: table => new
                {
                    PersonKey = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 32, nullable: false),
                    CommentId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CommentMentions", x => new { x.PersonKey, x.CommentId });
                    table.ForeignKey(
                        name: "FK_CommentMentions_Comments_CommentId",
                        column: x => x.CommentId,
                        principalTable: "Comments",
                        principalColumn: "Id"
                    );
                }
            );

            migrationBuilder.CreateIndex(
                name: "IX_Articles_AssigneeKey",
                table: "Articles",
                column: "AssigneeKey",
                filter: "AssigneeKey IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_Articles_ReviewerKey",
                table: "Articles",
                column: "ReviewerKey",
                filter: "ReviewerKey IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_CommentMentions_CommentId",
                table: "CommentMentions",
                column: "CommentId"
            );

            migrationBuilder.CreateIndex(
                name: "IX_Comments_ArticleId_ThreadId_Id",
                table: "Comments",
                columns: new[] { "ArticleId", "ThreadId", "Id" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_Comments_ThreadId_Id",
                table: "Comments",
                columns: new[] { "ThreadId", "Id" }
            );

            migrationBuilder.CreateIndex(name: "IX_Staff_Key", table: "Staff", column: "Key", unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Staff_LastSeenAt_Id",
                table: "Staff",
                columns: new[] { "LastSeenAt", "Id" }
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "CommentMentions");

            migrationBuilder.DropTable(name: "Staff");

            migrationBuilder.DropTable(name: "Comments");

            migrationBuilder.DropIndex(name: "IX_Articles_AssigneeKey", table: "Articles");

            migrationBuilder.DropIndex(name: "IX_Articles_ReviewerKey", table: "Articles");

            migrationBuilder.DropColumn(name: "IsAutosave", table: "Revisions");

            migrationBuilder.DropColumn(name: "Label", table: "Revisions");

            migrationBuilder.DropColumn(name: "SavedAt", table: "Revisions");

            migrationBuilder.DropColumn(name: "ApprovedRevisionId", table: "Articles");

            migrationBuilder.DropColumn(name: "AssigneeKey", table: "Articles");

            migrationBuilder.DropColumn(name: "DueAt", table: "Articles");

            migrationBuilder.DropColumn(name: "Review", table: "Articles");

            migrationBuilder.DropColumn(name: "ReviewerKey", table: "Articles");

            migrationBuilder.DropColumn(name: "TrashedAt", table: "Articles");
        }
    }
}
