using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Fronts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Authors",
                table: "Revisions",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "[]"
            );

            migrationBuilder.AddColumn<string>(
                name: "IssuedBy",
                table: "Editions",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: true
            );

            migrationBuilder.AddColumn<int>(
                name: "AdvanceCount",
                table: "Articles",
                type: "int",
                nullable: false,
                defaultValue: 0
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "AdvanceEditionId",
                table: "Articles",
                type: "binary(16)",
                fixedLength: true,
                maxLength: 16,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "TrashedBy",
                table: "Articles",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: true
            );

            migrationBuilder.CreateTable(
                name: "Authors",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "binary(16)", fixedLength: true, maxLength: 16, nullable: false),
                    Bio = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: true),
                    AvatarId = table.Column<byte[]>(
                        type: "binary(16)",
                        fixedLength: true,
                        maxLength: 16,
                        nullable: true
                    ),
                    Links = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Slug = table.Column<string>(
                        type: "nvarchar(120)",
                        maxLength: 120,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    Name = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    FirstPublishedAt = table.Column<DateTimeOffset>(
                        type: "datetimeoffset(3)",
                        precision: 3,
                        nullable: true
                    ),
                    MergedInto = table.Column<byte[]>(
                        type: "binary(16)",
                        fixedLength: true,
                        maxLength: 16,
                        nullable: true
                    ),
                    DeletedAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: true),
                    UpdatedAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: false),
                    UpdatedBy = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Authors", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "Fronts",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "binary(16)", fixedLength: true, maxLength: 16, nullable: false),
                    CategoryId = table.Column<byte[]>(
                        type: "binary(16)",
                        fixedLength: true,
                        maxLength: 16,
                        nullable: true
                    ),
                    Articles = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    UpdatedAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: false),
                    UpdatedBy = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Fronts", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Fronts_Categories_CategoryId",
                        column: x => x.CategoryId,
                        principalTable: "Categories",
                        principalColumn: "Id"
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "EditionAuthors",
                columns: table => new
                {
                    EditionId = table.Column<byte[]>(
                        type: "binary(16)",
                        fixedLength: true,
                        maxLength: 16,
                        nullable: false
                    ),
                    Ordinal = table.Column<int>(type: "int", nullable: false),
                    AuthorId = table.Column<byte[]>(
                        type: "binary(16)",
                        fixedLength: true,
                        maxLength: 16,
                        nullable: false
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EditionAuthors", x => new { x.EditionId, x.Ordinal });
                    table.ForeignKey(
                        name: "FK_EditionAuthors_Authors_AuthorId",
                        column: x => x.AuthorId,
                        principalTable: "Authors",
                        principalColumn: "Id"
                    );
                    table.ForeignKey(
                        name: "FK_EditionAuthors_Editions_EditionId",
                        column: x => x.EditionId,
                        principalTable: "Editions",
                        principalColumn: "Id"
                    );
                }
            );

            migrationBuilder.CreateIndex(
                name: "IX_Articles_AdvanceEditionId",
                table: "Articles",
                column: "AdvanceEditionId",
                unique: true,
                filter: "AdvanceEditionId IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_Authors_AvatarId_FirstPublishedAt",
                table: "Authors",
                columns: new[] { "AvatarId", "FirstPublishedAt" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_Authors_MergedInto",
                table: "Authors",
                column: "MergedInto",
                filter: "MergedInto IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_Authors_PublicSlug",
                table: "Authors",
                column: "Slug",
                filter: "FirstPublishedAt IS NOT NULL"
            );

            migrationBuilder.CreateIndex(name: "IX_Authors_Slug", table: "Authors", column: "Slug", unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_EditionAuthors_AuthorId",
                table: "EditionAuthors",
                column: "AuthorId"
            );

            migrationBuilder.CreateIndex(
                name: "IX_Fronts_CategoryId",
                table: "Fronts",
                column: "CategoryId",
                unique: true,
                filter: "CategoryId IS NOT NULL"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "EditionAuthors");

            migrationBuilder.DropTable(name: "Fronts");

            migrationBuilder.DropTable(name: "Authors");

            migrationBuilder.DropIndex(name: "IX_Articles_AdvanceEditionId", table: "Articles");

            migrationBuilder.DropColumn(name: "Authors", table: "Revisions");

            migrationBuilder.DropColumn(name: "IssuedBy", table: "Editions");

            migrationBuilder.DropColumn(name: "AdvanceCount", table: "Articles");

            migrationBuilder.DropColumn(name: "AdvanceEditionId", table: "Articles");

            migrationBuilder.DropColumn(name: "TrashedBy", table: "Articles");
        }
    }
}
