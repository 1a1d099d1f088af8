using GraphQL.Validation;
using GraphQLParser.AST;

namespace Cms.Api.Execution;

/// <summary>A request that came by GET may only read; caches and link previews follow links.</summary>
internal sealed class ReadOnlyRule : ValidationRuleBase
{
    public override ValueTask<INodeVisitor?> GetPreNodeVisitorAsync(ValidationContext context)
    {
        if (
            context.Operation.Operation is not OperationType.Query
            && context.UserContext.ContainsKey(nameof(ReadOnlyRule))
        )
        {
            context.ReportError(new NotReadOnlyError(context.Document.Source, context.Operation));
        }

        return default;
    }
}
