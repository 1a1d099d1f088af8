using System.Text.Json;
using Cms.Site.Parts;

namespace Cms.Site.Partners;

/// <summary>
/// Takedowns for programs without GraphQL: <c>GET /p/{key}/takedowns</c> lists what a partner has to confirm, and
/// <c>POST /p/{key}/acknowledge</c> confirms it. The key can also be the password of HTTP Basic.
/// </summary>
internal static class PartnerTakedowns
{
    private const int MaxBody = 4_096;
    private const int MaxId = 100;

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void Map(WebApplication app, SiteSettings settings)
    {
        var api = app.Services.GetRequiredService<CmsApi>();
        foreach (var folder in new[] { "/p", "/p/{key}" })
        {
            app.MapMethods(
                folder + "/takedowns",
                Reading,
                (HttpContext http) => PartnerDoor.ActAsync(http, caller => ListAsync(http, api, settings, caller))
            );
            app.MapPost(
                folder + "/acknowledge",
                (HttpContext http) => PartnerDoor.ActAsync(http, caller => AcknowledgeAsync(http, api, caller))
            );
            app.MapMethods(
                folder + "/acknowledge",
                Reading,
                (HttpContext http) =>
                {
                    http.Response.Headers.Allow = HttpMethods.Post;
                    return PartnerDoor.RefuseWithProblemAsync(
                        http,
                        StatusCodes.Status405MethodNotAllowed,
                        "METHOD_NOT_ALLOWED",
                        "Send the id of the takedown with POST."
                    );
                }
            );
        }
    }

    private static async Task ListAsync(HttpContext http, CmsApi api, SiteSettings settings, Caller caller)
    {
        var after = http.Request.Query["after"].ToString();
        var origin = SiteRoutes.OriginOf(http.Request, settings);
        PartnerTakedownsAnswer answer;
        try
        {
            answer = await api.SendAsync<PartnerTakedownsAnswer>(
                "SiteTakedowns",
                new { after = after.Length > 0 ? after : null },
                caller,
                http.RequestAborted
            );
        }
        catch (UnknownCursorException)
        {
            await PartnerDoor.RefuseWithProblemAsync(
                http,
                StatusCodes.Status400BadRequest,
                "BAD_REQUEST",
                "Continue with the nextPageUrl of the last answer, or leave out after."
            );
            return;
        }

        var page = answer.Takedowns ?? throw new SignInEndedException();
        await WriteAsync(
            http,
            new
            {
                takedowns = page.Nodes.Select(takedown => new
                {
                    id = takedown.Id,
                    article = takedown.ArticleId,
                    url = $"{origin}/articles/{takedown.Slug}",
                    kind = takedown.Kind.ToLowerInvariant(),
                    reason = takedown.Reason,
                    withdrawnAt = Words.Iso(takedown.WithdrawnAt),
                    acknowledgeBy = takedown.AcknowledgeBy is { } by ? Words.Iso(by) : null,
                }),
                nextPageUrl = page.PageInfo.HasNextPage
                    ? $"{origin}{http.Request.Path}?after={page.PageInfo.EndCursor}"
                    : null,
            }
        );
    }

    private static async Task AcknowledgeAsync(HttpContext http, CmsApi api, Caller caller)
    {
        if (await IdOfAsync(http.Request) is not { Length: > 0 and <= MaxId } id)
        {
            await PartnerDoor.RefuseWithProblemAsync(
                http,
                StatusCodes.Status400BadRequest,
                "BAD_REQUEST",
                "Send the id of the takedown, as JSON such as {\"id\": \"edn_…\"} or as the field id of a form."
            );
            return;
        }

        PartnerAcknowledgementOutcome outcome;
        try
        {
            outcome = (
                await api.SendAsync<PartnerAcknowledgementAnswer>(
                    "SiteAcknowledgeTakedown",
                    new { input = new { id } },
                    caller,
                    http.RequestAborted
                )
            ).AcknowledgeTakedown;
        }
        catch (RefusedException refusal)
        {
            await PartnerDoor.RefuseWithProblemAsync(
                http,
                StatusCodes.Status400BadRequest,
                "ID_MALFORMED",
                refusal.Message
            );
            return;
        }

        if (outcome is { Takedown: { } takedown, Errors: [] })
        {
            await WriteAsync(
                http,
                new
                {
                    id = takedown.Id,
                    article = takedown.ArticleId,
                    kind = takedown.Kind.ToLowerInvariant(),
                    withdrawnAt = Words.Iso(takedown.WithdrawnAt),
                    acknowledgedAt = takedown.AcknowledgedAt is { } at ? Words.Iso(at) : null,
                }
            );
            return;
        }

        var error = outcome.Errors[0];
        await PartnerDoor.RefuseWithProblemAsync(http, StatusCodes.Status404NotFound, error.Type, error.Message);
    }

    private static async Task<string?> IdOfAsync(HttpRequest request)
    {
        if (request.ContentLength is > MaxBody)
        {
            return null;
        }

        try
        {
            if (request.HasFormContentType)
            {
                return (await request.ReadFormAsync(request.HttpContext.RequestAborted))["id"];
            }

            var body = new byte[MaxBody + 1];
            var length = await request.Body.ReadAtLeastAsync(
                body,
                body.Length,
                throwOnEndOfStream: false,
                request.HttpContext.RequestAborted
            );
            using var json = length > MaxBody ? null : JsonDocument.Parse(body.AsMemory(0, length));
            return
                json?.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("id", out var id)
                && id.ValueKind is JsonValueKind.String
                ? id.GetString()
                : null;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidDataException)
        {
            return null;
        }
    }

    private static Task WriteAsync(HttpContext http, object content)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.ContentType = "application/json; charset=utf-8";
        return HttpMethods.IsHead(http.Request.Method)
            ? Task.CompletedTask
            : http.Response.WriteAsync(JsonSerializer.Serialize(content, Ninjs.Json), http.RequestAborted);
    }
}
