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
            One(query, "extensions")
        );

    /// <summary>Reads the body where it arrived; only strings that are kept are copied.</summary>
    /// <exception cref="RequestError">No GraphQL request, or too large.</exception>
    public static async Task<GraphQLRequest> FromBodyAsync(HttpContext http)
    {
        if (http.Request.ContentLength > MaxBytes)
        {
            throw TooLarge();
        }

        var body = http.Request.BodyReader;

        while (true)
        {
            ReadResult read;

            try
            {
                read = await body.ReadAsync(http.RequestAborted);
            }
            catch (BadHttpRequestException error)
            {
                throw error.StatusCode is StatusCodes.Status413PayloadTooLarge
                    ? TooLarge()
                    : new RequestError(ErrorCodes.BadRequest, "The body broke off.");
            }

            if (read.Buffer.Length > MaxBytes)
            {
                throw TooLarge();
            }

            if (!read.IsCompleted)
            {
                body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }

            try
            {
                return GraphQLRequest.Read(read.Buffer);
            }
            finally
            {
                body.AdvanceTo(read.Buffer.End);
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
