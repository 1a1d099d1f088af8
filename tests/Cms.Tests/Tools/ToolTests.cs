using Cms.Articles;
using Cms.Changes;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Cms.Reading;
using Cms.Taxonomy;
using Cms.Testing;
using Cms.Tools;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Tools;

public abstract class ToolTests(TestDatabase database) : DatabaseSuite(database)
{
    [SkippableFact]
    public async Task A_tool_gets_its_slug_from_its_name_and_precedes_its_first_story_in_the_change_log()
    {
        var tool = await Newsroom.PublicToolAsync("Løvtræ 2");

        await using var db = await OpenAsync();
        var change = await db.Changes.OrderByDescending(c => c.Seq).Skip(1).FirstAsync();
        Assert.Equal("lovtrae-2", tool.Slug);
        Assert.Equal((ChangeKind.ToolChanged, SubjectId.Of(tool.Id)), (change.Kind, change.SubjectId));
    }

    [SkippableFact]
    public async Task An_edit_saves_every_field_and_an_edit_without_changes_is_not_logged()
    {
        var tag = TagId.New();
        await AddAsync(
            new Tag
            {
                Id = tag,
                Slug = "databases",
                Name = "Databases",
            }
        );
        var tool = await Newsroom.PublicToolAsync("Editable");
        var fields = new ToolFields
        {
            Name = "Edited",
            Maker = "Lantern Labs",
            Kind = ToolKind.Library,
            Url = "https://lantern.example/",
            Summary = "Keeps things.",
            Tags = [tag],
        };
        await using var db = await OpenAsync();
        var last = await db.Changes.MaxAsync(c => c.Seq);

        var edited = Newsroom.Value(await EditAsync(tool.Id, fields));
        var again = Newsroom.Value(await EditAsync(tool.Id, fields with { Tags = [tag], Slug = "editable" }));

        // One change is about the tool, and one is about its new tag.
        Assert.Equal(last + 2, await db.Changes.MaxAsync(c => c.Seq));
        Assert.Equal((2, "editable"), (again.Version, again.Slug));
        Assert.Equal(
            (fields.Name, fields.Maker, fields.Kind, fields.Url, fields.Summary),
            (edited.Name, edited.Maker, edited.Kind, edited.Url, edited.Summary)
        );
        Assert.Equal([tag], (await db.Tools.SingleAsync(t => t.Id == tool.Id)).Tags);
    }

    [SkippableFact]
    public async Task The_slug_of_a_tool_is_permanent_and_unique()
    {
        var tool = await Newsroom.ToolAsync("Unique");

        var moved = await EditAsync(tool.Id, new ToolFields { Name = "Unique", Slug = "elsewhere" });
        var twin = await CreateAsync(new ToolFields { Name = "Unique" });

        Assert.Equal(["slug"], Refusal<ToolSlugFixed>(moved.Errors).Path);
        Assert.Equal("unique", Refusal<ToolSlugTaken>(twin.Errors).Slug);
    }

    [SkippableFact]
    public async Task All_invalid_fields_of_a_tool_are_reported_together()
    {
        var tool = await Newsroom.ToolAsync("Faultless");
        var fields = new ToolFields
        {
            Name = "",
            Slug = "No Slug",
            Url = "javascript:alert(1)",
            Maker = new string('m', 121),
            Summary = new string('s', 1001),
        };
        string[] expected =
        [
            "ToolNameRequired at name",
            "SlugMalformed at slug",
            "UrlMalformed at url",
            "TextTooLong at maker",
            "TextTooLong at summary",
        ];
        var crowded = new ToolFields
        {
            Name = new string('n', 121),
            Tags = [.. Enumerable.Repeat(0, 51).Select(_ => TagId.New())],
        };

        Assert.Equal(expected, Named((await CreateAsync(fields)).Errors));
        Assert.Equal(expected, Named((await EditAsync(tool.Id, fields)).Errors));
        Assert.Equal(["TextTooLong at name", "TooMany at tags"], Named((await CreateAsync(crowded)).Errors));
    }

    [SkippableFact]
    public async Task Tags_that_do_not_exist_are_reported()
    {
        var (tool, tag) = (await Newsroom.ToolAsync("Tagless"), TagId.New());

        var created = await CreateAsync(new ToolFields { Name = "Tagged", Tags = [tag] });
        var edited = await EditAsync(tool.Id, new ToolFields { Name = "Tagged", Tags = [tag] });

        Assert.Equal(tag, Refusal<TagNotFound>(created.Errors).TagId);
        Assert.Equal(["tags"], Refusal<TagNotFound>(edited.Errors).Path);
    }

    [SkippableFact]
    public async Task A_name_that_yields_no_slug_requires_an_explicit_slug()
    {
        var refused = await CreateAsync(new ToolFields { Name = "灯" });

        Assert.Equal(["slug"], Refusal<SlugMalformed>(refused.Errors).Path);
    }

    [SkippableFact]
    public async Task Editing_a_missing_tool_or_a_stale_version_is_rejected()
    {
        var tool = await Newsroom.ToolAsync("Versioned");
        Newsroom.Value(
            await EditAsync(tool.Id, new ToolFields { Name = "Versioned twice" }, by: Newsroom.Person("Bo"))
        );

        var stale = await EditAsync(tool.Id, new ToolFields { Name = "Stale" }, tool.Version);
        var unknown = await EditAsync(ToolId.New(), new ToolFields { Name = "Nothing" });

        var conflict = Refusal<VersionConflict>(stale.Errors);
        Assert.Equal((2, "Bo"), (conflict.CurrentVersion, conflict.ChangedBy));
        Assert.Equal(["id"], Refusal<ToolNotFound>(unknown.Errors).Path);
    }

    private Task<Result<Tool>> CreateAsync(ToolFields fields) =>
        Database.Get<CreateTool>().Handle(new CreateToolInput { Fields = fields }, Newsroom.Erin, default);

    private Task<Result<Tool>> EditAsync(ToolId id, ToolFields fields, int? expectedVersion = null, Actor? by = null) =>
        Database
            .Get<EditTool>()
            .Handle(
                new EditToolInput
                {
                    Id = id,
                    Edit = _ => fields,
                    ExpectedVersion = expectedVersion,
                },
                by ?? Newsroom.Erin,
                default
            );
}

public sealed class ToolTests_Sqlite(SqliteTestDatabase database)
    : ToolTests(database),
        IClassFixture<SqliteTestDatabase>;

public sealed class ToolTests_SqlServer(SqlServerTestDatabase database)
    : ToolTests(database),
        IClassFixture<SqlServerTestDatabase>;
