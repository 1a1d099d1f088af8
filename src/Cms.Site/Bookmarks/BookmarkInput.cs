using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;

namespace Cms.Site.Bookmarks;

/// <summary>What a form or a script sends to change bookmarks.</summary>
internal sealed record BookmarkInput
{
    // 100 bookmarks whose notes have 1,000 characters of four bytes.
    private const long MaxBytes = 600_000;
    private const int MaxItems = 100;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The id of an article, a take or a tool.</summary>
    public string? Id { get; init; }

    /// <summary>Whether it should be bookmarked; null changes to the other state.</summary>
    public bool? Saved { get; init; }

    public string? Note { get; init; }

    /// <summary>The bookmarks to merge.</summary>
    public IReadOnlyList<BrowserBookmark>? Items { get; init; }

    /// <summary>The address on this site to return to.</summary>
    public string Return { get; init; } = BookmarkPages.Path;

    /// <summary>Whether the caller wants JSON instead of a page.</summary>
    public static bool IsScript(HttpRequest request) =>
        request.Headers.Accept.Any(value => value?.Contains("application/json", StringComparison.Ordinal) == true);

    /// <summary>Reads a form or JSON; returns a sentence if it cannot be read.</summary>
    /// <param name="host">Says which addresses are on this site.</param>
    public static async Task<(BookmarkInput? Input, string? Problem)> ReadAsync(HttpContext http, SiteHost host)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxBytes;
        }

        try
        {
            var input = http.Request.HasFormContentType
                ? Of(await http.Request.ReadFormAsync(http.RequestAborted))
                : await JsonSerializer.DeserializeAsync<BookmarkInput>(http.Request.Body, Json, http.RequestAborted);
            return input switch
            {
                null => (null, BookmarkRefusals.NotReadable),
                { Items.Count: > MaxItems } => (null, BookmarkRefusals.TooLarge),
                { Items: { } items } when items.Any(item => item is not { Id.Length: > 0 }) => (
                    null,
                    BookmarkRefusals.NoId
                ),
                _ => (input with { Return = host.ReturnTo(input.Return, BookmarkPages.Path) }, null),
            };
        }
        catch (BadHttpRequestException failure)
        {
            return (
                null,
                failure.StatusCode == StatusCodes.Status413PayloadTooLarge
                    ? BookmarkRefusals.TooLarge
                    : BookmarkRefusals.NotReadable
            );
        }
        catch (Exception failure)
            when (failure is JsonException or InvalidDataException or IOException or NotSupportedException)
        {
            // A form can also end too early, or name an encoding that is not read.
            return (null, BookmarkRefusals.NotReadable);
        }
    }

    // Forms send line breaks as two characters, which would count twice.
    private static BookmarkInput Of(IFormCollection form) =>
        new()
        {
            Id = form["id"],
            Note = form.TryGetValue("note", out var note) ? note.ToString().ReplaceLineEndings("\n") : null,
            Return = form["return"].ToString(),
        };
}

/// <summary>A bookmark from the browser's store.</summary>
internal sealed record BrowserBookmark(string? Id, DateTimeOffset SavedAt, string? Note);
