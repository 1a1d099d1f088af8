using GraphQL;
using GraphQL.Execution;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.GraphQL.Execution;

/// <summary>
/// Executes the mutations of a request one after another. Each mutation is completed, including its payload, before the
/// next begins. Each uses separate services, because a mutation can change data that the loaders of earlier mutations
/// have cached.
/// </summary>
internal sealed class MutationStrategy : QueryStrategy
{
    private bool _anySucceeded;

    /// <summary>
    /// Executes the mutations. If outages prevented all of them, the whole request fails and can be sent again.
    /// </summary>
    public override async Task<ExecutionResult> ExecuteAsync(ExecutionContext context)
    {
        var result = await base.ExecuteAsync(context);
        return !_anySucceeded && context.Errors.FirstOrDefault(error => ErrorCodes.IsOutage(error.Code)) is { } error
            ? throw new RequestError(error.Code!, error.Message) { RetryAfter = (error as RequestError)?.RetryAfter }
            : result;
    }

    public override async Task ExecuteNodeTreeAsync(ExecutionContext context, ExecutionNode rootNode)
    {
        foreach (var mutation in TakePending())
        {
            await using var scope = context.RequestServices!.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentCaller>().Value = context
                .RequestServices!.GetRequiredService<CurrentCaller>()
                .Value;
            using var own = new ExecutionContext(context)
            {
                RequestServices = scope.ServiceProvider,
                Errors = context.Errors,
                OutputExtensions = context.OutputExtensions,
            };
            Begin(mutation);
            await base.ExecuteNodeTreeAsync(own, rootNode);
            _anySucceeded |= !context.Errors.Any(error => error.Path?.SequenceEqual([mutation.Name]) is true);
        }
    }
}
