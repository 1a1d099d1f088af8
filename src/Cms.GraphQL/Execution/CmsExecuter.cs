using System.Runtime.CompilerServices;
using GraphQL;
using GraphQL.DI;
using GraphQL.Execution;
using GraphQL.Instrumentation;
using GraphQL.Validation;
using GraphQLParser.AST;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.GraphQL.Execution;

/// <summary>Executes documents. Each kind of operation has its own strategy.</summary>
internal sealed class CmsExecuter(
    IDocumentBuilder documents,
    IDocumentValidator validator,
    IExecutionStrategySelector strategies,
    IEnumerable<IConfigureExecution> configurations,
    ICostLimits limits,
    IPolicies policies,
    EngineSettings settings,
    IOutages? outages = null,
    IAdmission? admission = null,
    ObserveAnswer? observe = null
) : DocumentExecuter(documents, validator, strategies, configurations)
{
    /// <summary>
    /// The key in the user context of a read-only request. A GET is read-only, because caches and link previews send
    /// GET requests for any link.
    /// </summary>
    public const string ReadOnly = "cms.readOnly";

    /// <summary>The key in the user context of a request whose response reports its cost.</summary>
    public const string ReportsCost = "cms.reportsCost";

    private readonly OperationAccess _access = new(policies, settings.AnonymousIntrospection);

    // Parsed documents are cached. The cost of an operation is cached with the operation, unless the cost depends on
    // variables.
    private readonly ConditionalWeakTable<GraphQLOperationDefinition, StrongBox<long>> _fixed = [];

    /// <summary>
    /// Executes a request. If an outage fails the whole request, the result is marked as not executed.
    /// </summary>
    public override async Task<ExecutionResult> ExecuteAsync(ExecutionOptions options)
    {
        var result = await base.ExecuteAsync(options);

        // An error of a field has a path. An error that fails the whole request has none.
        if (result.Errors?.Any(error => error.Path is null && ErrorCodes.IsOutage(error.Code)) is true)
        {
            result.Executed = false;
            result.Data = null;
        }

        return result;
    }

    protected override ExecutionContext BuildExecutionContext(
        ExecutionOptions options,
        GraphQLDocument document,
        GraphQLOperationDefinition operation,
        IValidationResult validationResult,
        Metrics metrics
    )
    {
        if (operation.Operation is OperationType.Mutation)
        {
            if (options.UserContext?.ContainsKey(ReadOnly) is true)
            {
                throw new NotReadOnlyError(document.Source, operation);
            }

            options.RequestServices!.GetRequiredService<CurrentOperation>().IsMutation = true;

            // The deadline is async-local. It reaches the mutations, because the method that executes them calls this
            // method.
            MutationDeadline.Begin(((CmsExecutionOptions)options).BeganAt, settings.MaxDuration);
        }

        var context = base.BuildExecutionContext(options, document, operation, validationResult, metrics);
        if (validationResult.IsValid)
        {
            _access.Check(context);
            Price(context);
        }

        return context;
    }

    private void Price(ExecutionContext context)
    {
        var cost = Cost(context);
        context.RequestServices!.GetRequiredService<CurrentOperation>().Cost = cost;
        var limit = limits.Of(context.RequestServices!.GetRequiredService<CurrentCaller>().Value);
        if (cost > limit)
        {
            throw new RequestError(
                ErrorCodes.CostExceeded,
                $"The operation costs {cost}; the limit is {limit}. Request smaller pages or fewer nested lists."
            );
        }

        if (context.UserContext.ContainsKey(ReportsCost))
        {
            context.OutputExtensions["cost"] = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["requested"] = cost,
                ["limit"] = limit,
            };
        }
    }

    private long Cost(ExecutionContext context)
    {
        if (_fixed.TryGetValue(context.Operation, out var known))
        {
            return known.Value;
        }

        var cost = new OperationCost(context.Schema, context.Document, context.ArgumentValues);
        var total = cost.Of(context.Operation);
        if (cost.IsFixed)
        {
            _fixed.AddOrUpdate(context.Operation, new StrongBox<long>(total));
        }

        return total;
    }

    protected override IExecutionStrategy SelectExecutionStrategy(ExecutionContext context) =>
        context.Operation.Operation switch
        {
            OperationType.Query => new QueryStrategy(),
            OperationType.Subscription => new SubscriptionStrategy(
                context,
                settings.MaxDuration,
                outages,
                admission,
                observe
            ),
            _ => new MutationStrategy(),
        };
}
