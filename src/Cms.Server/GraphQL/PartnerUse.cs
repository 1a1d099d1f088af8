using System.Globalization;
using Cms.Pages;
using Cms.Partners.Usage;
using Cms.People;
using Cms.Server.Access;

namespace Cms.Server.GraphQL;

/// <summary>Counts the requests of partners and reports their limits.</summary>
internal static class PartnerUse
{
    /// <summary>Returns the caller, with the request that is counted if it is a partner.</summary>
    public static Viewer Begin(HttpContext http)
    {
        if (http.Viewer is not { Kind: ViewerKind.Partner } viewer)
        {
            return http.Viewer;
        }

        // A file of the site is made of several answers, which are one request of the partner.
        var visit = http.Features.Get<PartnerVisit>();
        var turn = visit?.Turn as PartnerTurn ?? TurnOf(visit);
        if (visit is { Turn: null })
        {
            Count(visit, turn, http.RequestServices.GetRequiredService<UsageCounter>());
        }

        http.Features.Set(turn);
        return viewer with { Turn = turn };
    }

    /// <summary>Returns what is counted for a request: to the site, or with GraphQL if there is no visit.</summary>
    public static PartnerTurn TurnOf(PartnerVisit? visit) =>
        new(
            visit is null ? UsageChannel.Graphql
            : Enum.TryParse<UsageChannel>(visit.Channel, ignoreCase: true, out var channel) ? channel
            : null
        );

    /// <summary>Makes a request to the site count when it ends.</summary>
    public static void Count(PartnerVisit visit, PartnerTurn turn, UsageCounter use)
    {
        visit.Turn = turn;
        visit.Ended = (status, bytes) => use.CountRequest(turn, status, bytes);
    }

    /// <summary>Sets the headers that say how much of the limits is left.</summary>
    public static void ReportLimits(HttpContext http, Viewer viewer)
    {
        if (viewer.Turn is { } turn && !http.Response.HasStarted)
        {
            ReportLimits(http.Response.Headers, turn);
        }
    }

    /// <summary>Sets the headers that say how much of the limits is left.</summary>
    public static void ReportLimits(IHeaderDictionary headers, PartnerTurn turn)
    {
        if (turn.Limits.Count > 0)
        {
            // draft-ietf-httpapi-ratelimit-headers. The limits of the server for each caller come first.
            headers["RateLimit-Policy"] = List(
                headers["RateLimit-Policy"],
                turn.Limits,
                limit =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"\"{limit.Name}\";q={limit.Quota};w={Seconds(limit.Window)}"
                    )
            );
            headers["RateLimit"] = List(
                headers["RateLimit"],
                turn.Limits,
                limit =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"\"{limit.Name}\";r={limit.Left};t={Seconds(limit.Reset)}"
                    )
            );
        }
    }

    /// <summary>Counts a request that was answered. What the site asks for a partner is counted by the site.</summary>
    public static void End(HttpContext http)
    {
        if (http.Features.Get<PartnerVisit>() is null && http.Features.Get<PartnerTurn>() is { } turn)
        {
            http.RequestServices.GetRequiredService<UsageCounter>()
                .CountRequest(turn, http.Response.StatusCode, http.Response.ContentLength ?? 0);
        }
    }

    private static string List(string? before, IReadOnlyList<PartnerLimit> limits, Func<PartnerLimit, string> write) =>
        string.Join(
            ", ",
            (string.IsNullOrEmpty(before) ? Enumerable.Empty<string>() : [before]).Concat(limits.Select(write))
        );

    private static long Seconds(TimeSpan time) => (long)Math.Ceiling(time.TotalSeconds);
}
