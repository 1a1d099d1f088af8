using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Media : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "LogoId",
                table: "Tools",
                type: "binary(16)",
                fixedLength: true,
                maxLength: 16,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "HeroAlt",
                table: "Revisions",
                type: "nvarchar(1000)",
                maxLength: 1000,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "HeroCaption",
                table: "Revisions",
                type: "nvarchar(2000)",
                maxLength: 2000,
                nullable: true
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "HeroImageId",
                table: "Revisions",
                type: "binary(16)",
                fixedLength: true,
                maxLength: 16,
                nullable: true
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "AvatarId",
                table: "Personas",
                type: "binary(16)",
                fixedLength: true,
                maxLength: 16,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "HeroAlt",
                table: "Editions",
                type: "nvarchar(1000)",
                maxLength: 1000,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "HeroCaption",
                table: "Editions",
                type: "nvarchar(2000)",
                maxLength: 2000,
                nullable: true
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "HeroImageId",
                table: "Editions",
                type: "binary(16)",
                fixedLength: true,
                maxLength: 16,
                nullable: true
            );

            migrationBuilder.CreateTable(
                name: "MediaAssets",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "binary(16)", fixedLength: true, maxLength: 16, nullable: false),
                    Rev = table.Column<int>(type: "int", nullable: false),
                    FileName = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Sha256 = table.Column<string>(
                        type: "nvarchar(64)",
                        maxLength: 64,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    Bytes = table.Column<long>(type: "bigint", nullable: false),
                    Width = table.Column<int>(type: "int", nullable: false),
                    Height = table.Column<int>(type: "int", nullable: false),
                    Format = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    HasAlpha = table.Column<bool>(type: "bit", nullable: false),
                    IsAnimated = table.Column<bool>(type: "bit", nullable: false),
                    ThumbHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Alt = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true),
                    IsDecorative = table.Column<bool>(type: "bit", nullable: false),
                    Caption = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: true),
                    Folder = table.Column<string>(
                        type: "nvarchar(200)",
                        maxLength: 200,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    ExpiresAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: true),
                    ExpiredAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: true),
                    SubstituteId = table.Column<byte[]>(
                        type: "binary(16)",
                        fixedLength: true,
                        maxLength: 16,
                        nullable: true
                    ),
                    Gap = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    ImportId = table.Column<string>(
                        type: "nvarchar(400)",
                        maxLength: 400,
                        nullable: true,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    ImportHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true),
                    CreatedAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: false),
                    UpdatedAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: false),
                    DeletedAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false),
                    FocusX = table.Column<double>(type: "float", nullable: false),
                    FocusY = table.Column<double>(type: "float", nullable: false),
                    AcquireLicenceUrl = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: true),
                    AllowSyndication = table.Column<bool>(type: "bit", nullable: false),
                    CopyrightNotice = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: true),
                    Creator = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: true),
                    CreditLine = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: true),
                    DigitalSourceType = table.Column<string>(type: "nvarchar(48)", maxLength: 48, nullable: true),
                    RightsExpireAt = table.Column<DateTimeOffset>(
                        type: "datetimeoffset(3)",
                        precision: 3,
                        nullable: true
                    ),
                    LicenceName = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: true),
                    LicenceUrl = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: true),
                    MustCredit = table.Column<bool>(type: "bit", nullable: false),
                    NoCrop = table.Column<bool>(type: "bit", nullable: false),
                    Territories = table.Column<string>(type: "nvarchar(750)", maxLength: 750, nullable: false),
                    UsageTerms = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: true),
                    ValidFrom = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: true),
                    UpdatedByKey = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    UpdatedByKind = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    UpdatedByName = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    UploadedByKey = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    UploadedByKind = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    UploadedByName = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MediaAssets", x => x.Id);
                    table.ForeignKey(
                        name: "FK_MediaAssets_MediaAssets_SubstituteId",
                        column: x => x.SubstituteId,
                        principalTable: "MediaAssets",
                        principalColumn: "Id"
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "MediaBlobs",
                columns: table => new
                {
                    Sha256 = table.Column<string>(
                        type: "nvarchar(64)",
                        maxLength: 64,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    State = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    StateSince = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: false),
                    Bytes = table.Column<long>(type: "bigint", nullable: false),
                    Holds = table.Column<int>(type: "int", nullable: false),
                    SaysAlt = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true),
                    SaysCaption = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: true),
                    SaysCopyrightNotice = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: true),
                    SaysCreator = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: true),
                    SaysCreditLine = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: true),
                    SaysDigitalSourceType = table.Column<string>(type: "nvarchar(48)", maxLength: 48, nullable: true),
                    SaysLicenceUrl = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: true),
                    SaysUsageTerms = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MediaBlobs", x => x.Sha256);
                }
            );

            migrationBuilder.CreateTable(
                name: "MediaUploads",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "binary(16)", fixedLength: true, maxLength: 16, nullable: false),
                    FileName = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    State = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: false),
                    ExpiresAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: false),
                    MediaId = table.Column<byte[]>(
                        type: "binary(16)",
                        fixedLength: true,
                        maxLength: 16,
                        nullable: true
                    ),
                    Version = table.Column<int>(type: "int", nullable: false),
                    ByKey = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    ByKind = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    ByName = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MediaUploads", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "EditionMedia",
                columns: table => new
                {
                    EditionId = table.Column<byte[]>(
                        type: "binary(16)",
                        fixedLength: true,
                        maxLength: 16,
                        nullable: false
                    ),
                    MediaId = table.Column<byte[]>(
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
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EditionMedia", x => new { x.EditionId, x.MediaId });
                    table.ForeignKey(
                        name: "FK_EditionMedia_Editions_EditionId",
                        column: x => x.EditionId,
                        principalTable: "Editions",
                        principalColumn: "Id"
                    );
                    table.ForeignKey(
                        name: "FK_EditionMedia_MediaAssets_MediaId",
                        column: x => x.MediaId,
                        principalTable: "MediaAssets",
                        principalColumn: "Id"
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "MediaTags",
                columns: table => new
                {
                    TagId = table.Column<byte[]>(type: "binary(16)", fixedLength: true, maxLength: 16, nullable: false),
                    MediaId = table.Column<byte[]>(
                        type: "binary(16)",
                        fixedLength: true,
                        maxLength: 16,
                        nullable: false
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MediaTags", x => new { x.MediaId, x.TagId });
                    table.ForeignKey(
                        name: "FK_MediaTags_MediaAssets_MediaId",
                        column: x => x.MediaId,
                        principalTable: "MediaAssets",
                        principalColumn: "Id"
                    );
                    table.ForeignKey(
                        name: "FK_MediaTags_Tags_TagId",
                        column: x => x.TagId,
                        principalTable: "Tags",
                        principalColumn: "Id"
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "MediaTerms",
                columns: table => new
                {
                    Term = table.Column<string>(
                        type: "nvarchar(40)",
                        maxLength: 40,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    MediaId = table.Column<byte[]>(
                        type: "binary(16)",
                        fixedLength: true,
                        maxLength: 16,
                        nullable: false
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MediaTerms", x => new { x.MediaId, x.Term });
                    table.ForeignKey(
                        name: "FK_MediaTerms_MediaAssets_MediaId",
                        column: x => x.MediaId,
                        principalTable: "MediaAssets",
                        principalColumn: "Id"
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "MediaUses",
                columns: table => new
                {
                    MediaId = table.Column<byte[]>(
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
                        "PK_MediaUses",
                        x => new
                        {
                            x.MediaId,
                            x.Kind,
                            x.UserId,
                        }
                    );
                    table.ForeignKey(
                        name: "FK_MediaUses_MediaAssets_MediaId",
                        column: x => x.MediaId,
                        principalTable: "MediaAssets",
                        principalColumn: "Id"
                    );
                }
            );

            migrationBuilder.CreateIndex(
                name: "IX_EditionMedia_MediaId_ArticleId",
                table: "EditionMedia",
                columns: new[] { "MediaId", "ArticleId" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_MediaAssets_ExpiresAt_Id",
                table: "MediaAssets",
                columns: new[] { "ExpiresAt", "Id" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_MediaAssets_Folder_Id",
                table: "MediaAssets",
                columns: new[] { "Folder", "Id" },
                descending: new[] { false, true }
            );

            migrationBuilder.CreateIndex(
                name: "IX_MediaAssets_Gap_Id",
                table: "MediaAssets",
                columns: new[] { "Gap", "Id" },
                descending: new[] { false, true }
            );

            migrationBuilder.CreateIndex(
                name: "IX_MediaAssets_ImportId",
                table: "MediaAssets",
                column: "ImportId",
                unique: true,
                filter: "[ImportId] IS NOT NULL"
            );

            migrationBuilder.CreateIndex(name: "IX_MediaAssets_Sha256", table: "MediaAssets", column: "Sha256");

            migrationBuilder.CreateIndex(
                name: "IX_MediaAssets_SubstituteId",
                table: "MediaAssets",
                column: "SubstituteId"
            );

            migrationBuilder.CreateIndex(
                name: "IX_MediaBlobs_State_StateSince",
                table: "MediaBlobs",
                columns: new[] { "State", "StateSince" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_MediaTags_TagId_MediaId",
                table: "MediaTags",
                columns: new[] { "TagId", "MediaId" },
                descending: new[] { false, true }
            );

            migrationBuilder.CreateIndex(
                name: "IX_MediaTerms_Term_MediaId",
                table: "MediaTerms",
                columns: new[] { "Term", "MediaId" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_MediaUploads_State_ExpiresAt",
                table: "MediaUploads",
                columns: new[] { "State", "ExpiresAt" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_MediaUses_UserId_Kind",
                table: "MediaUses",
                columns: new[] { "UserId", "Kind" }
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "EditionMedia");

            migrationBuilder.DropTable(name: "MediaBlobs");

            migrationBuilder.DropTable(name: "MediaTags");

            migrationBuilder.DropTable(name: "MediaTerms");

            migrationBuilder.DropTable(name: "MediaUploads");

            migrationBuilder.DropTable(name: "MediaUses");

            migrationBuilder.DropTable(name: "MediaAssets");

            migrationBuilder.DropColumn(name: "LogoId", table: "Tools");

            migrationBuilder.DropColumn(name: "HeroAlt", table: "Revisions");

            migrationBuilder.DropColumn(name: "HeroCaption", table: "Revisions");

            migrationBuilder.DropColumn(name: "HeroImageId", table: "Revisions");

            migrationBuilder.DropColumn(name: "AvatarId", table: "Personas");

            migrationBuilder.DropColumn(name: "HeroAlt", table: "Editions");

            migrationBuilder.DropColumn(name: "HeroCaption", table: "Editions");

            migrationBuilder.DropColumn(name: "HeroImageId", table: "Editions");
        }
    }
}
