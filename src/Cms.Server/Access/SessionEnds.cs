using System.Collections.Concurrent;
using Cms.Access;
using Cms.Data;
using Microsoft.EntityFrameworkCore;

namespace Cms.Server.Access;

/// <summary>
/// Notifies open connections when their browser session ends: immediately if it ends on this server, or within
/// <see cref="BlockList.Poll" /> if it ends on another server.
/// </summary>
internal sealed partial class SessionEnds(
    IDbContextFactory<CmsDbContext> databases,
    DatabaseAvailability availability,
    TimeProvider clock,
    ILogger<SessionEnds> log
) : IAsyncDisposable
{
    // The maximum number of sessions per query.
    private const int MaxBatch = 500;

    private readonly ConcurrentDictionary<Watcher, byte> _watchers = [];
    private readonly Lock _gate = new();
    private ITimer? _poll;

    // Whether the last poll failed. A failure is logged only once until a poll succeeds.
    private bool _isUnread;

    /// <summary>Calls <paramref name="ended" /> once when the session ends. Dispose the result to cancel.</summary>
    /// <param name="session">The hash that identifies the session in the database.</param>
    /// <param name="ended">Called when the session ends.</param>
    public IDisposable Watch(string session, Action ended)
    {
        lock (_gate)
        {
            _poll ??= clock.CreateTimer(_ => _ = PollAsync(), null, BlockList.Poll, BlockList.Poll);
        }

        var watcher = new Watcher(session, ended, _watchers);
        _watchers.TryAdd(watcher, 0);
        return watcher;
    }

    /// <summary>Notifies the connections of a session that has ended.</summary>
    public void Tell(string session)
    {
        foreach (var watcher in _watchers.Keys.Where(watcher => watcher.Session == session))
        {
            if (_watchers.TryRemove(watcher, out _))
            {
                watcher.Ended();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_poll is { } poll)
        {
            await poll.DisposeAsync();
        }
    }

    private async Task PollAsync()
    {
        try
        {
            var sessions = _watchers.Keys.Select(watcher => watcher.Session).Distinct(StringComparer.Ordinal);
            foreach (var some in sessions.Chunk(MaxBatch))
            {
                var hashes = some.ToList();
                var existing = await availability.RunAsync(
                    token => FindExistingAsync(hashes, token),
                    CancellationToken.None
                );
                hashes.Except(existing, StringComparer.Ordinal).ToList().ForEach(Tell);
            }

            _isUnread = false;
        }
        catch (Exception fault) when (fault is not ObjectDisposedException)
        {
            if (!_isUnread)
            {
                LogUnread(fault);
            }

            _isUnread = true;
            availability.Suspect();
        }
        catch (ObjectDisposedException)
        {
            // The server has stopped.
        }
    }

    private async Task<List<string>> FindExistingAsync(List<string> hashes, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db
            .BrowserSessions.Where(session => hashes.Contains(session.Hash))
            .Select(session => session.Hash)
            .ToListAsync(cancellationToken);
    }

    [LoggerMessage(LogLevel.Error, "The sessions cannot be read; connections of ended sessions can stay open")]
    private partial void LogUnread(Exception fault);

    private sealed class Watcher(string session, Action ended, ConcurrentDictionary<Watcher, byte> watchers)
        : IDisposable
    {
        public string Session => session;

        public Action Ended => ended;

        public void Dispose() => watchers.TryRemove(this, out _);
    }
}
