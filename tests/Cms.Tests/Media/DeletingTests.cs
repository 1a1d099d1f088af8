using System.Collections.Concurrent;
using System.Data.Common;
using Cms.Articles;
using Cms.Articles.Drafting;
using Cms.Articles.Publishing;
using Cms.Data;
using Cms.GraphQL;
using Cms.Media;
using Cms.Media.Library;
using Cms.Panel;
using Cms.Panel.Drafting;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.Media;

/// <summary>Deletes an image while another change starts to use it.</summary>
public abstract class DeletingTests(TestDatabase database) : DatabaseSuite(database)
{
    private const int Rounds = 8;

    [SkippableFact]
    public async Task Either_the_deletion_of_an_image_or_a_concurrent_save_that_shows_it_is_rejected()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var (image, draft) = (await Newsroom.ImageAsync(), await Newsroom.DraftAsync());

            var saving = Task.Run(() => SaveAsync(Database.Services, draft.Id, image.Id));
            var deleting = Task.Run(() => DeleteAsync(Database.Services, image.Id));

            await AssertOneIsRejectedAsync(image.Id, await saving, await deleting);
        }
    }

    [SkippableFact]
    public async Task Either_the_deletion_of_an_image_or_a_concurrent_persona_that_shows_it_is_rejected()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var image = await Newsroom.ImageAsync();

            var creating = Task.Run(() => CreateAsync(Database.Services, $"Round {round}", image.Id));
            var deleting = Task.Run(() => DeleteAsync(Database.Services, image.Id));

            await AssertOneIsRejectedAsync(image.Id, await creating, await deleting);
        }
    }

    [SkippableFact]
    public async Task An_image_cannot_be_deleted_while_a_story_that_shows_it_is_being_published()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var image = await Newsroom.ImageAsync();
            var draft = await Newsroom.DraftAsync();
            await SaveAsync(Database.Services, draft.Id, image.Id);

            var publishing = Task.Run(() => PublishAsync(draft.Id));
            var deleting = Task.Run(() => DeleteAsync(Database.Services, image.Id));

            Assert.False((await publishing).IsRefused);
            Assert.IsType<MediaInUse>(Assert.Single((await deleting).Errors));
        }
    }

    [SkippableFact]
    public async Task Showing_or_deleting_an_image_locks_its_row_before_reading_it()
    {
        var (image, other, draft) = (
            await Newsroom.ImageAsync(),
            await Newsroom.ImageAsync("oxbow.png"),
            await Newsroom.DraftAsync()
        );
        var log = new Statements();
        await using var services = await Database.BuildAsync(more =>
            more.ConfigureDbContext<CmsDbContext>(options => options.AddInterceptors(log))
        );

        Assert.False((await SaveAsync(services, draft.Id, image.Id)).IsRefused);
        AssertLockedFirst(log.Take());
        Assert.False(
            (
                await services
                    .GetRequiredService<PublishArticle>()
                    .Handle(new PublishArticleInput { Id = draft.Id }, Newsroom.Erin, default)
            ).IsRefused
        );
        AssertLockedFirst(log.Take());
        Assert.False((await CreateAsync(services, "Held", image.Id)).IsRefused);
        AssertLockedFirst(log.Take());
        Assert.False((await DeleteAsync(services, other.Id)).IsRefused);
        AssertLockedFirst(log.Take());
    }

    private static void AssertLockedFirst(List<string> statements)
    {
        var first = statements.First(statement =>
            statement.Contains("MediaAssets", StringComparison.Ordinal)
            || statement.Contains("MediaUses", StringComparison.Ordinal)
        );
        Assert.StartsWith("UPDATE", first, StringComparison.Ordinal);
        Assert.Contains("Holds", first, StringComparison.Ordinal);
    }

    private async Task AssertOneIsRejectedAsync<T>(MediaId image, Result<T> shown, Result<MediaAsset> deleted)
    {
        await using var db = await OpenAsync();
        var isUsed = await db.MediaUses.AnyAsync(use => use.MediaId == image);
        var isThere = await db.MediaAssets.AnyAsync(asset => asset.Id == image && asset.DeletedAt == null);
        Assert.NotEqual(shown.IsRefused, deleted.IsRefused);
        Assert.Equal((!shown.IsRefused, !shown.IsRefused), (isUsed, isThere));
        if (shown.IsRefused)
        {
            Assert.Equal(image, Refusal<MediaNotFound>(shown.Errors).MediaId);
        }
        else
        {
            Assert.Equal(image, Refusal<MediaInUse>(deleted.Errors).MediaId);
        }
    }

    private static Task<Result<Article>> SaveAsync(IServiceProvider services, ArticleId id, MediaId image) =>
        services
            .GetRequiredService<SaveArticle>()
            .Handle(
                new SaveArticleInput { Id = id, Edit = _ => Newsroom.Story() with { HeroImageId = image } },
                Newsroom.Erin,
                default
            );

    private static Task<Result<Persona>> CreateAsync(IServiceProvider services, string name, MediaId avatar) =>
        services
            .GetRequiredService<CreatePersona>()
            .Handle(
                new CreatePersonaInput
                {
                    Fields = new PersonaFields
                    {
                        Profile = new PersonaProfile { Name = name, Lens = "Developer Perspective" },
                        Order = 1,
                        Avatar = avatar,
                    },
                },
                Newsroom.Erin,
                default
            );

    private static Task<Result<MediaAsset>> DeleteAsync(IServiceProvider services, MediaId id) =>
        services.GetRequiredService<DeleteMedia>().Handle(new DeleteMediaInput { Id = id }, Newsroom.Erin, default);

    private sealed class Statements : DbCommandInterceptor
    {
        private readonly ConcurrentQueue<string> _sent = [];

        public List<string> Take()
        {
            var sent = _sent.ToList();
            _sent.Clear();
            return sent;
        }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default
        )
        {
            _sent.Enqueue(command.CommandText);
            return new(result);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<int> result,
            CancellationToken cancellationToken = default
        )
        {
            _sent.Enqueue(command.CommandText);
            return new(result);
        }
    }
}

public sealed class DeletingTests_Sqlite(SqliteTestDatabase database)
    : DeletingTests(database),
        IClassFixture<SqliteTestDatabase>;

public sealed class DeletingTests_SqlServer(SqlServerTestDatabase database)
    : DeletingTests(database),
        IClassFixture<SqlServerTestDatabase>;
