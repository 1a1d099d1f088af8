using Cms.Data;
using Cms.GraphQL;
using Cms.Media.Blobs;
using Cms.Server.GraphQL;
using GraphQL;
using Microsoft.AspNetCore.Connections;

namespace Cms.Server;

/// <summary>
/// Responds at every address with 503 and an error code when the database is busy or unavailable, or the image store
/// cannot be used. Logs no error when a client has disconnected and its request is interrupted.
/// </summary>
internal sealed class DatabaseOutages(DatabaseErrors errors) : IMiddleware
{
    // The status that nginx logs. The client does not receive it.
    private const int ClientClosedRequest = 499;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception fault) when (context.RequestAborted.IsCancellationRequested && IsInterruption(fault))
        {
            if (!context.Response.HasStarted)
            {
                context.Response.StatusCode = ClientClosedRequest;
            }
        }
        catch (BlobStoreUnavailableException) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, StoreOutages.Error());
        }
        catch (Exception fault) when (!context.Response.HasStarted && errors.Concerns(fault))
        {
            await AnswerAsync(context, errors.Of(fault)!);
        }
    }

    private bool IsInterruption(Exception fault) =>
        fault is IOException or ConnectionAbortedException || errors.IsInterruption(fault);

    private static Task AnswerAsync(HttpContext http, RequestError error)
    {
        http.Response.Clear();
        http.Response.Headers.RetryAfter = GraphQLEndpoint.RetryAfter(error);
        http.Response.Headers.CacheControl = "no-store";
        return http.Request.Path.StartsWithSegments("/graphql", StringComparison.OrdinalIgnoreCase)
            ? ResponseWriter.WriteAsync(
                http.Response,
                MediaTypes.Negotiate(http.Request) is MediaTypes.ResponseJson
                    ? MediaTypes.ResponseJson
                    : MediaTypes.Json,
                StatusCodes.Status503ServiceUnavailable,
                new ExecutionResult { Errors = [error] }
            )
            : Problems.Of(StatusCodes.Status503ServiceUnavailable, error.Code!, error.Message).ExecuteAsync(http);
    }
}
