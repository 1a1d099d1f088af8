using System.Buffers;
using System.Text.Json;
using Cms.GraphQL;
using Cms.GraphQL.Execution;
using Cms.People;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Webhooks;

/// <summary>Executes a GraphQL document about a change, with the rights of the webhook's receiver.</summary>
public sealed class AskAsReceiver(GraphQLEngine engine, IServiceScopeFactory scopes)
{
    // A later answer lacks these errors.
    private static readonly string[] Passing =
    [
        ErrorCodes.DatabaseBusy,
        ErrorCodes.DatabaseUnavailable,
        ErrorCodes.Overloaded,
        ErrorCodes.Timeout,
        ErrorCodes.Internal,
    ];

    /// <summary>Returns the answer as clients of the API get it.</summary>
    /// <param name="document">The document.</param>
    /// <param name="delivery">The delivery of the change.</param>
    /// <param name="viewer">The receiver.</param>
    /// <param name="isSent">
    /// Whether the answer is for the receiver, so that it is recorded what a partner receives. It is recorded before the
    /// message is sent: a partner that may have received it is asked to confirm a takedown.
    /// </param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="RequestError">The partner receives nothing now, or a later attempt may have an answer.</exception>
    public async Task<JsonDocument> Handle(
        string document,
        WebhookDelivery delivery,
        Viewer viewer,
        bool isSent,
        CancellationToken cancellationToken
    )
    {
        var id = WebhookEvents.IdOf(delivery.Kind!.Value, delivery.SubjectId!.Value);
        var seq = viewer.Partner is null ? delivery.Seq : null;
        await using var scope = scopes.CreateAsyncScope();
        var result = await engine.ExecuteAsync(
            new GraphQLRequest(document) { Variables = WebhookQuery.Variables(id, seq), StaysInside = !isSent },
            scope.ServiceProvider,
            viewer,
            readOnly: true,
            cancellationToken
        );
        var json = new ArrayBufferWriter<byte>(4 * 1024);
        ResultWriter.Write(json, result);
        var answer = JsonDocument.Parse(json.WrittenMemory);
        try
        {
            Check(answer.RootElement);
            return answer;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    private static void Check(JsonElement answer)
    {
        if (!answer.TryGetProperty("errors", out var errors))
        {
            return;
        }

        var isExecuted = answer.TryGetProperty("data", out _);
        foreach (var error in errors.EnumerateArray())
        {
            var code = error.GetProperty("extensions").GetProperty("code").GetString()!;
            if (Passing.Contains(code, StringComparer.Ordinal) || (code == ErrorCodes.NotAuthorized && !isExecuted))
            {
                throw new RequestError(code, error.GetProperty("message").GetString()!);
            }
        }
    }
}
