using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class PartnerPortalAndTakedowns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Deliveries to partners had no type before they were decided.
            migrationBuilder.Sql("UPDATE WebhookDeliveries SET Type = N'article.upsert' WHERE Type IS NULL;");

            migrationBuilder.AddColumn<byte[]>(
                name: "Article",
                table: "WebhookProgress",
                type: "binary(16)",
                fixedLength: true,
                maxLength: 16,
                nullable: true
            );

            migrationBuilder.CreateTable(
                name: "PartnerDeliveries",
                columns: table => new
                {
                    PartnerId = table.Column<byte[]>(
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
                    FirstAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: false),
                    Channel = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    LastAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PartnerDeliveries", x => new { x.PartnerId, x.EditionId });
                    table.ForeignKey(
                        name: "FK_PartnerDeliveries_Partners_PartnerId",
                        column: x => x.PartnerId,
                        principalTable: "Partners",
                        principalColumn: "Id"
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "PartnerPeople",
                columns: table => new
                {
                    Key = table.Column<byte[]>(type: "binary(32)", fixedLength: true, maxLength: 32, nullable: false),
                    PartnerId = table.Column<byte[]>(
                        type: "binary(16)",
                        fixedLength: true,
                        maxLength: 16,
                        nullable: false
                    ),
                    Name = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    Ordinal = table.Column<int>(type: "int", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PartnerPeople", x => x.Key);
                    table.ForeignKey(
                        name: "FK_PartnerPeople_Partners_PartnerId",
                        column: x => x.PartnerId,
                        principalTable: "Partners",
                        principalColumn: "Id"
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "ReceiptKeys",
                columns: table => new
                {
                    Id = table.Column<string>(type: "varchar(43)", unicode: false, maxLength: 43, nullable: false),
                    X = table.Column<string>(type: "varchar(43)", unicode: false, maxLength: 43, nullable: false),
                    Y = table.Column<string>(type: "varchar(43)", unicode: false, maxLength: 43, nullable: false),
                    SealedPrivateKey = table.Column<byte[]>(type: "varbinary(1000)", maxLength: 1000, nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReceiptKeys", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "Takedowns",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "binary(16)", fixedLength: true, maxLength: 16, nullable: false),
                    ArticleId = table.Column<byte[]>(
                        type: "binary(16)",
                        fixedLength: true,
                        maxLength: 16,
                        nullable: false
                    ),
                    EditionNumber = table.Column<int>(type: "int", nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    Reason = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    WithdrawnAt = table.Column<DateTimeOffset>(
                        type: "datetimeoffset(3)",
                        precision: 3,
                        nullable: false
                    ),
                    WithdrawnBy = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    AcknowledgeBy = table.Column<DateTimeOffset>(
                        type: "datetimeoffset(3)",
                        precision: 3,
                        nullable: true
                    ),
                    EscalatedAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Takedowns", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "TakedownAcknowledgements",
                columns: table => new
                {
                    TakedownId = table.Column<byte[]>(
                        type: "binary(16)",
                        fixedLength: true,
                        maxLength: 16,
                        nullable: false
                    ),
                    PartnerId = table.Column<byte[]>(
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
                    At = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: false),
                    Channel = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    By = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TakedownAcknowledgements", x => new { x.TakedownId, x.PartnerId });
                    table.ForeignKey(
                        name: "FK_TakedownAcknowledgements_Partners_PartnerId",
                        column: x => x.PartnerId,
                        principalTable: "Partners",
                        principalColumn: "Id"
                    );
                    table.ForeignKey(
                        name: "FK_TakedownAcknowledgements_Takedowns_TakedownId",
                        column: x => x.TakedownId,
                        principalTable: "Takedowns",
                        principalColumn: "Id"
                    );
                }
            );

            migrationBuilder.CreateIndex(
                name: "IX_PartnerDeliveries_ArticleId_PartnerId",
                table: "PartnerDeliveries",
                columns: new[] { "ArticleId", "PartnerId" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_PartnerPeople_PartnerId_Ordinal",
                table: "PartnerPeople",
                columns: new[] { "PartnerId", "Ordinal" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_TakedownAcknowledgements_PartnerId",
                table: "TakedownAcknowledgements",
                column: "PartnerId"
            );

            migrationBuilder.CreateIndex(
                name: "IX_Takedowns_AcknowledgeBy",
                table: "Takedowns",
                column: "AcknowledgeBy"
            );

            migrationBuilder.CreateIndex(
                name: "IX_Takedowns_ArticleId_EditionNumber",
                table: "Takedowns",
                columns: new[] { "ArticleId", "EditionNumber" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_Takedowns_EscalatedAt_Id",
                table: "Takedowns",
                columns: new[] { "EscalatedAt", "Id" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_Takedowns_WithdrawnAt_Id",
                table: "Takedowns",
                columns: new[] { "WithdrawnAt", "Id" }
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "PartnerDeliveries");

            migrationBuilder.DropTable(name: "PartnerPeople");

            migrationBuilder.DropTable(name: "ReceiptKeys");

            migrationBuilder.DropTable(name: "TakedownAcknowledgements");

            migrationBuilder.DropTable(name: "Takedowns");

            migrationBuilder.DropColumn(name: "Article", table: "WebhookProgress");
        }
    }
}
