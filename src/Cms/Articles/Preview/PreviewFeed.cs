using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Cms.Articles.Desk;
using Cms.Data;
using Cms.Foundation;
using Cms.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Cms.Articles.Preview;

/// <summary>
/// Follows the working copies of articles for the whole process. Private changes are not in the change log, so the
/// articles that somebody follows are compared with the database at short intervals, with a few statements for all of
/// them and one for each author. This
/// also finds the changes that other servers make. Nothing is read while nobody follows an article.
/// </summary>
public sealed partial class PreviewFeed(
    IDbContextFactory<CmsDbContext> databases,
    DatabaseAvailability availability,
    TimeProvider clock,
    ILogger<PreviewFeed> log
) : IAsyncDisposable
{
    /// <summary>The interval at which followed articles are compared.</summary>
    public static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(400);

    // SQL Server allows 2,100 parameters.
    private const int MaxBatch = 500;

    private readonly Lock _gate = new();
    private readonly HashSet<Follower> _followers = [];
    private readonly CancellationTokenSource _stopping = new();
    private Task _polling = Task.CompletedTask;
    private bool _isPolling;
    private bool _isFailing;

    /// <summary>
    /// Returns an item after each change to the article's newest revision, takes, slug or publication. Changes in quick
    /// succession can give one item. Ends when the article is deleted or put in the trash, when the link is revoked or
    /// has expired, and when the article no longer belongs to the author.
    /// </summary>
    /// <param name="article">The article.</param>
    /// <param name="link">The link with which it is previewed; null if it is on the viewer's desk.</param>
    /// <param name="author">The author whose desk has the article; null for a link and for an editor.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    internal async IAsyncEnumerable<ArticleId> FollowAsync(
        ArticleId article,
        PreviewLinkId? link,
        PersonKey? author,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var follower = new Follower(article, link, author);
        await CompareAsync([follower], cancellationToken);
        Add(follower);
        try
        {
            await foreach (var _ in follower.Changes.Reader.ReadAllAsync(cancellationToken))
            {
                yield return article;
            }
        }
        finally
        {
            Remove(follower);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        Task polling;
        lock (_gate)
        {
            polling = _polling;
        }

        // An interrupted comparison ends with an exception.
        await polling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private void Add(Follower follower)
    {
        lock (_gate)
        {
            _followers.Add(follower);
            if (!_isPolling && !_stopping.IsCancellationRequested)
            {
                _isPolling = true;
                var stop = _stopping.Token;
                _polling = Task.Run(() => PollAsync(stop), CancellationToken.None);
            }
        }
    }

    private void Remove(Follower follower)
    {
        lock (_gate)
        {
            _followers.Remove(follower);
        }
    }

    // Returns the followers; null if there are none, so that polling ends.
    private List<Follower>? Current()
    {
        lock (_gate)
        {
            _isPolling = _followers.Count > 0;
            return _isPolling ? [.. _followers] : null;
        }
    }

    private async Task PollAsync(CancellationToken stop)
    {
        while (Current() is { } followers)
        {
            try
            {
                await Task.Delay(Poll, clock, stop);
                await CompareAsync(followers, stop);
                _isFailing = false;
            }
            catch (Exception fault) when (!stop.IsCancellationRequested)
            {
                // The next comparison finds what this one missed.
                if (!_isFailing)
                {
                    LogFailed(fault);
                }

                _isFailing = true;
            }
        }
    }

    private async Task CompareAsync(List<Follower> followers, CancellationToken cancellationToken)
    {
        var states = new Dictionary<ArticleId, State>();
        foreach (var ids in followers.Select(f => f.Article).Distinct().Chunk(MaxBatch))
        {
            foreach (var state in await StatesAsync([.. ids], cancellationToken))
            {
                states.Add(state.Id, state);
            }
        }

        var links = new HashSet<PreviewLinkId>();
        foreach (var ids in followers.Select(f => f.Link).OfType<PreviewLinkId>().Distinct().Chunk(MaxBatch))
        {
            links.UnionWith(await LinksAsync([.. ids], cancellationToken));
        }

        var own = new HashSet<(PersonKey, ArticleId)>();
        foreach (var ofAuthor in followers.Where(f => f.Author is not null).GroupBy(f => f.Author!.Value))
        {
            foreach (var ids in ofAuthor.Select(f => f.Article).Distinct().Chunk(MaxBatch))
            {
                own.UnionWith(await OwnAsync(ofAuthor.Key, [.. ids], cancellationToken));
            }
        }

        foreach (var follower in followers)
        {
            var isOver =
                (follower.Link is { } link && !links.Contains(link))
                || (follower.Author is { } author && !own.Contains((author, follower.Article)));
            follower.See(isOver ? null : states.GetValueOrDefault(follower.Article));
        }
    }

    private Task<List<State>> StatesAsync(List<ArticleId> ids, CancellationToken cancellationToken) =>
        availability.RunAsync(
            async token =>
            {
                await using var db = await databases.CreateDbContextAsync(token);
                return await db
                    .Articles.AsNoTracking()
                    .Where(a => ids.Contains(a.Id) && a.TrashedAt == null)
                    .Select(a => new State(
                        a.Id,
                        a.HeadId,
                        a.LiveEditionId,
                        a.Slug,
                        db.Takes.Count(t => t.ArticleId == a.Id),
                        db.Takes.Where(t => t.ArticleId == a.Id).Sum(t => t.Version)
                    ))
                    .ToListAsync(token);
            },
            cancellationToken
        );

    private Task<List<PreviewLinkId>> LinksAsync(List<PreviewLinkId> ids, CancellationToken cancellationToken) =>
        availability.RunAsync(
            async token =>
            {
                await using var db = await databases.CreateDbContextAsync(token);
                return await db.LivePreviewLinks(clock.Now())
                    .Where(l => ids.Contains(l.Id))
                    .Select(l => l.Id)
                    .ToListAsync(token);
            },
            cancellationToken
        );

    private Task<List<(PersonKey, ArticleId)>> OwnAsync(
        PersonKey author,
        List<ArticleId> ids,
        CancellationToken cancellationToken
    ) =>
        availability.RunAsync(
            async token =>
            {
                await using var db = await databases.CreateDbContextAsync(token);
                var own = await db.ArticlesBy(author)
                    .Where(a => ids.Contains(a.Id))
                    .Select(a => a.Id)
                    .ToListAsync(token);
                return own.ConvertAll(id => (author, id));
            },
            cancellationToken
        );

    /// <summary>What the preview of an article depends on. Each save and each change to a take makes it different.</summary>
    private sealed record State(
        ArticleId Id,
        RevisionId Head,
        EditionId? LiveEdition,
        string Slug,
        int Takes,
        int TakeVersions
    );

    private sealed class Follower(ArticleId article, PreviewLinkId? link, PersonKey? author)
    {
        private State? _last;

        public ArticleId Article => article;

        public PreviewLinkId? Link => link;

        public PersonKey? Author => author;

        // One waiting item is enough: the reader then reads the newest state.
        public Channel<bool> Changes { get; } =
            Channel.CreateBounded<bool>(
                new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true }
            );

        /// <summary>Compares the state with the last one. Null ends the stream.</summary>
        public void See(State? state)
        {
            if (state is null)
            {
                Changes.Writer.TryComplete();
                return;
            }

            if (_last is not null && _last != state)
            {
                Changes.Writer.TryWrite(true);
            }

            _last = state;
        }
    }

    [LoggerMessage(LogLevel.Error, "Cannot check for changes to previewed articles; the next check tries again")]
    private partial void LogFailed(Exception fault);
}
