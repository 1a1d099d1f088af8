using Cms.Articles;
using Cms.Articles.Publishing;
using Cms.Body;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.References;
using Cms.Taxonomy;
using Cms.Testing;
using Cms.Tools;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Xunit;

namespace Cms.Tests.Taxonomy;

/// <summary>Upgrades a database from a version that did not record what uses articles and terms.</summary>
public sealed class ReferenceUpgradeTests(SqliteTestDatabase database)
    : DatabaseSuite(database),
        IClassFixture<SqliteTestDatabase>
{
    [Fact]
    public async Task An_upgrade_records_what_uses_articles_and_terms()
    {
        var target = await Newsroom.PublishedAsync();
        var published = await Newsroom.PublishedAsync(await StoryWithTermsAsync("of a published story"));
        await Newsroom.SaveAsync(published.Id, Mentioning(target.Id));
        await Newsroom.PublishAsync(published.Id);
        await Newsroom.SaveAsync(published.Id, await StoryWithTermsAsync("of a working copy"));
        var planned = await Newsroom.DraftAsync(await StoryWithTermsAsync("of a scheduled story"));
        Newsroom.Value(await ScheduleAsync(planned.Id, Database.Clock.GetUtcNow().AddDays(1)));
        await ToolAsync("With a tag", await TagAsync("of a tool"));
        var gone = await Newsroom.PublishedAsync();
        Newsroom.Value(
            await Database
                .Get<WithdrawArticle>()
                .Handle(
                    new WithdrawArticleInput
                    {
                        Id = gone.Id,
                        Reason = "It was wrong.",
                        Successor = target.Id,
                    },
                    Newsroom.Erin,
                    default
                )
        );
        var before = await ReferencesAsync();

        await using (var db = await OpenAsync())
        {
            var migrator = db.GetService<IMigrator>();
            var all = db.Database.GetMigrations().ToList();
            var here = all.FindIndex(id => id.EndsWith("_Desk", StringComparison.Ordinal));
            await migrator.MigrateAsync(all[here - 1]);
            await migrator.MigrateAsync();
            Assert.All(await db.Tags.ToListAsync(), tag => Assert.Equal("Import", tag.UpdatedBy));
        }

        Assert.Contains(UsageKind.Article, before.Select(reference => reference.Kind));
        Assert.Contains(UsageKind.Notice, before.Select(reference => reference.Kind));
        Assert.Equal(before, await ReferencesAsync());
    }

    private async Task<HashSet<(SubjectId Target, UsageKind Kind, SubjectId User)>> ReferencesAsync()
    {
        await using var db = await OpenAsync();
        return (await db.References.AsNoTracking().ToListAsync())
            .Select(reference => (reference.TargetId, reference.Kind, reference.UserId))
            .ToHashSet();
    }

    private static ArticleContent Mentioning(ArticleId article) =>
        Newsroom
            .Story()
            .WithBody(
                Newsroom.Value(
                    RichText.Parse(
                        $$$"""{"type":"doc","attrs":{"schemaVersion":1},"content":[{"type":"paragraph","attrs":{"id":"b0"},"content":[{"type":"text","text":"Read about it."}]},{"type":"embed","attrs":{"id":"b1","kind":"article","target":"{{{article}}}"}}]}"""
                    )
                )
            );

    private async Task<ArticleContent> StoryWithTermsAsync(string name)
    {
        var slug = name.Replace(' ', '-');
        var (category, source) = (
            new Category
            {
                Id = CategoryId.New(),
                Slug = slug,
                Name = name,
            },
            new Source
            {
                Id = SourceId.New(),
                Slug = slug,
                Name = name,
            }
        );
        await AddAsync(category, source);
        return Newsroom.Story() with { CategoryId = category.Id, SourceId = source.Id, Tags = [await TagAsync(name)] };
    }

    private async Task<TagId> TagAsync(string name)
    {
        var tag = new Tag
        {
            Id = TagId.New(),
            Slug = name.Replace(' ', '-'),
            Name = name,
        };
        await AddAsync(tag);
        return tag.Id;
    }

    private async Task<ToolId> ToolAsync(string name, TagId tag) =>
        Newsroom
            .Value(
                await Database
                    .Get<CreateTool>()
                    .Handle(
                        new CreateToolInput
                        {
                            Fields = new ToolFields { Name = name, Tags = [tag] },
                        },
                        Newsroom.Erin,
                        default
                    )
            )
            .Id;
}
