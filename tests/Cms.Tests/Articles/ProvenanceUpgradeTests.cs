using Cms.Articles.Drafting;
using Cms.Articles.Preview;
using Cms.People;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Xunit;

namespace Cms.Tests.Articles;

/// <summary>Upgrades a database from a version that did not record who edited a text and who created a link.</summary>
public sealed class ProvenanceUpgradeTests(SqliteTestDatabase database)
    : DatabaseSuite(database),
        IClassFixture<SqliteTestDatabase>
{
    [Fact]
    public async Task An_upgrade_takes_the_editor_from_the_drafter_and_ends_links_of_unknown_creators()
    {
        var article = Newsroom.Value(
            await Database
                .Get<CreateArticle>()
                .Handle(
                    new CreateArticleInput
                    {
                        Content = Newsroom.Story(),
                        DraftedWith = new DraftedWith { Model = "Quill", Version = "4" },
                    },
                    Newsroom.Erin,
                    default
                )
        );
        await Newsroom.SaveAsync(article.Id, Newsroom.Story("Edited"));
        Newsroom.Value(
            await Database
                .Get<CreatePreviewLink>()
                .Handle(new CreatePreviewLinkInput { Article = article.Id }, Newsroom.Erin, default)
        );

        await using var db = await OpenAsync();
        var migrator = db.GetService<IMigrator>();
        var all = db.Database.GetMigrations().ToList();
        var here = all.FindIndex(id => id.EndsWith("_PeopleOfTexts", StringComparison.Ordinal));
        await migrator.MigrateAsync(all[here - 1]);
        await migrator.MigrateAsync();

        Assert.Equal([null, "Erin"], await db.Revisions.OrderBy(r => r.Number).Select(r => r.EditedBy).ToListAsync());
        Assert.Empty(await db.PreviewLinks.ToListAsync());
    }
}
