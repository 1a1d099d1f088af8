using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ArticleListings",
                columns: table => new
                {
                    ArticleId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    FacetId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    EditionId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    PublishedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    UpdatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ArticleListings", x => new { x.ArticleId, x.FacetId });
                }
            );

            migrationBuilder.CreateTable(
                name: "Articles",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Slug = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    Status = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    HeadId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    RevisionCount = table.Column<int>(type: "INTEGER", nullable: false),
                    LiveEditionId = table.Column<byte[]>(
                        type: "BLOB",
                        fixedLength: true,
                        maxLength: 16,
                        nullable: true
                    ),
                    EditionCount = table.Column<int>(type: "INTEGER", nullable: false),
                    CorrectionCount = table.Column<int>(type: "INTEGER", nullable: false),
                    FirstPublishedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    PublishedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ImportId = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    ImportHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    UpdatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    UpdatedBy = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Articles", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "Categories",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Slug = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Categories", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "ChangeCounters",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    Seq = table.Column<long>(type: "INTEGER", nullable: false),
                    Epoch = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ChangeCounters", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "Changes",
                columns: table => new
                {
                    Seq = table.Column<long>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    SubjectId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    EditionId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: true),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Changes", x => x.Seq);
                }
            );

            migrationBuilder.CreateTable(
                name: "Personas",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Slug = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    ProfileNumber = table.Column<int>(type: "INTEGER", nullable: false),
                    AccentColour = table.Column<string>(type: "TEXT", maxLength: 7, nullable: true),
                    Order = table.Column<int>(type: "INTEGER", nullable: false),
                    IsActive = table.Column<bool>(type: "INTEGER", nullable: false),
                    IsAi = table.Column<bool>(type: "INTEGER", nullable: false),
                    UpdatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    Bio = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    Lens = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    VoiceGuide = table.Column<string>(type: "TEXT", maxLength: 8000, nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Personas", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "Sources",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Slug = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    Homepage = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Sources", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "Tags",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Slug = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Tags", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "TakeListings",
                columns: table => new
                {
                    TakeId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    PersonaId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    EditionId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    PublishedAt = table.Column<long>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TakeListings", x => x.TakeId);
                }
            );

            migrationBuilder.CreateTable(
                name: "Tools",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Slug = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    Maker = table.Column<string>(type: "TEXT", maxLength: 120, nullable: true),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Url = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    Summary = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    Tags = table.Column<string>(type: "TEXT", nullable: false),
                    UpdatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Tools", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "Editions",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    ArticleId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Slug = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    RevisionId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: true),
                    Disclosure = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    FirstPublishedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    PublishedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LiveFrom = table.Column<long>(type: "INTEGER", nullable: false),
                    SupersededAt = table.Column<long>(type: "INTEGER", nullable: true),
                    CorrectionSequence = table.Column<int>(type: "INTEGER", nullable: false),
                    CorrectionNote = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    CorrectionSeverity = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    WithdrawalReason = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    SuccessorId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: true),
                    Body = table.Column<string>(type: "TEXT", nullable: true),
                    Byline = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    CategoryId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: true),
                    Headline = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    Language = table.Column<string>(type: "TEXT", maxLength: 35, nullable: true),
                    ReadingMinutes = table.Column<int>(type: "INTEGER", nullable: true),
                    SourceId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: true),
                    SourcePublishedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    SourceUrl = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    Summary = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    WordCount = table.Column<int>(type: "INTEGER", nullable: true),
                    SeoCanonicalUrl = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    SeoDescription = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    SeoNoIndex = table.Column<bool>(type: "INTEGER", nullable: true),
                    SeoTitle = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Editions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Editions_Articles_ArticleId",
                        column: x => x.ArticleId,
                        principalTable: "Articles",
                        principalColumn: "Id"
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "Revisions",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    ArticleId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RestoredFrom = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: true),
                    Body = table.Column<string>(type: "TEXT", nullable: true),
                    Byline = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    CategoryId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: true),
                    Headline = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Language = table.Column<string>(type: "TEXT", maxLength: 35, nullable: false),
                    ReadingMinutes = table.Column<int>(type: "INTEGER", nullable: false),
                    SourceId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: true),
                    SourcePublishedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    SourceUrl = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    Summary = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    Tags = table.Column<string>(type: "TEXT", nullable: false),
                    Tools = table.Column<string>(type: "TEXT", nullable: false),
                    WordCount = table.Column<int>(type: "INTEGER", nullable: false),
                    SeoCanonicalUrl = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    SeoDescription = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    SeoNoIndex = table.Column<bool>(type: "INTEGER", nullable: false),
                    SeoTitle = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    DrafterKey = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    DrafterKind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    DrafterName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Revisions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Revisions_Articles_ArticleId",
                        column: x => x.ArticleId,
                        principalTable: "Articles",
                        principalColumn: "Id"
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "SearchDocuments",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
                    ArticleId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Headline = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Summary = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SearchDocuments", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SearchDocuments_Articles_ArticleId",
                        column: x => x.ArticleId,
                        principalTable: "Articles",
                        principalColumn: "Id"
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "PersonaProfiles",
                columns: table => new
                {
                    PersonaId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Bio = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    Lens = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    VoiceGuide = table.Column<string>(type: "TEXT", maxLength: 8000, nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PersonaProfiles", x => new { x.PersonaId, x.Number });
                    table.ForeignKey(
                        name: "FK_PersonaProfiles_Personas_PersonaId",
                        column: x => x.PersonaId,
                        principalTable: "Personas",
                        principalColumn: "Id"
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "Takes",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    ArticleId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    PersonaId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    ProfileNumber = table.Column<int>(type: "INTEGER", nullable: false),
                    InReplyTo = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: true),
                    Status = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ApprovedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    AnchorBlockId = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    AnchorQuote = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    Confidence = table.Column<int>(type: "INTEGER", nullable: false),
                    Stance = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 8000, nullable: false),
                    Verdict = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    DrafterKey = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    DrafterKind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    DrafterName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    ReviewerKey = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    ReviewerKind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    ReviewerName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Takes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Takes_Articles_ArticleId",
                        column: x => x.ArticleId,
                        principalTable: "Articles",
                        principalColumn: "Id"
                    );
                    table.ForeignKey(
                        name: "FK_Takes_Personas_PersonaId",
                        column: x => x.PersonaId,
                        principalTable: "Personas",
                        principalColumn: "Id"
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "EditionTags",
                columns: table => new
                {
                    EditionId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Ordinal = table.Column<int>(type: "INTEGER", nullable: false),
                    TagId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EditionTags", x => new { x.EditionId, x.Ordinal });
                    table.ForeignKey(
                        name: "FK_EditionTags_Editions_EditionId",
                        column: x => x.EditionId,
                        principalTable: "Editions",
                        principalColumn: "Id"
                    );
                    table.ForeignKey(
                        name: "FK_EditionTags_Tags_TagId",
                        column: x => x.TagId,
                        principalTable: "Tags",
                        principalColumn: "Id"
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "EditionTools",
                columns: table => new
                {
                    EditionId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Ordinal = table.Column<int>(type: "INTEGER", nullable: false),
                    ToolId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EditionTools", x => new { x.EditionId, x.Ordinal });
                    table.ForeignKey(
                        name: "FK_EditionTools_Editions_EditionId",
                        column: x => x.EditionId,
                        principalTable: "Editions",
                        principalColumn: "Id"
                    );
                    table.ForeignKey(
                        name: "FK_EditionTools_Tools_ToolId",
                        column: x => x.ToolId,
                        principalTable: "Tools",
                        principalColumn: "Id"
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "EditionTakes",
                columns: table => new
                {
                    EditionId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    TakeId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    Ordinal = table.Column<int>(type: "INTEGER", nullable: false),
                    ArticleId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    PersonaId = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: false),
                    ProfileNumber = table.Column<int>(type: "INTEGER", nullable: false),
                    PersonaName = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    PersonaLens = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 8000, nullable: false),
                    Stance = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Confidence = table.Column<int>(type: "INTEGER", nullable: false),
                    Verdict = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    InReplyTo = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 16, nullable: true),
                    Disclosure = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    PublishedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    AnchorBlockId = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    AnchorQuote = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EditionTakes", x => new { x.EditionId, x.TakeId });
                    table.ForeignKey(
                        name: "FK_EditionTakes_Editions_EditionId",
                        column: x => x.EditionId,
                        principalTable: "Editions",
                        principalColumn: "Id"
                    );
                    table.ForeignKey(
                        name: "FK_EditionTakes_Takes_TakeId",
                        column: x => x.TakeId,
                        principalTable: "Takes",
                        principalColumn: "Id"
                    );
                }
            );

            migrationBuilder.CreateIndex(
                name: "IX_ArticleListings_FacetId_PublishedAt_ArticleId_EditionId",
                table: "ArticleListings",
                columns: new[] { "FacetId", "PublishedAt", "ArticleId", "EditionId" },
                descending: new[] { false, true, true, false }
            );

            migrationBuilder.CreateIndex(
                name: "IX_ArticleListings_FacetId_UpdatedAt_ArticleId_EditionId",
                table: "ArticleListings",
                columns: new[] { "FacetId", "UpdatedAt", "ArticleId", "EditionId" },
                descending: new[] { false, true, true, false }
            );

            migrationBuilder.CreateIndex(
                name: "IX_Articles_ImportId",
                table: "Articles",
                column: "ImportId",
                unique: true
            );

            migrationBuilder.CreateIndex(name: "IX_Articles_Slug", table: "Articles", column: "Slug", unique: true);

            migrationBuilder.CreateIndex(name: "IX_Categories_Slug", table: "Categories", column: "Slug", unique: true);

            migrationBuilder.CreateIndex(name: "IX_EditionTags_TagId", table: "EditionTags", column: "TagId");

            migrationBuilder.CreateIndex(name: "IX_EditionTakes_TakeId", table: "EditionTakes", column: "TakeId");

            migrationBuilder.CreateIndex(name: "IX_EditionTools_ToolId", table: "EditionTools", column: "ToolId");

            migrationBuilder.CreateIndex(
                name: "IX_Editions_ArticleId_Number",
                table: "Editions",
                columns: new[] { "ArticleId", "Number" },
                unique: true
            );

            migrationBuilder.CreateIndex(name: "IX_Editions_Slug", table: "Editions", column: "Slug");

            migrationBuilder.CreateIndex(
                name: "IX_Personas_Order_Id",
                table: "Personas",
                columns: new[] { "Order", "Id" }
            );

            migrationBuilder.CreateIndex(name: "IX_Personas_Slug", table: "Personas", column: "Slug", unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Revisions_ArticleId_Number",
                table: "Revisions",
                columns: new[] { "ArticleId", "Number" },
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_SearchDocuments_ArticleId",
                table: "SearchDocuments",
                column: "ArticleId",
                unique: true
            );

            migrationBuilder.CreateIndex(name: "IX_Sources_Slug", table: "Sources", column: "Slug", unique: true);

            migrationBuilder.CreateIndex(name: "IX_Tags_Slug", table: "Tags", column: "Slug", unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_TakeListings_PersonaId_PublishedAt_TakeId_EditionId",
                table: "TakeListings",
                columns: new[] { "PersonaId", "PublishedAt", "TakeId", "EditionId" },
                descending: new[] { false, true, true, false }
            );

            migrationBuilder.CreateIndex(
                name: "IX_TakeListings_PublishedAt_TakeId_EditionId",
                table: "TakeListings",
                columns: new[] { "PublishedAt", "TakeId", "EditionId" },
                descending: new[] { true, true, false }
            );

            migrationBuilder.CreateIndex(
                name: "IX_Takes_ArticleId_PersonaId_Number",
                table: "Takes",
                columns: new[] { "ArticleId", "PersonaId", "Number" },
                unique: true
            );

            migrationBuilder.CreateIndex(name: "IX_Takes_PersonaId", table: "Takes", column: "PersonaId");

            migrationBuilder.CreateIndex(name: "IX_Tools_Slug", table: "Tools", column: "Slug", unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "ArticleListings");

            migrationBuilder.DropTable(name: "Categories");

            migrationBuilder.DropTable(name: "ChangeCounters");

            migrationBuilder.DropTable(name: "Changes");

            migrationBuilder.DropTable(name: "EditionTags");

            migrationBuilder.DropTable(name: "EditionTakes");

            migrationBuilder.DropTable(name: "EditionTools");

            migrationBuilder.DropTable(name: "PersonaProfiles");

            migrationBuilder.DropTable(name: "Revisions");

            migrationBuilder.DropTable(name: "SearchDocuments");

            migrationBuilder.DropTable(name: "Sources");

            migrationBuilder.DropTable(name: "TakeListings");

            migrationBuilder.DropTable(name: "Tags");

            migrationBuilder.DropTable(name: "Takes");

            migrationBuilder.DropTable(name: "Editions");

            migrationBuilder.DropTable(name: "Tools");

            migrationBuilder.DropTable(name: "Personas");

            migrationBuilder.DropTable(name: "Articles");
        }
    }
}
