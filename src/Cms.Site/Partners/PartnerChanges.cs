using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cms.Site.Articles;
using Cms.Site.Pages;
using Cms.Site.Parts;

namespace Cms.Site.Partners;

/// <summary>
/// The changes of a partner, <c>/p/{key}/changes</c>: first everything that the agreement includes, then what has changed
/// since. Each page has the address of the next one (<c>nextPageUrl</c>), and the last page the address from which to
/// continue later (<c>nextSyncUrl</c>).
/// </summary>
internal static class PartnerChanges
{
    private const int Default = 100;
    private const int Most = 500;
    private const int PerAnswer = 50;
    private const int MaxCursor = 200;
    private const string Path = "/changes";

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void Map(WebApplication app, SiteSettings settings)
    {
        foreach (var folder in new[] { "/p", "/p/{key}" })
        {
            app.MapMethods(folder + Path, Reading, (HttpContext http) => SendAsync(http, settings));
        }
    }

    private static Task SendAsync(HttpContext http, SiteSettings settings)
    {
        var (query, key) = (http.Request.Query, (string?)http.Request.RouteValues["key"]);
        var (after, initial) = (query["after"].ToString(), query["initial"].ToString());
        if (!PartnerDoor.TryReadLimit(http.Request, Default, Most, out var limit))
        {
            return PartnerDoor.RefuseLimitAsync(http, Most);
        }

        if (initial is not ("" or "true" or "false") || (initial == "true") == (after.Length > 0))
        {
            return PartnerDoor.RefuseAsync(
                http,
                StatusCodes.Status400BadRequest,
                "Begin with initial=true, or continue with the nextPageUrl or nextSyncUrl of the last answer."
            );
        }

        return PartnerDoor.SendAsync(
            http,
            key,
            string.Create(CultureInfo.InvariantCulture, $"{limit} {after}"),
            (page, folder) => MakeAsync(page, settings, folder, after.Length > 0 ? after : null, limit),
            "changes"
        );
    }

    private static async Task<TextPage> MakeAsync(
        PageRequest page,
        SiteSettings settings,
        string folder,
        string? after,
        int limit
    )
    {
        List<PartnerChangeData> changes = [];
        PartnerAgreement? agreement = null;
        var hasMore = true;
        try
        {
            while (hasMore && changes.Count < limit)
            {
                if (after?.Length > MaxCursor)
                {
                    throw new UnknownCursorException();
                }

                var answer = await page.QueryAsync<PartnerChangesAnswer>(
                    "SitePartnerChanges",
                    new { first = Math.Min(PerAnswer, limit - changes.Count), after }
                );
                agreement = answer.Agreement ?? throw new SignInEndedException();
                changes.AddRange(answer.Changes.Items);
                (hasMore, after) = (answer.Changes.HasNextPage, answer.Changes.EndCursor);

                // The server is still comparing many articles. The partner asks again for the rest.
                if (answer.Changes.Items.Count == 0)
                {
                    break;
                }
            }
        }
        catch (UnknownCursorException)
        {
            throw new ResyncRequiredException();
        }

        var next = string.Create(
            CultureInfo.InvariantCulture,
            $"{page.Address.Origin}{folder}{Path}?after={after}&limit={limit}"
        );
        Ninjs ninjs = new(
            page.Address,
            settings.Name,
            PartnerRights.Of(agreement!, settings.Name, page.Address.Origin + folder)
        );
        return new TextPage(
            JsonSerializer.Serialize(
                new Page
                {
                    Changes = changes.Select(change => ChangeOf(change, ninjs)).OfType<Change>(),
                    NextPageUrl = hasMore ? next : null,
                    NextSyncUrl = hasMore ? null : next,
                },
                Ninjs.Json
            ),
            "application/json; charset=utf-8"
        )
        {
            // An incomplete answer is continued when the server has compared more. With time, the addresses of images
            // under embargo end, takedowns are confirmed, and what was removed is forgotten.
            CanBeSentAgain = !hasMore && changes.TrueForAll(change => change.Article is { EmbargoedUntil: null }),
        };
    }

    private static Change? ChangeOf(PartnerChangeData change, Ninjs ninjs) =>
        change switch
        {
            { ArticleId: { } id, Article: { } article } => new Change(
                change.ChangeKind == "CORRECTED" ? "correction" : "upsert",
                id,
                Words.Iso(change.OccurredAt),
                ninjs.NodeOf(article)
            )
            {
                Note = change.ChangeKind == "CORRECTED" ? LatestOf(article.Corrections) : null,
            },
            { Type: "ArticleRemoved", ArticleId: { } id } => new Change(
                "withdraw",
                id,
                Words.Iso(change.OccurredAt),
                Ninjs.RemovedNodeOf(id, isCanceled: true)
            )
            {
                Reason = change.Removal?.ToLowerInvariant(),
                Note = change.Reason,
                Takedown = change.TakedownId,
                AcknowledgeBy = change.AcknowledgeBy is { } by ? Words.Iso(by) : null,
            },
            { Type: "ArticleExcluded", ArticleId: { } id } => new Change(
                "withdraw",
                id,
                Words.Iso(change.OccurredAt),
                Ninjs.RemovedNodeOf(id, isCanceled: false)
            )
            {
                Reason = "outOfScope",
            },
            // The article has left the agreement since. A later change says so.
            _ => null,
        };

    private static string? LatestOf(IReadOnlyList<CorrectionData> corrections) =>
        corrections.MaxBy(correction => correction.At)?.Note;

    private sealed record Page
    {
        public required IEnumerable<Change> Changes { get; init; }

        public string? NextPageUrl { get; init; }

        public string? NextSyncUrl { get; init; }
    }

    private sealed record Change(string Type, string Id, string ChangedAt, JsonNode Item)
    {
        public string? Reason { get; init; }

        public string? Note { get; init; }

        public string? Takedown { get; init; }

        public string? AcknowledgeBy { get; init; }
    }
}

/// <summary>A partner's changes cannot be continued from where it asks.</summary>
internal sealed class ResyncRequiredException : Exception;
