using System.Runtime.CompilerServices;
using Cms.GraphQL;
using Cms.Import;
using Cms.Media.Blobs;
using Cms.Media.Intake;
using Cms.People;
using Cms.Server.Access;
using Cms.Server.GraphQL;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Cms.Server.Imports;

/// <summary>
/// Imports files that administrators send. <c>POST /imports</c> receives a form (<c>multipart/form-data</c>) and keeps
/// its files for a day. <c>POST /imports/{id}</c> checks them, or imports them if it is given the fingerprint of a check.
/// </summary>
internal static class ImportEndpoints
{
    /// <summary>How long a check or an import can take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    // The maximum size of a form in bytes, not counting its files.
    private const int FormOverhead = 1_000_000;

    // Bodies up to this size in bytes are read to the end, so that the client gets a 413 and not a closed connection.
    private const int ReadBeyondLimit = 4 * ReceiveImport.MaxBytes;

    public static void MapImports(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/imports", SendAsync);
        routes.MapPost("/imports/{id}", RunAsync);
    }

    private static async Task<IResult> SendAsync(HttpContext http, ReceiveImport receive)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (http.SenderRefusal(Role.Admin, "import", "Importing") is { } refusal)
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
                "Send the files as multipart/form-data, in fields with any names."
            );
        }

        if (RequestReader.Coding(http.Request) is not null)
        {
            return Problems.Of(
                StatusCodes.Status415UnsupportedMediaType,
                ErrorCodes.UnsupportedMediaType,
                "Send the files without a Content-Encoding. To make them smaller, put them into a ZIP file."
            );
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = ReadBeyondLimit;
        }

        if (http.Request.ContentLength > ReceiveImport.MaxBytes + FormOverhead)
        {
            return Refused(new ImportTooLarge(ReceiveImport.MaxBytes));
        }

        try
        {
            var form = new MultipartReader(boundary, http.Request.Body)
            {
                HeadersCountLimit = 8,
                HeadersLengthLimit = 8_192,
            };
            var received = await receive.Handle(
                new ReceiveImportInput(FilesAsync(form, http.RequestAborted)),
                http.Viewer.ToActor(),
                http.RequestAborted
            );
            return received.Succeeded(out var import, out var refusals)
                ? TypedResults.Created($"/imports/{import.Id}", new { Id = import.Id.ToString(), import.ExpiresAt })
                : Refused(refusals[0]);
        }
        catch (BadHttpRequestException cut) when (!http.RequestAborted.IsCancellationRequested)
        {
            return cut.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? Refused(new ImportTooLarge(ReceiveImport.MaxBytes))
                : CutOff();
        }
        catch (Exception cut)
            when (cut is InvalidDataException or IOException and not BlobStoreUnavailableException
                && !http.RequestAborted.IsCancellationRequested
            )
        {
            return CutOff();
        }
    }

    private static async Task<IResult> RunAsync(
        HttpContext http,
        string id,
        RunImport run,
        TimeProvider clock,
        string? fingerprint = null,
        bool trustReviews = false
    )
    {
        http.Response.Headers.CacheControl = "no-store";
        if (http.SenderRefusal(Role.Admin, "import", "Importing") is { } refusal)
        {
            return refusal;
        }

        if (EntityId.Parse<MediaUploadId>(id) is not { } import)
        {
            return Refused(new ImportOver());
        }

        var whole = fingerprint is null ? "Nothing was imported." : "What was imported is complete.";
        using var late = new CancellationTokenSource(Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, http.RequestAborted);
        try
        {
            var done = await run.Handle(
                new RunImportInput
                {
                    Id = import,
                    TrustReviews = trustReviews,
                    Fingerprint = fingerprint,
                },
                http.Viewer.ToActor(),
                either.Token
            );
            return done.Succeeded(out var report, out var refusals)
                ? TypedResults.Ok(Describe(report))
                : Refused(refusals[0]);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            return Problems.Of(
                StatusCodes.Status503ServiceUnavailable,
                ErrorCodes.Timeout,
                $"This took longer than {Limit.TotalMinutes:0} minutes, so it was stopped. {whole} Check the files again to see what is left, or send them in several parts."
            );
        }
    }

    private static async IAsyncEnumerable<SentFile> FilesAsync(
        MultipartReader form,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        while (await form.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            // A field for files in which nothing was chosen has no name.
            if (section.AsFileSection() is { FileStream: { } content, FileName.Length: > 0 } file)
            {
                yield return new SentFile(file.FileName, content);
            }
        }
    }

    private static object Describe(ImportReport report) =>
        new
        {
            report.Fingerprint,
            Items = report.Items.Select(item => new
            {
                File = item.Origin,
                Kind = Name(item.Kind),
                item.Title,
                Outcome = item.Outcome is { } outcome ? Name(outcome) : null,
                item.Reasons,
                ArticleId = item.ArticleId?.ToString(),
            }),
            report.Notes,
            report.Unfinished,
        };

    private static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToUpperInvariant();

    private static ProblemHttpResult Refused(UserError refusal) =>
        Problems.Of(
            refusal switch
            {
                ImportTooLarge => StatusCodes.Status413PayloadTooLarge,
                ImportOver => StatusCodes.Status404NotFound,
                ImportChanged => StatusCodes.Status409Conflict,
                _ => StatusCodes.Status422UnprocessableEntity,
            },
            Problems.CodeOf(refusal.GetType()),
            refusal.Message
        );

    private static ProblemHttpResult CutOff() =>
        Problems.Of(
            StatusCodes.Status400BadRequest,
            ErrorCodes.BadRequest,
            "The files arrived incomplete, so nothing was imported. Send them again."
        );
}
