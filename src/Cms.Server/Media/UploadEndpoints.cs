using System.Security.Cryptography;
using Cms.GraphQL;
using Cms.Media;
using Cms.Media.Blobs;
using Cms.Media.Images;
using Cms.Media.Intake;
using Cms.People;
using Cms.Server.Access;
using Cms.Server.GraphQL;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Cms.Server.Media;

/// <summary>
/// Receives files. <c>PUT /media/uploads/{id}</c> requires a ticket from <c>createMediaUpload</c>, for stores to which
/// clients cannot upload directly. <c>POST /media</c> receives a form (<c>multipart/form-data</c>, RFC 7578).
/// </summary>
internal static class UploadEndpoints
{
    // The maximum size of a form in bytes, not counting its file.
    private const int FormOverhead = 64 * 1024;

    // Bodies up to this size in bytes are read to the end, so that the client gets a 413 and not a closed connection.
    private const int ReadBeyondLimit = 4 * MediaUpload.MaxBytes;

    public static void MapUploads(this IEndpointRouteBuilder routes)
    {
        routes.MapPut(UploadTickets.Path + "/{id}", PutAsync);
        routes.MapPost("/media", PostAsync);
    }

    private static async Task<IResult> PutAsync(
        HttpContext http,
        string id,
        UploadTickets tickets,
        IBlobStore store,
        string? max = null,
        string? expires = null,
        string? s = null
    )
    {
        http.Response.Headers.CacheControl = "no-store";
        if (
            EntityId.Parse<MediaUploadId>(id) is not { } upload
            || tickets.Admits(upload, max, expires, s) is not { } most
        )
        {
            return Problems.Of(
                StatusCodes.Status403Forbidden,
                ErrorCodes.NotAuthorized,
                "This upload URL is invalid or has expired. Create a new one with createMediaUpload."
            );
        }

        if (RequestReader.Coding(http.Request) is not null)
        {
            return Packed();
        }

        ReadToEnd(http);
        if (http.Request.ContentLength > most)
        {
            return TooLarge(most);
        }

        try
        {
            using var hash = SHA256.Create();
            await using var sent = new CryptoStream(http.Request.Body, hash, CryptoStreamMode.Read, leaveOpen: true);
            var key = BlobKey.Quarantine(upload);
            return await store.PutAsync(
                key,
                sent,
                "application/octet-stream",
                expectedSha256: null,
                most,
                http.RequestAborted
            ) switch
            {
                BlobPut.TooLarge => TooLarge(most),
                BlobPut.Exists when !await IsStoredAsync(store, key, sent, hash, http.RequestAborted) => Problems.Of(
                    StatusCodes.Status409Conflict,
                    Problems.CodeOf<MediaSwapped>(),
                    "A different file was already sent for this upload. Commit that file, or create a new upload for this one."
                ),
                _ => TypedResults.StatusCode(StatusCodes.Status201Created),
            };
        }
        catch (BadHttpRequestException cut) when (!http.RequestAborted.IsCancellationRequested)
        {
            return cut.StatusCode == StatusCodes.Status413PayloadTooLarge ? TooLarge(most) : CutOff();
        }
    }

    // A client that did not get the response can send the same file again. It then gets the same response.
    private static async Task<bool> IsStoredAsync(
        IBlobStore store,
        BlobKey key,
        CryptoStream sent,
        SHA256 hash,
        CancellationToken cancellationToken
    )
    {
        await sent.CopyToAsync(Stream.Null, cancellationToken);
        await using var stored = await store.OpenReadAsync(key, cancellationToken);
        if (stored is null)
        {
            return false;
        }

        var before = await SHA256.HashDataAsync(stored.Content, cancellationToken);
        return before.AsSpan().SequenceEqual(hash.Hash);
    }

    private static async Task<IResult> PostAsync(HttpContext http, StoreUpload store, RenditionUrls urls)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (http.SenderRefusal(Role.Author, "upload", "Uploading") is { } refusal)
        {
            return refusal;
        }

        if (
            !MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 70 } boundary
        )
        {
            return Problems.Of(
                StatusCodes.Status415UnsupportedMediaType,
                ErrorCodes.UnsupportedMediaType,
                "Send the file as multipart/form-data, in a field with any name."
            );
        }

        if (RequestReader.Coding(http.Request) is not null)
        {
            return Packed();
        }

        ReadToEnd(http);
        if (http.Request.ContentLength > MediaUpload.MaxBytes + FormOverhead)
        {
            return TooLarge(MediaUpload.MaxBytes);
        }

        try
        {
            var form = new MultipartReader(boundary, http.Request.Body)
            {
                HeadersCountLimit = 8,
                HeadersLengthLimit = 8_192,
            };
            while (await form.ReadNextSectionAsync(http.RequestAborted) is { } section)
            {
                if (section.AsFileSection() is not { FileStream: { } content } file)
                {
                    continue;
                }

                var stored = await store.Handle(
                    new StoreUploadInput
                    {
                        FileName = file.FileName,
                        Content = content,
                        HasAnother = token => HasAnotherAsync(form, token),
                    },
                    http.Viewer.ToActor(),
                    http.RequestAborted
                );
                return stored.Succeeded(out var asset, out var refusals)
                    ? TypedResults.Created(default(string), Describe(asset, urls))
                    : Refused(http, refusals[0]);
            }

            return Problems.Of(
                StatusCodes.Status400BadRequest,
                ErrorCodes.BadRequest,
                "The form contains no file. Send one, with its file name."
            );
        }
        catch (BadHttpRequestException cut) when (!http.RequestAborted.IsCancellationRequested)
        {
            return cut.StatusCode == StatusCodes.Status413PayloadTooLarge ? TooLarge(MediaUpload.MaxBytes) : CutOff();
        }
        catch (Exception cut)
            when (cut is InvalidDataException or IOException and not BlobStoreUnavailableException
                && !http.RequestAborted.IsCancellationRequested
            )
        {
            return CutOff();
        }
    }

    private static async Task<bool> HasAnotherAsync(MultipartReader form, CancellationToken cancellationToken)
    {
        while (await form.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            if (section.AsFileSection() is not null)
            {
                return true;
            }
        }

        return false;
    }

    // Describes the image as GraphQL does, so that a simple client needs no second request.
    private static object Describe(MediaAsset asset, RenditionUrls urls) =>
        new
        {
            Id = asset.Id.ToString(),
            asset.Rev,
            asset.Version,
            asset.FileName,
            asset.Bytes,
            asset.Width,
            asset.Height,
            Format = asset.Format.ToString().ToUpperInvariant(),
            Placeholder = asset.ThumbHash,
            Url = urls.PrivateUrl(
                new RenditionSource
                {
                    Id = asset.Id,
                    Rev = asset.Rev,
                    Width = asset.Width,
                    Height = asset.Height,
                    IsAnimated = asset.IsAnimated,
                    Focus = asset.Focus,
                    Rights = asset.Rights,
                }
            ),
        };

    private static ProblemHttpResult Refused(HttpContext http, UserError refusal)
    {
        var status = refusal switch
        {
            MediaTooLarge => StatusCodes.Status413PayloadTooLarge,
            SeveralFiles => StatusCodes.Status400BadRequest,
            ImagesBusy or MediaBusy => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status422UnprocessableEntity,
        };
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            http.Response.Headers.RetryAfter = "2";
        }

        return Problems.Of(
            status,
            refusal is SeveralFiles ? ErrorCodes.BadRequest : Problems.CodeOf(refusal.GetType()),
            refusal.Message
        );
    }

    private static ProblemHttpResult Packed() =>
        Problems.Of(
            StatusCodes.Status415UnsupportedMediaType,
            ErrorCodes.UnsupportedMediaType,
            "Send the file without a Content-Encoding: images are already compressed."
        );

    private static void ReadToEnd(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = ReadBeyondLimit;
        }
    }

    private static ProblemHttpResult TooLarge(long most) =>
        Problems.Of(
            StatusCodes.Status413PayloadTooLarge,
            Problems.CodeOf<MediaTooLarge>(),
            FormattableString.Invariant($"A file may have at most {most} bytes. Make it smaller, then send it again.")
        );

    private static ProblemHttpResult CutOff() =>
        Problems.Of(
            StatusCodes.Status400BadRequest,
            ErrorCodes.BadRequest,
            "The file arrived incomplete, so it was not saved. Send it again."
        );
}
