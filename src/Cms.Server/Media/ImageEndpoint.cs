using System.Globalization;
using Cms.GraphQL;
using Cms.Media;
using Cms.Media.Blobs;
using Cms.Media.Images;
using Cms.Server.Access;
using Cms.Server.GraphQL;
using Microsoft.Net.Http.Headers;

namespace Cms.Server.Media;

/// <summary>The answer to an image URL.</summary>
/// <param name="Key">The key of the image in the store.</param>
/// <param name="ContentType">The media type of the image.</param>
/// <param name="Until">When the rights in the image end; null if they do not.</param>
/// <param name="IsLasting">Whether the URL will always identify exactly this image.</param>
internal sealed record ImageAnswer(BlobKey Key, string ContentType, DateTimeOffset? Until, bool IsLasting)
{
    public string ETag { get; } = Key.ETag;
}

/// <summary>
/// Serves images at <c>/i/{id}/{rev}</c>. Everyone can read public images. Other images require a signed URL that has
/// not expired. After the rights in an image have ended, only the URLs of the image library show it. Hidden images and
/// missing images get the same response.
/// </summary>
internal static class ImageEndpoint
{
    private const string Lasting = "public, max-age=31536000, immutable";
    private const string Short = "public, max-age=60";
    private const string Policy = "default-src 'none'; sandbox";
    private const string TooSlow =
        "Creating the image took too long. Try again in a few seconds, or request a smaller one.";
    private const int YearInSeconds = 31_536_000;

    public static void MapImages(this IEndpointRouteBuilder routes) =>
        routes.MapMethods(RenditionUrls.Path + "/{id}/{rev}", [HttpMethods.Get, HttpMethods.Head], HandleAsync);

    private static async Task HandleAsync(
        HttpContext http,
        string id,
        string rev,
        ImageAnswers answers,
        ReadImageOnShow images,
        RenditionUrls urls,
        Renditions renditions,
        IBlobStore store,
        TimeProvider clock
    )
    {
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        var address = string.Concat(id, "/", rev, http.Request.QueryString.Value);
        if (
            answers.Find(address) is { } known
            && !(known.Until <= clock.GetUtcNow())
            && await TrySendAsync(http, known, store, clock)
        )
        {
            return;
        }

        if (
            EntityId.Parse<MediaId>(id) is not { } media
            || !int.TryParse(rev, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || urls.Read(media, number, http.Request.QueryString.Value ?? "") is not { } request
        )
        {
            await RefuseAsync(
                http,
                StatusCodes.Status400BadRequest,
                ErrorCodes.BadRequest,
                "This is not a valid image URL. Use the URLs from image { url } or image { srcset }."
            );
            return;
        }

        if (!request.Recipe.IsOpen && !request.IsSigned)
        {
            await RefuseAsync(
                http,
                StatusCodes.Status403Forbidden,
                ErrorCodes.NotAuthorized,
                $"Images are available in the widths {string.Join(", ", RenditionSizes.Ladder)}, uncropped or cropped to 16:9, 4:3, 1:1 or 1.91:1. Any other size requires a signed URL."
            );
            return;
        }

        var tail = answers.Tail;
        var image = await images.Handle(media, http.RequestAborted);
        if (image is null || number > image.Source.Rev || number < 1 || !(image.IsPublic || request.IsPass))
        {
            await RefuseAsync(
                http,
                StatusCodes.Status404NotFound,
                Problems.CodeOf<MediaNotFound>(),
                "This image does not exist. It may have been removed, or it may not be public yet."
            );
            return;
        }

        if (image.ExpiresAt <= clock.GetUtcNow())
        {
            // Staff see it in the library. Nobody else does, even if the URL was made before the rights ended.
            image = image with
            {
                IsPublic = false,
            };
            if (!request.IsOfLibrary)
            {
                await SendGoneAsync(http, image, request.Recipe, images, renditions, store, clock);
                return;
            }
        }

        if (image.Source.Rights.NoCrop && request.Recipe.Fit is RenditionFit.Cover)
        {
            await RefuseAsync(
                http,
                StatusCodes.Status403Forbidden,
                ErrorCodes.NotAuthorized,
                "The rights in this image do not allow cropping. Request the uncropped image."
            );
            return;
        }

        if (number < image.Source.Rev)
        {
            // The URL names an earlier file, so redirect to the current file.
            http.Response.Headers.CacheControl = image.IsPublic ? Short : "private, no-store";
            http.Response.Redirect(
                image.IsPublic
                    ? urls.Url(image.Source, request.Recipe)
                    : urls.PrivateUrl(image.Source, request.Recipe, isOfLibrary: request.IsOfLibrary)
            );
            return;
        }

        var isLasting = request.Stamp == image.Source.Stamp;
        await ServeAsync(
            http,
            image,
            request.Recipe,
            isLasting && image.IsPublic,
            renditions,
            store,
            clock,
            image.IsPublic && !request.IsPass ? answer => answers.Add(address, tail, answer) : null
        );
    }

    private static async Task ServeAsync(
        HttpContext http,
        ImageOnShow image,
        RenditionRecipe recipe,
        bool isLasting,
        Renditions renditions,
        IBlobStore store,
        TimeProvider clock,
        Action<ImageAnswer>? cacheAnswer
    )
    {
        var answer = AnswerOf(image, recipe, isLasting);
        if (!image.IsPublic)
        {
            http.Items[typeof(ImageOnShow)] = image;
        }

        if (await TrySendAsync(http, answer, store, clock))
        {
            cacheAnswer?.Invoke(answer);
            return;
        }

        // Making an image counts towards the caller's limit, as an uncached answer does.
        if (!await TryCountAsync(http))
        {
            return;
        }

        if (recipe.Format is RenditionFormat.Avif)
        {
            // Making AVIF takes a second. Until it is ready, serve WebP, which every browser can read.
            renditions.MakeLater(image, recipe);
            recipe = recipe with { Format = RenditionFormat.Webp };
            answer = AnswerOf(image, recipe, isLasting: false);
            if (await TrySendAsync(http, answer, store, clock))
            {
                return;
            }
        }

        var made = await renditions.MakeAsync(image, recipe, http.RequestAborted);
        if (!made.Succeeded(out var rendition, out var refusals))
        {
            http.Response.Headers.RetryAfter = "2";
            await RefuseAsync(
                http,
                StatusCodes.Status503ServiceUnavailable,
                Problems.CodeOf(refusals[0].GetType()),
                refusals[0] is ImageTooSlow ? TooSlow : refusals[0].Message
            );
            return;
        }

        if (!Begin(http, answer, clock))
        {
            return;
        }

        http.Response.ContentLength = rendition.Bytes.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(rendition.Bytes, http.RequestAborted);
        }

        if (answer.IsLasting)
        {
            cacheAnswer?.Invoke(answer);
        }
    }

    // Returns false if the request was rejected.
    private static async Task<bool> TryCountAsync(HttpContext http)
    {
        try
        {
            // Send no rate limit headers: they would describe this caller's limit, but caches share the image.
            await http
                .RequestServices.GetRequiredService<RequestLimiter>()
                .CountAsync(http.Viewer, http.Connection.RemoteIpAddress, headers: null);
            return true;
        }
        catch (RequestError)
        {
            http.Response.Headers.RetryAfter = "1";
            await RefuseAsync(
                http,
                StatusCodes.Status429TooManyRequests,
                ErrorCodes.RateLimited,
                "You requested too many new image sizes in one second. Wait a second."
            );
            return false;
        }
    }

    // Responds with 410. The body is the substitute image in the requested size, if there is a substitute.
    private static async Task SendGoneAsync(
        HttpContext http,
        ImageOnShow image,
        RenditionRecipe recipe,
        ReadImageOnShow images,
        Renditions renditions,
        IBlobStore store,
        TimeProvider clock
    )
    {
        http.Response.StatusCode = StatusCodes.Status410Gone;
        if (
            image.SubstituteId is { } id
            && await images.Handle(id, http.RequestAborted) is { } substitute
            && !(substitute.ExpiresAt <= clock.GetUtcNow())
        )
        {
            var whole =
                substitute.Source.Rights.NoCrop && recipe.Fit is RenditionFit.Cover
                    ? recipe with
                    {
                        Fit = RenditionFit.Max,
                    }
                    : recipe;
            await ServeAsync(http, substitute, whole, isLasting: false, renditions, store, clock, cacheAnswer: null);
            return;
        }

        await RefuseAsync(
            http,
            StatusCodes.Status410Gone,
            Problems.CodeOf<ImageRightsExpired>(),
            "The rights in this image have ended. Remove it from the page."
        );
    }

    private static ImageAnswer AnswerOf(ImageOnShow image, RenditionRecipe recipe, bool isLasting) =>
        new(Renditions.KeyOf(image, recipe), recipe.Format.ContentType, image.ExpiresAt, isLasting);

    private static async Task<bool> TrySendAsync(
        HttpContext http,
        ImageAnswer answer,
        IBlobStore store,
        TimeProvider clock
    )
    {
        await using var reading = await store.OpenReadAsync(answer.Key, http.RequestAborted);
        if (reading is null)
        {
            return false;
        }

        if (Begin(http, answer, clock))
        {
            http.Response.ContentLength = reading.Properties.Bytes;
            if (!HttpMethods.IsHead(http.Request.Method))
            {
                await reading.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
            }
        }

        return true;
    }

    // Returns false if the client already has the image.
    private static bool Begin(HttpContext http, ImageAnswer answer, TimeProvider clock)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = CacheControl(http, answer, clock);
        if (http.Response.StatusCode == StatusCodes.Status410Gone)
        {
            http.Response.ContentType = answer.ContentType;
            return true;
        }

        headers.ETag = answer.ETag;
        if (Matches(http.Request.Headers.IfNoneMatch, answer.ETag))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return false;
        }

        http.Response.ContentType = answer.ContentType;
        return true;
    }

    private static string CacheControl(HttpContext http, ImageAnswer answer, TimeProvider clock)
    {
        if (http.Items.ContainsKey(typeof(ImageOnShow)))
        {
            return "private, max-age=900";
        }

        if (!answer.IsLasting)
        {
            return Short;
        }

        var left = answer.Until is { } until ? (until - clock.GetUtcNow()).TotalSeconds : double.MaxValue;
        return left >= YearInSeconds
            ? Lasting
            : string.Create(CultureInfo.InvariantCulture, $"public, max-age={Math.Max(0, (int)left)}");
    }

    private static bool Matches(Microsoft.Extensions.Primitives.StringValues header, string etag) =>
        header.Count > 0
        && EntityTagHeaderValue.TryParseList(header.OfType<string>().ToList(), out var tags)
        && tags.Any(tag =>
            tag.Equals(EntityTagHeaderValue.Any)
            || tag.Compare(EntityTagHeaderValue.Parse(etag), useStrongComparison: false)
        );

    private static Task RefuseAsync(HttpContext http, int status, string code, string sentence)
    {
        http.Response.Headers.CacheControl = status == StatusCodes.Status410Gone ? Short : "no-store";
        return Problems.Of(status, code, sentence).ExecuteAsync(http);
    }
}
