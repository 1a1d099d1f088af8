using Cms.Access;
using GraphQL.Execution;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Api.Execution;

/// <summary>
/// Executes the mutations of a request one after another, each to the last field of its payload and with services of its
/// own: what loaders have read for one is not shown again for the next, which may have changed it.
/// </summary>
internal sealed class MutationStrategy : QueryStrategy
{
    public override async Task ExecuteNodeTreeAsync(GraphQL.Execution.ExecutionContext context, ExecutionNode rootNode)
    {
        foreach (var mutation in TakePending())
        {
            await using var scope = context.RequestServices!.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentViewer>().Value = context
                .RequestServices!.GetRequiredService<CurrentViewer>()
                .Value;
            using var own = new GraphQL.Execution.ExecutionContext(context)
            {
                RequestServices = scope.ServiceProvider,
                Errors = context.Errors,
                OutputExtensions = context.OutputExtensions,
            };
            Begin(mutation);
            await base.ExecuteNodeTreeAsync(own, rootNode);
        }
    }
}
