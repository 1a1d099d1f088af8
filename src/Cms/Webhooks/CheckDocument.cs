using Cms.Articles;
using Cms.GraphQL;
using Cms.GraphQL.Execution;
using Cms.Partners;
using Cms.People;
using GraphQL;
using GraphQLParser.AST;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Webhooks;

/// <summary>
/// Checks a document when a webhook is saved: it is executed once about an article that does not exist, so that the
/// schema, the cost and the rights of the receiver are checked as they are later.
/// </summary>
public sealed class CheckDocument(GraphQLEngine engine, IServiceScopeFactory scopes)
{
    /// <returns>Why the document cannot be used; null if it can.</returns>
    public async Task<WebhookDocumentInvalid?> Handle(
        string? document,
        PartnerId? partner,
        CancellationToken cancellationToken
    )
    {
        if (string.IsNullOrWhiteSpace(document) || document.Length > Webhook.MaxDocument)
        {
            return null;
        }

        try
        {
            if (
                new DocumentGuard().Build(document).Definitions.OfType<GraphQLOperationDefinition>().ToList()
                is not [{ Operation: OperationType.Query }]
            )
            {
                return Invalid("It does not contain exactly one operation, a query.");
            }
        }
        catch (ExecutionError error)
        {
            return Invalid(error.Message);
        }

        await using var scope = scopes.CreateAsyncScope();
        var result = await engine.ExecuteAsync(
            new GraphQLRequest(document)
            {
                Variables = WebhookQuery.Variables(ArticleId.New().Format(), partner is null ? 1 : null),
            },
            scope.ServiceProvider,
            ViewerOf(partner),
            readOnly: true,
            cancellationToken
        );
        return result is { Executed: false, Errors: [var first, ..] } ? Invalid(first.Message) : null;
    }

    // A program of any partner may select the same fields, whether or not the agreement of this partner is in force.
    private static Viewer ViewerOf(PartnerId? partner) =>
        partner is null
            ? Viewer.Anonymous
            : new Viewer
            {
                Kind = ViewerKind.Partner,
                Key = new PersonKey(Guid.Empty, Guid.Empty),
                MaySyndicate = true,
            };

    private static WebhookDocumentInvalid Invalid(string problem) =>
        new(problem.Length <= 500 ? problem : problem[..500] + "…") { Path = ["document"] };
}

/// <summary>How the documents of webhooks are executed.</summary>
internal static class WebhookQuery
{
    /// <summary>Returns the variables of a document.</summary>
    /// <param name="id">The id of what was changed.</param>
    /// <param name="seq">The number of the change; null for partners, which do not learn it.</param>
    public static Inputs Variables(string id, long? seq) =>
        new(
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["id"] = id,
                ["seq"] = seq is { } number ? Number(number) : null,
            }
        );

    /// <summary>Returns a number of a change as GraphQL's integers have it, of 32 bits.</summary>
    public static int Number(long seq) => (int)Math.Min(seq, int.MaxValue);
}
