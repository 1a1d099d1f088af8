using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using Cms.GraphQL;
using Cms.GraphQL.Execution;

namespace Cms.Server.GraphQL;

/// <summary>Reads GraphQL requests from HTTP requests.</summary>
internal static class RequestReader
{
    /// <summary>The maximum size of a body in bytes. Files are not uploaded through GraphQL.</summary>
    public const int MaxBytes = 1_000_000;

    /// <summary>The supported content codings of a body.</summary>
    public const string Codings = "gzip, br, deflate";

    /// <exception cref="RequestError">A parameter is not valid.</exception>
    public static GraphQLRequest FromUrl(IQueryCollection query) =>
        GraphQLRequest.Of(
            One(query, "query"),
            One(query, "operationName"),
            One(query, "variables"),
            One(query, "extensions"),
            One(query, "documentId")
        );

    /// <summary>Reads a request from the body. Copies only the strings that the request contains.</summary>
    /// <exception cref="RequestError">The body is not a GraphQL request or is too large.</exception>
    public static Task<GraphQLRequest> FromBodyAsync(HttpContext http) => FromBodyAsync(http, GraphQLRequest.Read);

    /// <summary>Passes the complete body to <paramref name="read" />.</summary>
    /// <exception cref="RequestError">The body is too large or incomplete.</exception>
    public static async Task<T> FromBodyAsync<T>(HttpContext http, Func<ReadOnlySequence<byte>, T> read)
    {
        if (http.Request.ContentLength > MaxBytes)
        {
            throw TooLarge();
        }

        if (Decoded(http.Request) is not { } decoded)
        {
            return await ReadAsync(http.Request.BodyReader, read, http.RequestAborted);
        }

        var reader = PipeReader.Create(decoded);
        try
        {
            return await ReadAsync(reader, read, http.RequestAborted);
        }
        catch (Exception error) when (error is InvalidDataException or InvalidOperationException)
        {
            throw Incomplete();
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    private static async Task<T> ReadAsync<T>(
        PipeReader body,
        Func<ReadOnlySequence<byte>, T> read,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            ReadResult arrived;

            try
            {
                arrived = await body.ReadAsync(cancellationToken);
            }
            catch (BadHttpRequestException error)
            {
                throw error.StatusCode is StatusCodes.Status413PayloadTooLarge ? TooLarge() : Incomplete();
            }

            if (arrived.Buffer.Length > MaxBytes)
            {
                throw TooLarge();
            }

            if (!arrived.IsCompleted)
            {
                body.AdvanceTo(arrived.Buffer.Start, arrived.Buffer.End);
                continue;
            }

            try
            {
                return read(arrived.Buffer);
            }
            finally
            {
                body.AdvanceTo(arrived.Buffer.End);
            }
        }
    }

    /// <summary>Whether the body's content coding is supported: one of <see cref="Codings" />, or none.</summary>
    public static bool IsCodingRead(HttpRequest request) =>
        Coding(request) is null or "gzip" or "x-gzip" or "br" or "deflate";

    // Decompresses while reading, so that reading stops at the size limit.
    private static Stream? Decoded(HttpRequest request) =>
        Coding(request) switch
        {
            null => null,
            "br" => new BrotliStream(request.Body, CompressionMode.Decompress, leaveOpen: true),
            "deflate" => new ZLibStream(request.Body, CompressionMode.Decompress, leaveOpen: true),
            _ => new GZipStream(request.Body, CompressionMode.Decompress, leaveOpen: true),
        };

    /// <summary>Returns the body's content coding in lower case; null if it has none.</summary>
    public static string? Coding(HttpRequest request) =>
        request.Headers.ContentEncoding.ToString().Trim().ToLowerInvariant() is { Length: > 0 } coding
        && coding != "identity"
            ? coding
            : null;

    private static RequestError Incomplete() =>
        new(ErrorCodes.BadRequest, "The body is incomplete, or its encoding is not the one in Content-Encoding.");

    private static string? One(IQueryCollection query, string name) =>
        query[name] switch
        {
            { Count: 0 } => null,
            { Count: 1 } one => one[0],
            _ => throw new RequestError(ErrorCodes.BadRequest, $"Send {name} only once."),
        };

    private static RequestError TooLarge() =>
        new(ErrorCodes.RequestTooLarge, $"A request may have at most {MaxBytes} bytes.");
}
