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
    private readonly GraphQLField _field;
    private readonly CmsField _definition;
    private readonly TimeSpan _maxDuration;
    private readonly IOutages? _outages;
    private readonly IAdmission? _admission;
    private readonly ObserveAnswer? _observe;

    /// <summary>Finds the field to subscribe to.</summary>
    /// <param name="maxDuration">The time limit for executing one event.</param>
    /// <param name="outages">Ends the execution of an event if a dependency does not respond.</param>
    /// <param name="admission">Looks up what the caller may see, for each event.</param>
    /// <param name="observe">Called with the contents of each event, before it is sent.</param>
    /// <exception cref="RequestError">The operation does not select exactly one subscription field.</exception>
    public SubscriptionStrategy(
        ExecutionContext context,
        TimeSpan maxDuration,
        IOutages? outages,
        IAdmission? admission,
        ObserveAnswer? observe
    )
    {
        (_field, _definition) = RootField(context);
        (_maxDuration, _outages, _admission, _observe) = (maxDuration, outages, admission, observe);
    }

    public Task<ExecutionResult> ExecuteAsync(ExecutionContext context)
    {
        var node = new RootExecutionNode(context.Schema.Subscription!, context.Operation.SelectionSet);
        var child = new ObjectExecutionNode(node, _definition.ResolvedType!.GetNamedType(), _field, _definition, null);
        var source = _definition.Events!(new ReadonlyResolveFieldContext(child, context));
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

    // Validation misses some invalid operations, because it reads only one level of fragments and ignores @skip and
    // @include.
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
        EngineTelemetry.Begin();
        using (begun)
        {
            try
            {
                await foreach (var item in source.WithCancellation(cancellationToken))
                {
                    yield return await InTimeAsync(token => AnswerAsync(begun, item, token), cancellationToken);
                }
            }
            finally
            {
                EngineTelemetry.End();
            }
        }
    }

    // Waiting for an event has no time limit. Executing one has the limit of a query.
    private async Task<ExecutionResult> InTimeAsync(
        Func<CancellationToken, Task<ExecutionResult>> answer,
        CancellationToken cancellationToken
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_maxDuration);
        try
        {
            return await (_outages?.RunAsync(answer, limit.Token) ?? answer(limit.Token));
        }
        catch (OperationCanceledException)
            when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new RequestError(ErrorCodes.Timeout, DocumentedErrors.TookTooLong);
        }
    }

    private async Task<ExecutionResult> AnswerAsync(
        ExecutionContext begun,
        object? item,
        CancellationToken cancellationToken
    )
    {
        await using var scope = begun.RequestServices!.CreateAsyncScope();

        // What the caller may see can have changed since the subscription began.
        var caller = begun.RequestServices!.GetRequiredService<CurrentCaller>().Value;
        caller = _admission is null ? caller : await _admission.AdmitAsync(caller, cancellationToken);
        scope.ServiceProvider.GetRequiredService<CurrentCaller>().Value = caller;
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
        if (_observe is not null && caller.IsSignedIn)
        {
            await _observe(caller, context.Operation.Name?.StringValue, result.Rows, cancellationToken);
        }

        return result;
    }
}
