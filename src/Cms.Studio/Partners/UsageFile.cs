using Cms.Studio.Api;
using Cms.Studio.Portal;

namespace Cms.Studio.Partners;

/// <summary>What a partner has used as a file, for admins and for the partner's contacts.</summary>
internal static class UsageFile
{
    private static readonly string[] Columns =
    [
        "partner",
        "from",
        "channel",
        "hits",
        "not_modified",
        "refused",
        "bytes",
        "items",
        "delivered",
        "failed",
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(
            "/studio/partners/{id}/usage.csv",
            (string id, string? from, string? to, string? by, string? channel, StudioApi api, HttpContext http) =>
                SendAsync(
                    http,
                    UsageFilter.Of(PartnerWords.UsageOf(id), from, to, by, channel),
                    async variables =>
                    {
                        variables["id"] = id;
                        var answer = await api.SendAsync<UsageFileData>("StudioPartnerUsageRows", variables);
                        return answer.Desk?.Partner is { } partner ? (partner.Name, partner.Usage) : null;
                    }
                )
        );
        routes.MapGet(
            PortalPaths.Usage + ".csv",
            (string? from, string? to, string? by, string? channel, StudioApi api, HttpContext http) =>
                SendAsync(
                    http,
                    UsageFilter.Of(PortalPaths.Usage, from, to, by, channel),
                    async variables =>
                    {
                        var answer = await api.SendAsync<PortalUsageFileData>("StudioPortalUsageRows", variables);
                        return answer.PartnerPortal is { } partner ? (partner.Name, partner.Usage) : null;
                    }
                )
        );
    }

    private static async Task<IResult> SendAsync(HttpContext http, UsageFilter filter, ReadRows read)
    {
        List<IReadOnlyList<object?>> rows = [];
        try
        {
            await foreach (var (partner, row) in ReadAsync(filter, read))
            {
                rows.Add([
                    partner,
                    row.From,
                    UsageFilter.NameOf(row.Channel),
                    row.Hits,
                    row.NotModified,
                    row.Refused,
                    (long)row.Bytes,
                    row.Items,
                    row.Delivered,
                    row.Failed,
                ]);
            }
        }
        catch (Exception failure) when (StatusOf(failure) is { } status)
        {
            return Results.Text(failure.Message + "\n", "text/plain; charset=utf-8", statusCode: status);
        }

        http.Response.Headers.CacheControl = "private, no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"usage.csv\"";
        return Results.Text(Csv.Of(Columns, rows), Csv.MediaType);
    }

    private static async IAsyncEnumerable<(string Partner, UsageRow Row)> ReadAsync(UsageFilter filter, ReadRows read)
    {
        for (string? after = null; ; )
        {
            var variables = filter.Variables(new(StringComparer.Ordinal) { ["after"] = after });
            var (partner, rows) = await read(variables) ?? throw new RefusedException("There is no such partner.");
            foreach (var row in rows.Nodes)
            {
                yield return (partner, row);
            }

            if (!rows.PageInfo.HasNextPage)
            {
                yield break;
            }

            after = rows.PageInfo.EndCursor;
        }
    }

    /// <summary>Reads a page of the rows; null if there is no such partner.</summary>
    private delegate Task<(string Partner, UsageRows Rows)?> ReadRows(Dictionary<string, object?> variables);

    private static int? StatusOf(Exception failure) =>
        failure switch
        {
            SignInEndedException => StatusCodes.Status401Unauthorized,
            NotAllowedException => StatusCodes.Status403Forbidden,
            RefusedException => StatusCodes.Status404NotFound,
            ApiUnavailableException => StatusCodes.Status503ServiceUnavailable,
            _ => null,
        };
}
