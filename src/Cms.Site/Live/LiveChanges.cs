using System.Net;
using System.Threading.Channels;

namespace Cms.Site.Live;

/// <summary>Reads the API's change log while pages listen, and passes every change to them.</summary>
public sealed partial class LiveChanges(CmsApi api, SiteSettings settings, TimeProvider clock, ILogger<LiveChanges> log)
    : BackgroundService
{
    private const int PageSize = 100;
    private const int MaxMissedPages = 5;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    private readonly LiveListeners _listeners = new(settings.Live);

    // Holds a value while a page may listen that nobody reads for yet.
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );
    private readonly SemaphoreSlim _catchingUp = new(4, 4);
    private string? _cursor;

    /// <summary>The cursor of the last change; null if the log has not been read yet.</summary>
    public string? Cursor => Volatile.Read(ref _cursor);

    /// <summary>Adds a page that listens, unless there are too many.</summary>
    /// <param name="reader">The address of the reader.</param>
    public LiveEntry Listen(IPAddress? reader)
    {
        var entry = _listeners.Enter(reader);
        if (entry.Listener is not null)
        {
            _wake.Writer.TryWrite(true);
        }

        return entry;
    }

    /// <summary>Removes a page that listened.</summary>
    public void Leave(LiveListener listener) => _listeners.Leave(listener);

    /// <summary>Returns what happened after the last change that a browser saw; null if it cannot be read now.</summary>
    public async Task<IReadOnlyList<LiveEvent>?> SinceAsync(string cursor, CancellationToken cancellationToken)
    {
        // Browsers that come back at the same time must not ask the API all at once.
        await _catchingUp.WaitAsync(cancellationToken);
        try
        {
            List<LiveEvent> missed = [];
            for (var pages = 0; pages < MaxMissedPages; pages++)
            {
                var page = await ReadAsync(cursor, PageSize, cancellationToken);
                missed.AddRange(page.Events);
                if (!page.HasNextPage)
                {
                    break;
                }

                cursor = page.EndCursor;
            }

            return missed;
        }
        catch (UnknownCursorException)
        {
            // The cursor is of another database, or nobody ever had it.
            return [];
        }
        catch (ApiUnavailableException failure)
        {
            LogUnread(failure.Message);
            return null;
        }
        finally
        {
            _catchingUp.Release();
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _catchingUp.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await _wake.Reader.ReadAsync(stoppingToken);
                await FollowAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops. The endpoint ends the streams.
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        var hasFailed = false;
        while (!_listeners.IsEmpty)
        {
            try
            {
                await PollAsync(cancellationToken);
                hasFailed = false;
            }
            catch (UnknownCursorException)
            {
                // The database was restored: begin at the end of its log.
                Volatile.Write(ref _cursor, null);
            }
            catch (Exception failure)
                when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                // A failure must not stop the server. Open pages only learn of changes later.
                if (!hasFailed)
                {
                    LogUnread(failure.Message);
                }

                hasFailed = true;
            }

            await Task.Delay(hasFailed ? AfterFailure : Interval, clock, cancellationToken);
        }

        // The next listener starts at the end of the log and asks for what it missed.
        Volatile.Write(ref _cursor, null);
    }

    private async Task PollAsync(CancellationToken cancellationToken)
    {
        if (Cursor is not { } cursor)
        {
            Volatile.Write(ref _cursor, (await ReadAsync(null, 1, cancellationToken)).Latest);
            return;
        }

        var page = await ReadAsync(cursor, PageSize, cancellationToken);
        foreach (var change in page.Events)
        {
            _listeners.Tell(change);
        }

        Volatile.Write(ref _cursor, page.EndCursor);
    }

    private async Task<ChangesPage> ReadAsync(string? after, int first, CancellationToken cancellationToken) =>
        (
            await api.QueryAsync<ChangesData>(
                "SiteChanges",
                new { after, first },
                new Caller(),
                known: null,
                cancellationToken
            )
        )
            .Data
            .Changes;

    [LoggerMessage(LogLevel.Warning, "The change log cannot be read, so open pages do not show new changes: {Problem}")]
    private partial void LogUnread(string problem);
}
