using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using Cms.GraphQL;
using Cms.GraphQL.Execution;

namespace Cms.Server.GraphQL;

/// <summary>Reads GraphQL requests from HTTP ones.</summary>
internal static class RequestReader
{
    /// <summary>Bytes of a body; files do not go through GraphQL.</summary>
    public const int MaxBytes = 1_000_000;

    /// <summary>The codings that a body may come in.</summary>
    public const string Codings = "gzip, br, deflate";

    /// <exception cref="RequestError">A parameter is not what it should be.</exception>
    public static GraphQLRequest FromUrl(IQueryCollection query) =>
        GraphQLRequest.Of(
            One(query, "query"),
            One(query, "operationName"),
            One(query, "variables"),
            One(query, "extensions"),
            One(query, "documentId")
        );

    /// <summary>Reads the body where it arrived; only strings that are kept are copied.</summary>
    /// <exception cref="RequestError">No GraphQL request, or too large.</exception>
    public static Task<GraphQLRequest> FromBodyAsync(HttpContext http) => FromBodyAsync(http, GraphQLRequest.Read);

    /// <summary>Makes something of the whole body.</summary>
    /// <exception cref="RequestError">Too large, or it broke off.</exception>
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
            throw BrokeOff();
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
                throw error.StatusCode is StatusCodes.Status413PayloadTooLarge ? TooLarge() : BrokeOff();
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

    /// <summary>Whether a body's content coding is read here: one of <see cref="Codings" />, or none.</summary>
    public static bool IsCodingRead(HttpRequest request) =>
        Coding(request) is null or "gzip" or "x-gzip" or "br" or "deflate";

    // Decompressed while it is read, so that reading ends at the limit.
    private static Stream? Decoded(HttpRequest request) =>
        Coding(request) switch
        {
            null => null,
            "br" => new BrotliStream(request.Body, CompressionMode.Decompress, leaveOpen: true),
            "deflate" => new ZLibStream(request.Body, CompressionMode.Decompress, leaveOpen: true),
            _ => new GZipStream(request.Body, CompressionMode.Decompress, leaveOpen: true),
        };

    /// <summary>How the body is coded, in lower case; null when it is sent as it is.</summary>
    public static string? Coding(HttpRequest request) =>
        request.Headers.ContentEncoding.ToString().Trim().ToLowerInvariant() is { Length: > 0 } coding
        && coding != "identity"
            ? coding
            : null;

    private static RequestError BrokeOff() =>
        new(ErrorCodes.BadRequest, "The body broke off, or is not in the coding that Content-Encoding names.");

    private static string? One(IQueryCollection query, string name) =>
        query[name] switch
        {
            { Count: 0 } => null,
            { Count: 1 } one => one[0],
            _ => throw new RequestError(ErrorCodes.BadRequest, $"{name} is given once."),
        };

    private static RequestError TooLarge() =>
        new(ErrorCodes.RequestTooLarge, $"A request holds {MaxBytes} bytes at most.");
}
