using System.Buffers;
using System.IO.Pipelines;
using Cms.Api;
using Cms.Api.Execution;

namespace Cms.Server.GraphQL;

/// <summary>Reads GraphQL requests from HTTP ones.</summary>
internal static class RequestReader
{
    /// <summary>Bytes of a body; files do not go through GraphQL.</summary>
    public const int MaxBytes = 1_000_000;

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

        var body = http.Request.BodyReader;

        while (true)
        {
            ReadResult arrived;

            try
            {
                arrived = await body.ReadAsync(http.RequestAborted);
            }
            catch (BadHttpRequestException error)
            {
                throw error.StatusCode is StatusCodes.Status413PayloadTooLarge
                    ? TooLarge()
                    : new RequestError(ErrorCodes.BadRequest, "The body broke off.");
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
