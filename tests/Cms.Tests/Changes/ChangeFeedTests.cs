using Cms.Changes;
using Cms.Data;
using Cms.GraphQL;
using Cms.People;
using Cms.Taxonomy;
using Cms.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.Changes;

/// <summary>Every follower of the change log receives every change once, in commit order.</summary>
public sealed class ChangeFeedTests(AnyTestDatabase database) : IClassFixture<AnyTestDatabase>
{
    private const int Writers = 4;
    private const int Writes = 25;
    private const int ChangesEach = 100;
    private const int All = Writers * Writes * ChangesEach;

    [Fact]
    public async Task Ten_thousand_changes_reach_a_hundred_followers_in_order_without_loss_or_repetition()
    {
        var feed = database.Get<ChangeFeed>();
        var followers = Enumerable.Range(0, 100).Select(i => Task.Run(() => FollowAsync(feed, i))).ToList();

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(WriteAsync)));

        var expected = Enumerable.Range(1, All).Select(seq => (long)seq).ToList();
        foreach (var seen in await Task.WhenAll(followers))
        {
            Assert.Equal(expected, seen);
        }
    }

    [Fact]
    public async Task A_feed_that_starts_after_its_server_stopped_follows_nothing_and_does_not_fail()
    {
        var stopped = await database.BuildAsync();
        var feed = stopped.GetRequiredService<ChangeFeed>();
        await stopped.DisposeAsync();

        await feed.StartAsync(default);
        await feed.CommittedAsync();
        database.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Null(feed.Tail);
    }

    private static async Task<List<long>> FollowAsync(ChangeFeed feed, int follower)
    {
        List<long> seen = [];
        var slow = follower % 10 == 0;
        await foreach (var (change, _, _) in feed.FollowAsync(0, CancellationToken.None))
        {
            seen.Add(change.Seq);
            if (slow && seen.Count % 100 == 0)
            {
                await Task.Yield();
            }

            if (seen.Count == All)
            {
                break;
            }
        }

        return seen;
    }

    private async Task WriteAsync()
    {
        for (var i = 0; i < Writes; i++)
        {
            var written = await database
                .Get<CmsDatabase>()
                .WriteAsync<bool>(
                    Actor.Server,
                    (db, _) =>
                    {
                        for (var n = 0; n < ChangesEach; n++)
                        {
                            db.Announce(ChangeKind.TagChanged, new TagId(Guid.CreateVersion7()));
                        }

                        return Task.FromResult<Result<bool>>(true);
                    },
                    default
                );
            Assert.False(written.IsRefused);
        }
    }
}
