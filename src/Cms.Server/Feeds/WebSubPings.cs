using Cms.Articles.Reading;
using Cms.Changes;

namespace Cms.Server.Feeds;

/// <summary>
/// Tells the WebSub hub which feeds have changed. It follows the change log from the end that it has when the server
/// starts. It collects changes for two seconds and names each feed once. While the hub does not answer, it only keeps a
/// list of the feeds, so a slow hub costs little memory and never delays the change log.
/// </summary>
internal sealed partial class WebSubPings(
    ChangeFeed changes,
    ReadFacets facets,
    WebSubHub hub,
    string origin,
    TimeProvider clock,
    ILogger<WebSubPings> log
) : BackgroundService
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    // The pauses before the hub is asked again. After the last one, it learns of the feeds with the next change.
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(10),
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
    ];

    private readonly ChangedFeeds _changed = new();
    private readonly SemaphoreSlim _wake = new(0, 1);
    private bool _isFailing;

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(FollowAsync(stoppingToken), TellAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        long? after = null;
        var isFailing = false;
        while (true)
        {
            try
            {
                await changes.StartAsync(cancellationToken);

                // A database that was restored has a shorter log.
                if (changes.Tail is { } tail)
                {
                    after = after < tail ? after : tail;
                    await foreach (var seen in changes.FollowAsync(after.Value, cancellationToken))
                    {
                        (after, isFailing) = (seen.Change.Seq, false);
                        if (_changed.Add(seen))
                        {
                            Wake();
                        }
                    }
                }
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                // A failure must not stop the server. The changes are read when the database answers again.
                if (!isFailing)
                {
                    LogUnread(fault.Message);
                }

                isFailing = true;
            }

            await Task.Delay(Pauses[0], clock, cancellationToken);
        }
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        HashSet<string> due = new(StringComparer.Ordinal);
        for (var failures = 0; ; )
        {
            if (failures == 0)
            {
                await _wake.WaitAsync(cancellationToken);
            }

            await Task.Delay(failures == 0 ? Window : Pauses[failures - 1], clock, cancellationToken);
            try
            {
                due.UnionWith(await UrlsAsync(cancellationToken));
                await TellAsync(due, cancellationToken);
                (failures, _isFailing) = (0, false);
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                if (!_isFailing)
                {
                    LogFailing(fault.Message);
                }

                _isFailing = true;
                failures++;
                if (failures > Pauses.Length)
                {
                    failures = 0;
                    due.Clear();
                }
            }
        }
    }

    // Removes each feed that the hub has heard of.
    private async Task TellAsync(HashSet<string> due, CancellationToken cancellationToken)
    {
        foreach (var url in due.ToList())
        {
            await hub.TellAsync(url, cancellationToken);
            due.Remove(url);
        }
    }

    private async Task<IEnumerable<string>> UrlsAsync(CancellationToken cancellationToken)
    {
        var lists = _changed.Take();
        try
        {
            var named = await facets.Handle([.. lists.Select(list => list.Facet).Distinct()], cancellationToken);
            return ChangedFeeds.PathsOf(lists, named).Select(path => origin + path);
        }
        catch
        {
            _changed.PutBack(lists);
            throw;
        }
    }

    private void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is already awake.
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "The WebSub hub does not accept news of changed feeds: {Problem} The server tries again later; until then, feed readers see the changes when they read the feeds"
    )]
    private partial void LogFailing(string problem);

    [LoggerMessage(
        LogLevel.Warning,
        "The change log cannot be read, so the WebSub hub learns of changes later: {Problem}"
    )]
    private partial void LogUnread(string problem);
}

/// <summary>Adds the WebSub hub to the server.</summary>
internal static class WebSub
{
    /// <param name="services">The services of the server.</param>
    /// <param name="hub">The address of the hub.</param>
    /// <param name="origin">The public address of the site, without a trailing slash.</param>
    public static IServiceCollection AddWebSub(this IServiceCollection services, Uri hub, string origin) =>
        services
            .AddSingleton(provider => new WebSubHub(hub, provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<WebSubPings>(provider, origin));
}
