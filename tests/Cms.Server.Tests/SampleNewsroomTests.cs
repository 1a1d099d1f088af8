using Cms.Articles;
using Cms.Data;
using Cms.Panel;
using Cms.Panel.Drafting;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Cms.Server.Tests;

[Needs("server")]
public sealed class SampleNewsroomTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-sample-test-");
    private readonly LogCapture _log = new();
    private ServerDatabase _database = null!;
    private WebApplication _app = null!;

    public async Task InitializeAsync()
    {
        _database = await ServerDatabase.CreateAsync(_folder.FullName);
        _app = CmsHost.Build(
            [.. _database.Arguments, "--Cms:SampleNewsroom=true"],
            services => services.AddSingleton<ILoggerProvider>(_log)
        );
        await _database.PrepareAsync(_app.Services);
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Edits_to_the_sample_newsroom_survive_the_next_start()
    {
        await FillAsync();
        await using var db = await OpenAsync();
        var skeptic = await db.Personas.AsNoTracking().SingleAsync(p => p.Slug == "the-skeptic");
        var fields = new PersonaFields
        {
            Profile = skeptic.Profile with { Lens = "Second Look" },
            Order = skeptic.Order,
        };
        await _app
            .Services.GetRequiredService<EditPersona>()
            .Handle(
                new EditPersonaInput { Id = skeptic.Id, Edit = _ => fields },
                Newsroom.Erin,
                CancellationToken.None
            );

        await FillAsync();

        Assert.Equal(
            "Second Look",
            await db.Personas.Where(p => p.Slug == "the-skeptic").Select(p => p.Profile.Lens).SingleAsync()
        );
        Assert.Equal(26, await db.Articles.CountAsync());
        Assert.Single(
            _log.Entries,
            entry =>
                entry.Message.StartsWith(
                    "Imported the sample newsroom: 26 articles, 4 authors, ",
                    StringComparison.Ordinal
                ) && entry.Message.EndsWith(" images, 4 personas, 12 tools.", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_sample_is_not_added_to_a_newsroom_that_has_other_articles()
    {
        await using var db = await OpenAsync();
        db.Add(
            new Article
            {
                Id = new ArticleId(Guid.CreateVersion7()),
                Slug = "own",
                ImportId = "feed-1",
                CreatedAt = DateTimeOffset.UnixEpoch,
            }
        );
        await db.SaveChangesAsync();

        await FillAsync();

        Assert.Equal(1, await db.Articles.CountAsync());
        Assert.Equal(0, await db.Personas.CountAsync());
    }

    private Task FillAsync() => _app.Services.GetRequiredService<SampleNewsroom>().FillAsync(CancellationToken.None);

    private Task<CmsDbContext> OpenAsync() =>
        _app.Services.GetRequiredService<IDbContextFactory<CmsDbContext>>().CreateDbContextAsync();
}
