using System.Collections.Concurrent;
using System.Collections.Frozen;
using Cms.Data;
using Cms.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Cms.Access;

/// <summary>
/// The blocked people and applications. A block by this process takes effect immediately, and a block by a different
/// process within <see cref="Poll" />. Blocks apply to new requests and to open connections.
/// </summary>
public sealed partial class BlockList(
    IDbContextFactory<CmsDbContext> databases,
    DatabaseAvailability availability,
    TimeProvider clock,
    ILogger<BlockList> log
) : IAsyncDisposable
{
    /// <summary>The maximum delay before a block made by another process takes effect.</summary>
    public static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _reading = new(1);
    private readonly ConcurrentDictionary<Watcher, byte> _watchers = [];
    private readonly Lock _gate = new();
    private volatile Seen? _seen;
    private ITimer? _poll;

    // Whether the last poll failed. A lasting failure is logged only once.
    private bool _isUnread;

    /// <summary>
    /// Returns whether a person is blocked. Reads the list again if it is older than <see cref="Poll" />.
    /// </summary>
    /// <exception cref="DatabaseUnavailableException">The list cannot be read.</exception>
    public async ValueTask<bool> HasAsync(PersonKey person, CancellationToken cancellationToken)
    {
        if (_seen is { } seen && clock.GetElapsedTime(seen.At) < Poll)
        {
            return seen.People.Contains(person);
        }

        var read = await availability.RunAsync(token => ReadAsync(isForced: false, token), cancellationToken);
        return read.People.Contains(person);
    }

    /// <summary>
    /// Calls <paramref name="blocked" /> once, when the person is blocked or if they already are. Dispose of the result
    /// to stop watching.
    /// </summary>
    public IDisposable Watch(PersonKey person, Action blocked)
    {
        lock (_gate)
        {
            _poll ??= clock.CreateTimer(_ => _ = PollAsync(), null, Poll, Poll);
        }

        var watcher = new Watcher(person, blocked, _watchers);
        _watchers.TryAdd(watcher, 0);

        // The person may have been blocked after the request was admitted.
        Notify(watcher);
        return watcher;
    }

    /// <summary>Reads the list again and notifies the watchers of blocked people.</summary>
    public Task RefreshAsync(CancellationToken cancellationToken) => ReadAsync(isForced: true, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_poll is { } poll)
        {
            await poll.DisposeAsync();
        }

        await _reading.WaitAsync();
        _reading.Dispose();
    }

    private async Task PollAsync()
    {
        if (_watchers.IsEmpty)
        {
            return;
        }

        try
        {
            await availability.RunAsync(token => ReadAsync(isForced: true, token), CancellationToken.None);
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

    private async Task<Seen> ReadAsync(bool isForced, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        Seen seen;
        try
        {
            if (!isForced && _seen is { } known && clock.GetElapsedTime(known.At) < Poll)
            {
                return known;
            }

            var at = clock.GetTimestamp();
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            var people = await db
                .BlockedPeople.AsNoTracking()
                .OrderBy(person => person.TenantId)
                .ThenBy(person => person.ObjectId)
                .Select(person => new { person.TenantId, person.ObjectId })
                .ToListAsync(cancellationToken);
            seen = new Seen(people.Select(p => new PersonKey(p.TenantId, p.ObjectId)).ToFrozenSet(), at);
            _seen = seen;
        }
        finally
        {
            _reading.Release();
        }

        foreach (var watcher in _watchers.Keys)
        {
            Notify(watcher);
        }

        return seen;
    }

    private void Notify(Watcher watcher)
    {
        if (_seen is { } seen && seen.People.Contains(watcher.Person) && _watchers.TryRemove(watcher, out _))
        {
            watcher.Blocked();
        }
    }

    [LoggerMessage(LogLevel.Error, "The block list cannot be read; connections of blocked people may stay open")]
    private partial void LogUnread(Exception fault);

    private sealed record Seen(FrozenSet<PersonKey> People, long At);

    private sealed class Watcher(PersonKey person, Action blocked, ConcurrentDictionary<Watcher, byte> watchers)
        : IDisposable
    {
        public PersonKey Person => person;

        public Action Blocked => blocked;

        public void Dispose() => watchers.TryRemove(this, out _);
    }
}
