using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.SqlServer.Migrations
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
                type: "bit",
                nullable: false,
                defaultValue: false
            );

            migrationBuilder.AddColumn<string>(
                name: "Label",
                table: "Revisions",
                type: "nvarchar(120)",
                maxLength: 120,
                nullable: true
            );

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "SavedAt",
                table: "Revisions",
                type: "datetimeoffset(3)",
                precision: 3,
                nullable: false,
                defaultValue: new DateTimeOffset(
                    new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified),
                    new TimeSpan(0, 0, 0, 0, 0)
                )
            );

            migrationBuilder.Sql("UPDATE [Revisions] SET [SavedAt] = [CreatedAt];");

            migrationBuilder.AddColumn<byte[]>(
                name: "ApprovedRevisionId",
                table: "Articles",
                type: "binary(16)",
                fixedLength: true,
                maxLength: 16,
                nullable: true
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "AssigneeKey",
                table: "Articles",
                type: "binary(32)",
                fixedLength: true,
                maxLength: 32,
                nullable: true
            );

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "DueAt",
                table: "Articles",
                type: "datetimeoffset(3)",
                precision: 3,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "Review",
                table: "Articles",
                type: "nvarchar(32)",
                maxLength: 32,
                nullable: false,
                defaultValue: "Drafting"
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "ReviewerKey",
                table: "Articles",
                type: "binary(32)",
                fixedLength: true,
                maxLength: 32,
                nullable: true
            );

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "TrashedAt",
                table: "Articles",
                type: "datetimeoffset(3)",
                precision: 3,
                nullable: true
            );

            migrationBuilder.CreateTable(
                name: "Comments",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "binary(16)", fixedLength: true, maxLength: 16, nullable: false),
                    ArticleId = table.Column<byte[]>(
                        type: "binary(16)",
                        fixedLength: true,
                        maxLength: 16,
                        nullable: false
                    ),
                    ThreadId = table.Column<byte[]>(
                        type: "binary(16)",
                        fixedLength: true,
                        maxLength: 16,
                        nullable: true
                    ),
                    RevisionId = table.Column<byte[]>(
                        type: "binary(16)",
                        fixedLength: true,
                        maxLength: 16,
                        nullable: false
                    ),
                    BlockId = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true),
                    TakeId = table.Column<byte[]>(type: "binary(16)", fixedLength: true, maxLength: 16, nullable: true),
                    Text = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: false),
                    ResolvedAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: true),
                    DeletedAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: true),
                    AuthorKey = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    AuthorKind = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    AuthorName = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    ResolvedByKey = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    ResolvedByKind = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: true),
                    ResolvedByName = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
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
                    Id = table.Column<byte[]>(type: "binary(16)", fixedLength: true, maxLength: 16, nullable: false),
                    Key = table.Column<byte[]>(type: "binary(32)", fixedLength: true, maxLength: 32, nullable: false),
                    Name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Role = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    FirstSeenAt = table.Column<DateTimeOffset>(
                        type: "datetimeoffset(3)",
                        precision: 3,
                        nullable: false
                    ),
                    LastSeenAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: false),
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
                    PersonKey = table.Column<byte[]>(
                        type: "binary(32)",
                        fixedLength: true,
                        maxLength: 32,
                        nullable: false
                    ),
                    CommentId = table.Column<byte[]>(
                        type: "binary(16)",
                        fixedLength: true,
                        maxLength: 16,
                        nullable: false
                    ),
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
