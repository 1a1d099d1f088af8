using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class SlugFollowsHeadline : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "SlugFollowsHeadline",
                table: "Articles",
                type: "INTEGER",
                nullable: false,
                defaultValue: false
            );

            // Nobody has chosen these: they stand for a headline that was not written yet.
            migrationBuilder.Sql(
                """
                UPDATE "Articles" SET "SlugFollowsHeadline" = 1
                WHERE "FirstPublishedAt" IS NULL AND "ScheduledAt" IS NULL
                    AND ("Slug" = 'untitled' OR "Slug" GLOB 'untitled-[0-9]*');
                """
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(name: "SlugFollowsHeadline", table: "Articles");
        }
    }
}
