using System.Globalization;
using Cms.Site.Pages;
using Cms.Site.Sitemaps;

namespace Cms.Site.Partners;

/// <summary>What the partner has used, one row for each day and channel.</summary>
public sealed record PartnerUsageAnswer(ChainPage<PartnerUsageRow>? Usage);

/// <summary>What the partner has used on one day by one channel.</summary>
public sealed record PartnerUsageRow(
    DateOnly From,
    string Channel,
    int Hits,
    int NotModified,
    int Refused,
    double Bytes,
    int Items,
    int Delivered,
    int Failed
);

/// <summary>What a partner has used, <c>/p/{key}/usage.csv</c>, newest first.</summary>
internal static class PartnerUsageFile
{
    private const int PerAnswer = 100;

    private static readonly string[] Columns =
    [
        "day",
        "channel",
        "hits",
        "not_modified",
        "refused",
        "bytes",
        "items",
        "delivered",
        "failed",
    ];

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void Map(WebApplication app)
    {
        foreach (var folder in new[] { "/p", "/p/{key}" })
        {
            app.MapMethods(folder + "/usage.csv", Reading, SendAsync);
        }
    }

    private static Task SendAsync(HttpContext http)
    {
        if (!TryRead(http.Request, "from", out var from) || !TryRead(http.Request, "to", out var to))
        {
            return PartnerDoor.RefuseAsync(
                http,
                StatusCodes.Status400BadRequest,
                "Set from and to to days such as 2026-11-28, at most 25 months apart, or leave them out for the last 30 days."
            );
        }

        // The counts change with every request, so no answer is the same as before.
        return PartnerDoor.SendAsync(
            http,
            (string?)http.Request.RouteValues["key"],
            Guid.CreateVersion7().ToString(),
            (page, _) => MakeAsync(page, from, to)
        );
    }

    private static async Task<TextPage> MakeAsync(PageRequest page, DateOnly? from, DateOnly? to)
    {
        List<PartnerUsageRow> rows = [];
        for (string? after = null; ; )
        {
            var answer = await page.QueryAsync<PartnerUsageAnswer>(
                "SitePartnerUsage",
                new
                {
                    first = PerAnswer,
                    after,
                    from,
                    to,
                }
            );
            var usage = answer.Usage ?? throw new SignInEndedException();
            rows.AddRange(usage.Nodes);
            if (!usage.PageInfo.HasNextPage)
            {
                break;
            }

            after = usage.PageInfo.EndCursor;
        }

        return new TextPage(
            Csv.Of(
                Columns,
                rows.Select(row =>
                    (IReadOnlyList<object?>)
                        [
                            row.From,
                            row.Channel,
                            row.Hits,
                            row.NotModified,
                            row.Refused,
                            (long)row.Bytes,
                            row.Items,
                            row.Delivered,
                            row.Failed,
                        ]
                )
            ),
            Csv.MediaType
        );
    }

    private static bool TryRead(HttpRequest request, string name, out DateOnly? day)
    {
        var text = request.Query[name].ToString();
        day = DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read)
            ? read
            : null;
        return text.Length == 0 || day is not null;
    }
}
