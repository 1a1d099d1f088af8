using System.Text.Json;
using System.Text.Json.Serialization;
using Cms.Site.Errors;
using Cms.Site.Pages;

namespace Cms.Site.Bookmarks;

/// <summary>
/// What changes bookmarks: forms, which return to their page, and scripts, which receive JSON. The site forwards the
/// session to the API; browsers never talk to the API.
/// </summary>
internal sealed class BookmarkEndpoints(CmsApi api, SiteHost host, SitePages pages)
{
    private const int MaxIds = 100;
    private const int MaxPaths = 20;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static void Map(IEndpointRouteBuilder routes)
    {
        var endpoints = ActivatorUtilities.CreateInstance<BookmarkEndpoints>(routes.ServiceProvider);
        routes.MapGet("/bookmarks/items", endpoints.ListAsync);
        routes.MapPost("/bookmarks/toggle", http => endpoints.ChangeAsync(http, endpoints.ToggleAsync));
        routes.MapPost("/bookmarks/remove", http => endpoints.ChangeAsync(http, endpoints.RemoveAsync));
        routes.MapPost("/bookmarks/note", http => endpoints.ChangeAsync(http, endpoints.NoteAsync));
        routes.MapPost("/bookmarks/merge", http => endpoints.ChangeAsync(http, endpoints.MergeAsync));
    }

    private Task ListAsync(HttpContext http) =>
        AnswerAsync(
            http,
            http.Request.Query switch
            {
                var query when query["ids"].ToString() is { Length: > 0 } ids => FindAsync(http, ids),
                var query when query["gone"].ToString() is { Length: > 0 } paths => FindGoneAsync(http, paths),
                var query when query["has"].ToString() is var ids && query.ContainsKey("has") => HasAsync(http, ids),
                var query => ReadAsync(http, query["after"].ToString()),
            }
        );

    // What the browser's store knows only by id, as everybody can see it now.
    private async Task<Reply> FindAsync(HttpContext http, string list)
    {
        if (Split(list) is not { Length: <= MaxIds } ids)
        {
            return Reply.Refuse(StatusCodes.Status400BadRequest, BookmarkRefusals.TooLarge);
        }

        var found = await api.QueryAsync<SavedData>("SiteSaved", new { ids }, Public(http), null, http.RequestAborted);
        return Reply.Ok(
            new
            {
                items = ids.Zip(
                        found.Data.Items,
                        (id, target) => SavedItem.Of(target ?? new TargetData { Type = "RemovedTarget", TargetId = id })
                    )
                    .ToList(),
            }
        );
    }

    private async Task<Reply> FindGoneAsync(HttpContext http, string list)
    {
        if (Split(list) is not { Length: <= MaxPaths } paths)
        {
            return Reply.Refuse(StatusCodes.Status400BadRequest, BookmarkRefusals.TooLarge);
        }

        List<object> items = [];
        foreach (var path in paths.Where(path => path.StartsWith('/') && path.Length <= SiteRoutes.MaxPathLength))
        {
            var answer = await api.QueryAsync<RouteAnswer>(
                "SiteRoute",
                new { path },
                Public(http),
                null,
                http.RequestAborted
            );
            if (answer.Data.Route is { Type: "GoneRoute" } gone)
            {
                items.Add(
                    new
                    {
                        path,
                        gone.Reason,
                        successor = gone.Successor is { } article
                            ? new SavedLink(article.Path, article.Headline)
                            : null,
                    }
                );
            }
        }

        return Reply.Ok(new { items });
    }

    private async Task<Reply> HasAsync(HttpContext http, string list)
    {
        if (Split(list) is not { Length: <= MaxIds } ids)
        {
            return Reply.Refuse(StatusCodes.Status400BadRequest, BookmarkRefusals.TooLarge);
        }

        var has = await api.SendAsync<IsSavedData>("SiteIsSaved", new { ids }, Reader(http), http.RequestAborted);
        return Reply.Ok(
            new
            {
                total = has.Viewer?.Bookmarks.TotalCount ?? 0,
                saved = has
                    .Items.OfType<IsSavedTarget>()
                    .Where(target => target.IsBookmarked == true)
                    .Select(target => target.Id)
                    .ToList(),
            }
        );
    }

    private async Task<Reply> ReadAsync(HttpContext http, string after)
    {
        var list = await SavedPage.ReadAsync(
            after,
            kind: null,
            variables => api.SendAsync<BookmarksData>("SiteBookmarks", variables, Reader(http), http.RequestAborted)
        );
        return list.Viewer is { } viewer
            ? Reply.Ok(
                new
                {
                    total = viewer.All.TotalCount,
                    items = list.Changed.Concat(list.Unchanged).ToList(),
                    next = list.Next,
                }
            )
            : throw new SignInEndedException();
    }

    private async Task<Reply> ToggleAsync(HttpContext http, BookmarkInput input)
    {
        if (input.Id is not { Length: > 0 } id)
        {
            return Reply.Refuse(StatusCodes.Status400BadRequest, BookmarkRefusals.NoId);
        }

        var reader = Reader(http);
        var isWanted = input.Saved ?? !await IsSavedAsync(id, reader, http.RequestAborted);
        if (!isWanted)
        {
            return await RemoveAsync(http, input);
        }

        var answer = await api.SendAsync<SaveAnswer>(
            "SiteSaveBookmark",
            new { input = new BookmarkTargetInput(id, input.Note) },
            reader,
            http.RequestAborted
        );
        return answer.AddBookmark is { Errors: [], Bookmark: { } bookmark }
            ? Reply.Ok(
                new
                {
                    saved = true,
                    bookmark.SavedAt,
                    bookmark.Note,
                }
            )
            : Reply.Refuse(answer.AddBookmark.Errors);
    }

    private async Task<bool> IsSavedAsync(string id, Caller reader, CancellationToken cancellationToken)
    {
        var has = await api.SendAsync<IsSavedData>(
            "SiteIsSaved",
            new { ids = new[] { id } },
            reader,
            cancellationToken
        );
        return has.Items is [{ IsBookmarked: true }];
    }

    private async Task<Reply> RemoveAsync(HttpContext http, BookmarkInput input)
    {
        if (input.Id is not { Length: > 0 } id)
        {
            return Reply.Refuse(StatusCodes.Status400BadRequest, BookmarkRefusals.NoId);
        }

        var answer = await api.SendAsync<RemoveAnswer>(
            "SiteRemoveBookmark",
            new { input = new { targetId = id } },
            Reader(http),
            http.RequestAborted
        );
        return answer.RemoveBookmark.Errors is []
            ? Reply.Ok(new { saved = false })
            : Reply.Refuse(answer.RemoveBookmark.Errors);
    }

    private async Task<Reply> NoteAsync(HttpContext http, BookmarkInput input)
    {
        if (input.Id is not { Length: > 0 } id)
        {
            return Reply.Refuse(StatusCodes.Status400BadRequest, BookmarkRefusals.NoId);
        }

        var note = string.IsNullOrWhiteSpace(input.Note) ? null : input.Note;
        var answer = await api.SendAsync<NoteAnswer>(
            "SiteNoteBookmark",
            new { input = new BookmarkTargetInput(id, note) },
            Reader(http),
            http.RequestAborted
        );
        return answer.NoteBookmark.Errors is []
            ? Reply.Ok(new { note = answer.NoteBookmark.Bookmark?.Note ?? "" })
            : Reply.Refuse(answer.NoteBookmark.Errors);
    }

    private async Task<Reply> MergeAsync(HttpContext http, BookmarkInput input)
    {
        if (input.Items is not { Count: > 0 } items)
        {
            return Reply.Refuse(StatusCodes.Status400BadRequest, BookmarkRefusals.NoId);
        }

        var answer = await api.SendAsync<MergeAnswer>(
            "SiteMergeBookmarks",
            new
            {
                input = new
                {
                    bookmarks = items
                        .Select(item => new
                        {
                            targetId = item.Id,
                            savedAt = item.SavedAt,
                            note = string.IsNullOrWhiteSpace(item.Note) ? null : item.Note,
                        })
                        .ToList(),
                },
            },
            Reader(http),
            http.RequestAborted
        );
        return answer.MergeBookmarks is { Errors: [], MergedBookmarks: { } merged }
            ? Reply.Ok(merged)
            : Reply.Refuse(answer.MergeBookmarks.Errors);
    }

    private async Task ChangeAsync(HttpContext http, Func<HttpContext, BookmarkInput, Task<Reply>> change)
    {
        if (!host.IsOwn(http.Request))
        {
            await RefuseAsync(http, null, Reply.Refuse(StatusCodes.Status403Forbidden, BookmarkRefusals.OtherSite));
            return;
        }

        var (input, problem) = await BookmarkInput.ReadAsync(http, host);
        if (input is null)
        {
            await RefuseAsync(http, null, Reply.Refuse(StatusCodes.Status400BadRequest, problem!));
            return;
        }

        var reply = await TryAsync(http, change(http, input));
        if (reply.Problem is not null)
        {
            await RefuseAsync(http, input, reply);
        }
        else if (BookmarkInput.IsScript(http.Request))
        {
            await WriteAsync(http, reply);
        }
        else
        {
            http.Response.Headers.CacheControl = "private, no-store";
            http.Response.StatusCode = StatusCodes.Status303SeeOther;
            http.Response.Headers.Location = input.Return;
        }
    }

    private async Task AnswerAsync(HttpContext http, Task<Reply> answer) =>
        await WriteAsync(http, await TryAsync(http, answer));

    private async Task<Reply> TryAsync(HttpContext http, Task<Reply> answer)
    {
        try
        {
            return await answer;
        }
        catch (SignInEndedException)
        {
            return Reply.Refuse(
                StatusCodes.Status401Unauthorized,
                HttpMethods.IsGet(http.Request.Method) ? BookmarkRefusals.SignInToRead
                    : host.CallerOf(http).Cookie is null ? BookmarkRefusals.NotSignedIn
                    : BookmarkRefusals.Ended
            );
        }
        catch (NotAllowedException)
        {
            return Reply.Refuse(StatusCodes.Status403Forbidden, BookmarkRefusals.NoRole);
        }
        catch (RefusedException refusal)
        {
            return Reply.Refuse(StatusCodes.Status400BadRequest, refusal.Message);
        }
        catch (UnknownCursorException)
        {
            return Reply.Refuse(StatusCodes.Status400BadRequest, BookmarkRefusals.NotReadable);
        }
        catch (ApiUnavailableException failure)
        {
            pages.Report(http.Request.Path, failure);
            return Reply.Refuse(
                StatusCodes.Status503ServiceUnavailable,
                HttpMethods.IsGet(http.Request.Method) ? BookmarkRefusals.Unreachable : BookmarkRefusals.Unavailable
            );
        }
    }

    private async Task RefuseAsync(HttpContext http, BookmarkInput? input, Reply reply)
    {
        if (BookmarkInput.IsScript(http.Request))
        {
            await WriteAsync(http, reply);
            return;
        }

        var page = PageResult.Show<RefusedPage>(
            (nameof(RefusedPage.Sentence), reply.Problem),
            (nameof(RefusedPage.Back), input?.Return ?? BookmarkPages.Path),
            (nameof(RefusedPage.Note), input?.Note),
            (nameof(RefusedPage.Id), input?.Id),
            (nameof(RefusedPage.NeedsSignIn), reply.Status == StatusCodes.Status401Unauthorized)
        ) with
        {
            Status = reply.Status,
        };
        await pages.SendOnceAsync(http, page, BookmarkPages.Path);
    }

    private static Task WriteAsync(HttpContext http, Reply reply)
    {
        http.Response.StatusCode = reply.Status;
        http.Response.Headers.CacheControl = "private, no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return http.Response.WriteAsJsonAsync(
            reply.Problem is { } problem
                ? new { message = problem, signIn = reply.Status == StatusCodes.Status401Unauthorized }
                : reply.Data,
            Json,
            http.RequestAborted
        );
    }

    private Caller Reader(HttpContext http) =>
        host.CallerOf(http) is { Cookie: not null } caller ? caller : throw new SignInEndedException();

    private static Caller Public(HttpContext http) => new(Address: http.Connection.RemoteIpAddress);

    private static string[] Split(string list) =>
        [
            .. list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Distinct(StringComparer.Ordinal),
        ];

    // A note that is null removes an existing one only in noteBookmark; addBookmark leaves it.
    private sealed record BookmarkTargetInput(string TargetId, string? Note);

    private sealed record Reply(int Status, object? Data, string? Problem)
    {
        public static Reply Ok(object data) => new(StatusCodes.Status200OK, data, Problem: null);

        public static Reply Refuse(int status, string sentence) => new(status, Data: null, sentence);

        public static Reply Refuse(IReadOnlyList<ErrorData> errors) =>
            Refuse(
                errors is [{ Type: "BookmarkLimitReachedError" or "TargetNotFoundError" }, ..]
                    ? StatusCodes.Status409Conflict
                    : StatusCodes.Status400BadRequest,
                errors.Count == 0 ? BookmarkRefusals.Unavailable : errors[0].Message
            );
    }
}
