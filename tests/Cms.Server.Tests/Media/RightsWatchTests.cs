using Cms.Changes;
using Cms.Data;
using Cms.Media.Rights;
using Cms.People;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cms.Server.Tests.Media;

/// <summary>Tests that the rights in an image end at the configured time.</summary>
[Needs("server")]
public sealed class RightsWatchTests
{
    private static readonly Viewer Editor = new()
    {
        Kind = ViewerKind.Person,
        Key = new(Guid.CreateVersion7(), Guid.CreateVersion7()),
        Name = "Erin",
        Role = Role.Editor,
    };

    [Fact]
    public async Task When_its_rights_end_an_image_disappears_from_public_answers()
    {
        const string query = """{ article(slug: "the-disk-said-yes") { heroImage { mediaId } } }""";
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));
        await using var server = new NewsroomServer
        {
            IsClockInThePast = true,
            IsClockDriven = true,
            More = services => services.AddSingleton<TimeProvider>(clock),
        };
        await server.InitializeAsync();
        var feed = server.Services.GetRequiredService<ChangeFeed>();
        await feed.StartAsync(CancellationToken.None);
        await using var db = await server
            .Services.GetRequiredService<IDbContextFactory<CmsDbContext>>()
            .CreateDbContextAsync();
        var image = await db.MediaAssets.AsNoTracking().SingleAsync(a => a.FileName == "the-disk-said-yes.webp");
        await server
            .Services.GetRequiredService<SaveMediaRights>()
            .Handle(
                new SaveMediaRightsInput
                {
                    Id = image.Id,
                    CreditLine = "Rui Alves",
                    ExpiresAt = clock.GetUtcNow().AddMinutes(10),
                },
                Editor.ToActor(),
                CancellationToken.None
            );
        var before = await server.QueryAsync(query);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var expiry = FirstAsync(feed, ChangeKind.MediaExpired, feed.Tail!.Value, patience.Token);

        // Advances the clock in steps until the rights end, because the watch can start to wait at any time.
        while (!expiry.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(30));
            await Task.Yield();
        }

        var change = await expiry;
        var after = await server.QueryAsync(query);
        Assert.Equal(image.Id.ToString(), (string?)before["data"]!["article"]!["heroImage"]!["mediaId"]);
        Assert.Equal(image.Id.Value, change.SubjectId.Value);
        Assert.True(change.OccurredAt >= new DateTimeOffset(2026, 12, 1, 0, 10, 0, TimeSpan.Zero));
        Assert.Null(after["data"]!["article"]!["heroImage"]);
    }

    private static async Task<Change> FirstAsync(
        ChangeFeed feed,
        ChangeKind kind,
        long after,
        CancellationToken cancellationToken
    )
    {
        await foreach (var seen in feed.FollowAsync(after, cancellationToken))
        {
            if (seen.Change.Kind == kind)
            {
                return seen.Change;
            }
        }

        throw new InvalidOperationException("The log ended.");
    }
}
