using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class PartnerUsage : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Advances",
                table: "PartnerLogs",
                type: "TEXT",
                nullable: false,
                defaultValueSql: "'[]'"
            );

            migrationBuilder.AddColumn<int>(
                name: "EmbargoLead",
                table: "Agreements",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0
            );

            migrationBuilder.AddColumn<int>(name: "MonthlyQuota", table: "Agreements", type: "INTEGER", nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "RequestsPerMinute",
                table: "Agreements",
                type: "INTEGER",
                nullable: true
            );

            migrationBuilder.CreateTable(
                name: "AdvanceListings",
                columns: table => new
                {
                    EditionId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    FacetId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    ArticleId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    PublishedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    UpdatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AdvanceListings", x => new { x.EditionId, x.FacetId });
                }
            );

            migrationBuilder.CreateTable(
                name: "AdvanceTakeListings",
                columns: table => new
                {
                    EditionId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    TakeId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    PersonaId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    PublishedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Stance = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AdvanceTakeListings", x => new { x.EditionId, x.TakeId });
                }
            );

            migrationBuilder.CreateTable(
                name: "AgreementAcceptances",
                columns: table => new
                {
                    PartnerId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    AcceptedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    AcceptedBy = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AgreementAcceptances", x => new { x.PartnerId, x.Number });
                    table.ForeignKey(
                        name: "FK_AgreementAcceptances_Partners_PartnerId",
                        column: x => x.PartnerId,
                        principalTable: "Partners",
                        principalColumn: "Id"
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "PartnerUsage",
                columns: table => new
                {
                    PartnerId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Channel = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    ArticleId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Hits = table.Column<long>(type: "INTEGER", nullable: false),
                    NotModified = table.Column<long>(type: "INTEGER", nullable: false),
                    Refused = table.Column<long>(type: "INTEGER", nullable: false),
                    Bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    Items = table.Column<long>(type: "INTEGER", nullable: false),
                    Delivered = table.Column<long>(type: "INTEGER", nullable: false),
                    Failed = table.Column<long>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "PK_PartnerUsage",
                        x => new
                        {
                            x.PartnerId,
                            x.Day,
                            x.Channel,
                            x.ArticleId,
                        }
                    );
                    table.ForeignKey(
                        name: "FK_PartnerUsage_Partners_PartnerId",
                        column: x => x.PartnerId,
                        principalTable: "Partners",
                        principalColumn: "Id"
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "PartnerUsageDays",
                columns: table => new
                {
                    PartnerId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Channel = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Hits = table.Column<long>(type: "INTEGER", nullable: false),
                    NotModified = table.Column<long>(type: "INTEGER", nullable: false),
                    Refused = table.Column<long>(type: "INTEGER", nullable: false),
                    Bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    Items = table.Column<long>(type: "INTEGER", nullable: false),
                    Delivered = table.Column<long>(type: "INTEGER", nullable: false),
                    Failed = table.Column<long>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "PK_PartnerUsageDays",
                        x => new
                        {
                            x.PartnerId,
                            x.Day,
                            x.Channel,
                        }
                    );
                    table.ForeignKey(
                        name: "FK_PartnerUsageDays_Partners_PartnerId",
                        column: x => x.PartnerId,
                        principalTable: "Partners",
                        principalColumn: "Id"
                    );
                }
            );

            migrationBuilder.CreateIndex(
                name: "IX_AdvanceListings_FacetId_PublishedAt_ArticleId",
                table: "AdvanceListings",
                columns: new[] { "FacetId", "PublishedAt", "ArticleId" }
            );

            migrationBuilder.CreateIndex(name: "IX_PartnerUsage_Day", table: "PartnerUsage", column: "Day");

            migrationBuilder.CreateIndex(name: "IX_PartnerUsageDays_Day", table: "PartnerUsageDays", column: "Day");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "AdvanceListings");

            migrationBuilder.DropTable(name: "AdvanceTakeListings");

            migrationBuilder.DropTable(name: "AgreementAcceptances");

            migrationBuilder.DropTable(name: "PartnerUsage");

            migrationBuilder.DropTable(name: "PartnerUsageDays");

            migrationBuilder.DropColumn(name: "Advances", table: "PartnerLogs");

            migrationBuilder.DropColumn(name: "EmbargoLead", table: "Agreements");

            migrationBuilder.DropColumn(name: "MonthlyQuota", table: "Agreements");

            migrationBuilder.DropColumn(name: "RequestsPerMinute", table: "Agreements");
        }
    }
}
