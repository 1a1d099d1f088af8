using Cms.Articles;
using Cms.Body;
using Cms.Changes;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Taxonomy;
using Cms.Testing;
using Cms.Tools;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Xunit;

namespace Cms.Tests.Taxonomy;

/// <summary>Upgrades a database from a version in which all terms were public.</summary>
public abstract class UpgradeTests(TestDatabase database) : DatabaseSuite(database)
{
    [SkippableFact]
    public async Task An_upgrade_publishes_exactly_the_terms_that_an_edition_has_shown()
    {
        var body = await ToolAsync("In a body", await TagAsync("of a tool in a body"));
        var about = await ToolAsync("In a list", await TagAsync("of a tool in a list"));
        var hidden = await ToolAsync("Hidden", await TagAsync("of a hidden tool"));
        var first = await Newsroom.PublishedAsync(await StoryWithTermsAsync("now") with { Tools = [about] });
        await Newsroom.PublishedAsync(Mentioning(body));
        var corrected = await Newsroom.PublishedAsync(await StoryWithTermsAsync("in the past"));
        await Newsroom.SaveAsync(corrected.Id, Newsroom.Story());
        Database.Clock.Advance(TimeSpan.FromMinutes(1));
        Newsroom.Value(await CorrectAsync(corrected.Id));
        var withdrawn = await Newsroom.PublishedAsync(await StoryWithTermsAsync("withdrawn"));
        Newsroom.Value(await WithdrawAsync(withdrawn.Id));
        await Newsroom.DraftAsync(await StoryWithTermsAsync("draft") with { Tools = [hidden] });
        await Newsroom.SaveAsync(first.Id, Mentioning(hidden));
        var unused = await TagAsync("used by nothing");
        var before = await PublicTermsAsync();

        await using (var db = await OpenAsync())
        {
            var migrator = db.GetService<IMigrator>();
            var all = db.Database.GetMigrations().ToList();
            var here = all.FindIndex(id => id.EndsWith("_FirstPublication", StringComparison.Ordinal));
            await migrator.MigrateAsync(all[here - 1]);
            await AnnounceAsync(db, ChangeKind.ToolChanged, hidden, about);
            await AnnounceAsync(db, ChangeKind.TagChanged, unused);
            await migrator.MigrateAsync();

            var announced = await db.Changes.Select(change => change.SubjectId).ToListAsync();
            Assert.DoesNotContain(SubjectId.Of(hidden), announced);
            Assert.DoesNotContain(SubjectId.Of(unused), announced);
            Assert.Contains(SubjectId.Of(about), announced);

            // Earlier versions did not record who changed a tool.
            Assert.All(await db.Tools.ToListAsync(), tool => Assert.Equal("Somebody", tool.UpdatedBy));
        }

        Assert.Equal(before, await PublicTermsAsync());
        Assert.Equal(
            [
                "category in-the-past",
                "category now",
                "category withdrawn",
                "source in-the-past",
                "source now",
                "source withdrawn",
                "tag in-the-past",
                "tag now",
                "tag of-a-tool-in-a-body",
                "tag of-a-tool-in-a-list",
                "tag withdrawn",
                "tool in-a-body",
                "tool in-a-list",
            ],
            before.Select(term => term[..term.IndexOf(" since", StringComparison.Ordinal)])
        );
    }

    // Earlier releases recorded a change when a term was created.
    private static async Task AnnounceAsync(CmsDbContext db, ChangeKind kind, params IEntityId[] subjects)
    {
        foreach (var subject in subjects)
        {
            await db.ChangeCounters.ExecuteUpdateAsync(c => c.SetProperty(x => x.Seq, x => x.Seq + 1));
            db.Changes.Add(
                new Change
                {
                    Seq = await db.ChangeCounters.Select(c => c.Seq).SingleAsync(),
                    Kind = kind,
                    SubjectId = SubjectId.Of(subject),
                    OccurredAt = DateTimeOffset.UnixEpoch,
                }
            );
            await db.SaveChangesAsync();
        }
    }

    private async Task<List<string>> PublicTermsAsync()
    {
        await using var db = await OpenAsync();
        return
        [
            .. (await db.Categories.OrderBy(c => c.Slug).ToListAsync()).SelectMany(c =>
                Public("category", c.Slug, c.FirstPublishedAt)
            ),
            .. (await db.Sources.OrderBy(s => s.Slug).ToListAsync()).SelectMany(s =>
                Public("source", s.Slug, s.FirstPublishedAt)
            ),
            .. (await db.Tags.OrderBy(t => t.Slug).ToListAsync()).SelectMany(t =>
                Public("tag", t.Slug, t.FirstPublishedAt)
            ),
            .. (await db.Tools.OrderBy(t => t.Slug).ToListAsync()).SelectMany(t =>
                Public("tool", t.Slug, t.FirstPublishedAt)
            ),
        ];
    }

    private static IEnumerable<string> Public(string kind, string slug, DateTimeOffset? since) =>
        since is { } at ? [$"{kind} {slug} since {at:O}"] : [];

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

    private static ArticleContent Mentioning(ToolId tool) =>
        Newsroom
            .Story()
            .WithBody(
                Newsroom.Value(
                    RichText.Parse(
                        $$$"""{"type":"doc","attrs":{"schemaVersion":1},"content":[{"type":"paragraph","attrs":{"id":"b0"},"content":[{"type":"text","text":"Read about it."}]},{"type":"embed","attrs":{"id":"b1","kind":"tool","target":"{{{tool}}}"}}]}"""
                    )
                )
            );
}

public sealed class UpgradeTests_Sqlite(SqliteTestDatabase database)
    : UpgradeTests(database),
        IClassFixture<SqliteTestDatabase>;

public sealed class UpgradeTests_SqlServer(SqlServerTestDatabase database)
    : UpgradeTests(database),
        IClassFixture<SqlServerTestDatabase>;
