using GraphQL;
using GraphQL.DI;
using GraphQL.Execution;
using GraphQL.Instrumentation;
using GraphQL.Validation;
using GraphQLParser.AST;

namespace Cms.Api.Execution;

/// <summary>Executes documents, queries by a strategy of our own.</summary>
internal sealed class CmsExecuter(
    IDocumentBuilder documents,
    IDocumentValidator validator,
    IExecutionStrategySelector strategies,
    IEnumerable<IConfigureExecution> configurations
) : DocumentExecuter(documents, validator, strategies, configurations)
{
    /// <summary>The key in the user's context that a request carries which may only read: caches and link previews follow links.</summary>
    public const string ReadOnly = "cms.readOnly";

    protected override GraphQL.Execution.ExecutionContext BuildExecutionContext(
        ExecutionOptions options,
        GraphQLDocument document,
        GraphQLOperationDefinition operation,
        IValidationResult validationResult,
        Metrics metrics
    ) =>
        operation.Operation is not OperationType.Query && options.UserContext?.ContainsKey(ReadOnly) is true
            ? throw new NotReadOnlyError(document.Source, operation)
            : base.BuildExecutionContext(options, document, operation, validationResult, metrics);

    protected override IExecutionStrategy SelectExecutionStrategy(GraphQL.Execution.ExecutionContext context) =>
        context.Operation.Operation is OperationType.Query
            ? new QueryStrategy()
            : base.SelectExecutionStrategy(context);
}
