using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class PublishGate : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "ApproverKey",
                table: "Revisions",
                type: "binary(32)",
                fixedLength: true,
                maxLength: 32,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "Acknowledged",
                table: "Editions",
                type: "nvarchar(1000)",
                maxLength: 1000,
                nullable: false,
                defaultValue: ""
            );

            migrationBuilder.AddColumn<string>(
                name: "ScheduleAcknowledged",
                table: "Articles",
                type: "nvarchar(1000)",
                maxLength: 1000,
                nullable: false,
                defaultValue: ""
            );

            // Articles that are already scheduled were scheduled before there were warnings.
            migrationBuilder.Sql(
                "UPDATE [Articles] SET [ScheduleAcknowledged] = 'Category SourceLink HeroImage EmbeddedArticles PanelQuorum OpenComments BodyLength SeoTitle' WHERE [ScheduledAt] IS NOT NULL;"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(name: "ApproverKey", table: "Revisions");

            migrationBuilder.DropColumn(name: "Acknowledged", table: "Editions");

            migrationBuilder.DropColumn(name: "ScheduleAcknowledged", table: "Articles");
        }
    }
}
