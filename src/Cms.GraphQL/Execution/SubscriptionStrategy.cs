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
/// <param name="maxDuration">The longest time that one event may take.</param>
/// <param name="outages">Ends an event that waits for something that does not respond.</param>
internal sealed class SubscriptionStrategy(TimeSpan maxDuration, IOutages? outages) : IExecutionStrategy
{
    /// <summary>
    /// Rejects an operation that does not select exactly one field. Validation misses some: it looks into one level of fragments, and ignores
    /// <c>@skip</c> and <c>@include</c>.
    /// </summary>
    /// <exception cref="RequestError">The operation does not select exactly one subscription field.</exception>
    public static void Check(ExecutionContext context) => RootField(context);

    public Task<ExecutionResult> ExecuteAsync(ExecutionContext context)
    {
        var (field, definition) = RootField(context);
        var node = new RootExecutionNode(context.Schema.Subscription!, context.Operation.SelectionSet);
        var child = new ObjectExecutionNode(node, definition.ResolvedType!.GetNamedType(), field, definition, null);
        var source = definition.Events!(new ReadonlyResolveFieldContext(child, context));
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

    private static (GraphQLField Field, CmsField Definition) RootField(ExecutionContext context)
    {
        var walker = new SelectionWalker(context.Document, context.Schema, context.DirectiveValues);
        List<GraphQLField> fields =
        [
            .. new SelectedFields(walker)
                .Of(context.Operation)
                .DistinctBy(field => (field.Alias?.Name ?? field.Name).Value),
        ];
        if (fields is not [var field])
        {
            throw new RequestError(
                ErrorCodes.ValidationFailed,
                $"A subscription must select exactly one field; this one selects {fields.Count}."
            );
        }

        return context.Schema.Subscription?.GetField(field.Name.Value) is CmsField { Events: not null } definition
            ? (field, definition)
            : throw new RequestError(ErrorCodes.ValidationFailed, $"{field.Name.StringValue} is not a subscription.");
    }

    // GraphQL.NET clears its context once the subscription has begun, so events are executed from a copy.
    private async IAsyncEnumerable<ExecutionResult> AnswersAsync(
        ExecutionContext begun,
        IAsyncEnumerable<object?> source,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        using (begun)
        {
            await foreach (var item in source.WithCancellation(cancellationToken))
            {
                yield return await InTimeAsync(token => AnswerAsync(begun, item, token), cancellationToken);
            }
        }
    }

    // Waiting for the next event may take for ever. Executing it may take as long as a query.
    private async Task<ExecutionResult> InTimeAsync(
        Func<CancellationToken, Task<ExecutionResult>> answer,
        CancellationToken cancellationToken
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(maxDuration);
        try
        {
            return await (outages?.RunAsync(answer, limit.Token) ?? answer(limit.Token));
        }
        catch (OperationCanceledException)
            when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new RequestError(ErrorCodes.Timeout, DocumentedErrors.TookTooLong);
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
