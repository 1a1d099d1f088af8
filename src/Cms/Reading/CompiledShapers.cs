using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Storage;

namespace Cms.Reading;

/// <summary>
/// Compiles what makes objects of rows once, with its query. EF Core 10 leaves it as a lambda inside the query's own,
/// for queries that are compiled ahead of time; otherwise each execution makes the delegate anew, at the cost of reading
/// a dozen rows.
/// </summary>
internal sealed class CompiledShapers(
    ShapedQueryCompilingExpressionVisitorDependencies dependencies,
    RelationalShapedQueryCompilingExpressionVisitorDependencies relationalDependencies,
    RelationalCommandBuilderDependencies commandBuilderDependencies
) : RelationalLiftableConstantProcessor(dependencies, relationalDependencies, commandBuilderDependencies)
{
    public override Expression InlineConstants(Expression expression, bool supportsPrecompiledQuery) =>
        base.InlineConstants(expression, supportsPrecompiledQuery) is LambdaExpression query
            ? Expression.Lambda(query.Type, new Compilation().Visit(query.Body), query.Parameters)
            : expression;

    private sealed class Compilation : ExpressionVisitor
    {
        protected override Expression VisitLambda<T>(Expression<T> node) =>
            Captures.Any(node) ? base.VisitLambda(node) : Expression.Constant(node.Compile(), node.Type);
    }

    /// <summary>Looks for variables that belong to an expression further out.</summary>
    private sealed class Captures : ExpressionVisitor
    {
        private readonly HashSet<ParameterExpression> _own = [];
        private bool _found;

        public static bool Any(LambdaExpression lambda)
        {
            var captures = new Captures();
            captures.Visit(lambda);
            return captures._found;
        }

        protected override Expression VisitLambda<T>(Expression<T> node)
        {
            _own.UnionWith(node.Parameters);
            return base.VisitLambda(node);
        }

        protected override Expression VisitBlock(BlockExpression node)
        {
            _own.UnionWith(node.Variables);
            return base.VisitBlock(node);
        }

        protected override CatchBlock VisitCatchBlock(CatchBlock node)
        {
            if (node.Variable is { } variable)
            {
                _own.Add(variable);
            }

            return base.VisitCatchBlock(node);
        }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            _found |= !_own.Contains(node);
            return node;
        }
    }
}

public static class CompiledShapersOption
{
    extension(DbContextOptionsBuilder options)
    {
        /// <summary>Compiles each query whole.</summary>
        public DbContextOptionsBuilder UseCompiledShapers() =>
            options.ReplaceService<ILiftableConstantProcessor, CompiledShapers>();
    }
}
