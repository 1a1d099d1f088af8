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
    /// <summary>The answers, one for each event, made when asked for; whoever stops asking ends the subscription.</summary>
    public required IAsyncEnumerable<ExecutionResult> Events { get; init; }
}

/// <summary>Begins subscriptions: each event is executed like a query of its own, with services of its own.</summary>
/// <param name="maxDuration">How long one event may take.</param>
/// <param name="outages">Gives up an event that waits for what does not answer.</param>
internal sealed class SubscriptionStrategy(TimeSpan maxDuration, IOutages? outages) : IExecutionStrategy
{
    /// <summary>
    /// Refuses an operation that does not subscribe to one field. Validation does not see everything: it looks into one fragment, and does not know what
    /// <c>@skip</c> and <c>@include</c> leave out.
    /// </summary>
    /// <exception cref="RequestError">It selects another number of fields, or one without events.</exception>
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
                $"A subscription selects exactly one field, and this one selects {fields.Count}: select one."
            );
        }

        return context.Schema.Subscription?.GetField(field.Name.Value) is CmsField { Events: not null } definition
            ? (field, definition)
            : throw new RequestError(
                ErrorCodes.ValidationFailed,
                $"{field.Name.StringValue} is nothing to subscribe to."
            );
    }

    // The engine clears its context when the subscription has begun: events are executed from a copy.
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
