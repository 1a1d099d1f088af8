using System.Runtime.CompilerServices;
using Cms.GraphQL.Types;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQLParser.AST;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.GraphQL.Execution;

/// <summary>A subscription that has begun.</summary>
public sealed class SubscriptionResult : ExecutionResult
{
    /// <summary>The responses, one for each event. Disposing the enumerator ends the subscription.</summary>
    public required IAsyncEnumerable<ExecutionResult> Events { get; init; }
}

/// <summary>Begins subscriptions. Each event is executed as a separate query with its own services.</summary>
internal sealed class SubscriptionStrategy : IExecutionStrategy
{
    public Task<ExecutionResult> ExecuteAsync(ExecutionContext context)
    {
        // Validation ensures that there is exactly one root field.
        var field = context.Operation.SelectionSet.Selections.OfType<GraphQLField>().Single();
        if (context.Schema.Subscription?.GetField(field.Name.Value) is not CmsField { Events: { } events } definition)
        {
            throw new RequestError(ErrorCodes.ValidationFailed, $"{field.Name.StringValue} is not a subscription.");
        }

        var node = new RootExecutionNode(context.Schema.Subscription, context.Operation.SelectionSet);
        var child = new ObjectExecutionNode(node, definition.ResolvedType!.GetNamedType(), field, definition, null);
        var source = events(new ReadonlyResolveFieldContext(child, context));
        return Task.FromResult<ExecutionResult>(
            new SubscriptionResult { Executed = true, Events = AnswersAsync(new ExecutionContext(context), source) }
        );
    }

    public Task ExecuteNodeTreeAsync(ExecutionContext context, ExecutionNode rootNode) =>
        throw new NotSupportedException("Each event is executed by QueryStrategy.");

    public Dictionary<string, (GraphQLField field, FieldType fieldType)>? GetSubFields(
        ExecutionContext executionContext,
        ExecutionNode executionNode
    ) => null;

    // GraphQL.NET clears its context once the subscription has begun, so events are executed from a copy.
    private static async IAsyncEnumerable<ExecutionResult> AnswersAsync(
        ExecutionContext begun,
        IAsyncEnumerable<object?> source,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        using (begun)
        {
            await foreach (var item in source.WithCancellation(cancellationToken))
            {
                yield return await AnswerAsync(begun, item, cancellationToken);
            }
        }
    }

    private static async Task<ExecutionResult> AnswerAsync(
        ExecutionContext begun,
        object? item,
        CancellationToken cancellationToken
    )
    {
        await using var scope = begun.RequestServices!.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentCaller>().Value = begun
            .RequestServices!.GetRequiredService<CurrentCaller>()
            .Value;
        using var context = new ExecutionContext(begun)
        {
            RootValue = item,
            RequestServices = scope.ServiceProvider,
            ExecutionStrategy = new QueryStrategy(),
            Errors = [],
            OutputExtensions = [],
            CancellationToken = cancellationToken,
        };
        var result = await context.ExecutionStrategy.ExecuteAsync(context);
        result.AddErrors(context.Errors);
        result.Executed = true;
        return result;
    }
}
