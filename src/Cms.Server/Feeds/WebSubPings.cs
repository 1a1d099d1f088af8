using Cms.Articles.Reading;
using Cms.Changes;
using Cms.Foundation;
using Cms.Reading;
using Cms.Server.Health;

namespace Cms.Server.Feeds;

/// <summary>
/// Tells the WebSub hub which feeds have changed. Every two seconds, one server claims the changes that the hub has not
/// heard of, and names each feed once. If that server dies, another one tells the hub when the claim ends.
/// </summary>
internal sealed partial class WebSubPings(
    ChangeFeed changes,
    BeginSharedReader begin,
    ClaimChanges claim,
    RenewChangesClaim renew,
    EndChangesClaim end,
    ReadFacets facets,
    WebSubHub hub,
    string origin,
    ClockCheck check,
    TimeProvider clock,
    ILogger<WebSubPings> log
) : ClockWatch(check, clock, Window)
{
    /// <summary>What the shared reader of the change log is called.</summary>
    public const string Reader = "websub";

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    // The pauses before the hub is asked again. After the last one, it learns of the feeds with their next change.
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(10),
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
    ];

    private readonly TimeProvider _clock = clock;
    private bool _isFailing;

    // The hub learns of changes from here on, also of those that are made before the first check.
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await begin.Handle(Reader, cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            // A failure must not stop the server. The checks try again.
            LogUnread(fault.Message);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task<DateTimeOffset?> CarryOutAsync(CancellationToken cancellationToken)
    {
        if (await claim.Handle(Reader, cancellationToken) is { } claimed)
        {
            await TellAsync(claimed, cancellationToken);
        }

        return null;
    }

    protected override void Failed(Exception fault) => LogUnread(fault.Message);

    private async Task TellAsync(ClaimedChanges claimed, CancellationToken cancellationToken)
    {
        var (isRead, pause) = (false, default(TimeSpan?));
        try
        {
            var urls = await UrlsAsync(claimed, cancellationToken);
            if (await TellAsync(claimed, urls, cancellationToken) is not { } problem)
            {
                (isRead, _isFailing) = (true, false);
                return;
            }

            if (!_isFailing)
            {
                LogFailing(problem);
            }

            _isFailing = true;
            (isRead, pause) =
                claimed.Failures < Pauses.Length ? (false, Pauses[claimed.Failures]) : (true, default(TimeSpan?));
        }
        finally
        {
            // Also when the server stops, so that the other servers need not wait for the end of the claim.
            await end.Handle(claimed, isRead, pause, CancellationToken.None);
        }
    }

    // Returns what is wrong with the hub; null if it has heard of all feeds, or if another server tells it the rest.
    private async Task<string?> TellAsync(
        ClaimedChanges claimed,
        IReadOnlyList<string> urls,
        CancellationToken cancellationToken
    )
    {
        var began = _clock.Now();
        foreach (var url in urls)
        {
            if (_clock.Now() - began > ClaimChanges.Lease / 2)
            {
                if (!await renew.Handle(claimed, cancellationToken))
                {
                    return null;
                }

                began = _clock.Now();
            }

            try
            {
                await hub.TellAsync(url, cancellationToken);
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                return fault.Message;
            }
        }

        return null;
    }

    private async Task<List<string>> UrlsAsync(ClaimedChanges claimed, CancellationToken cancellationToken)
    {
        using CancellationTokenSource late = new(ClaimChanges.Lease, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        HashSet<(FacetId Facet, bool HasTakes)> lists = [];
        await foreach (var seen in changes.FollowAsync(claimed.After, either.Token))
        {
            lists.UnionWith(ChangedFeeds.ListsOf(seen));
            if (seen.Change.Seq >= claimed.Until)
            {
                break;
            }
        }

        var named = await facets.Handle([.. lists.Select(list => list.Facet).Distinct()], cancellationToken);
        return [.. ChangedFeeds.PathsOf(lists, named).Select(path => origin + path)];
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
