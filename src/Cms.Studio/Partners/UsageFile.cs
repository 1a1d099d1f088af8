using Cms.Studio.Api;

namespace Cms.Studio.Partners;

/// <summary>What a partner has used as a file, for admins.</summary>
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

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/studio/partners/{id}/usage.csv", SendAsync);

    private static async Task<IResult> SendAsync(
        string id,
        string? from,
        string? to,
        string? by,
        string? channel,
        StudioApi api,
        HttpContext http
    )
    {
        List<IReadOnlyList<object?>> rows = [];
        try
        {
            await foreach (var (partner, row) in ReadAsync(UsageFilter.Of(id, from, to, by, channel), api))
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

    private static async IAsyncEnumerable<(string Partner, UsageRow Row)> ReadAsync(UsageFilter filter, StudioApi api)
    {
        for (string? after = null; ; )
        {
            var answer = await api.SendAsync<UsageFileData>(
                "StudioPartnerUsageRows",
                new
                {
                    id = filter.Partner,
                    from = filter.From,
                    to = filter.To,
                    by = filter.By,
                    channel = filter.Channel,
                    after,
                }
            );
            if (answer.Desk?.Partner is not { } partner)
            {
                throw new RefusedException("There is no such partner.");
            }

            foreach (var row in partner.Usage.Nodes)
            {
                yield return (partner.Name, row);
            }

            if (!partner.Usage.PageInfo.HasNextPage)
            {
                yield break;
            }

            after = partner.Usage.PageInfo.EndCursor;
        }
    }

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
