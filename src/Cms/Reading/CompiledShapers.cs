using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Storage;

namespace Cms.Reading;

/// <summary>
/// Compiles the code that turns rows into objects once, together with its query. To support precompiled queries, EF
/// Core 10 leaves this code as a lambda inside the query's lambda. Each execution would then create the delegate again,
/// which costs as much as reading a dozen rows.
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

    /// <summary>Detects whether a lambda uses variables that are declared outside it.</summary>
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
        /// <summary>Compiles the code that turns rows into objects together with each query.</summary>
        public DbContextOptionsBuilder UseCompiledShapers() =>
            options.ReplaceService<ILiftableConstantProcessor, CompiledShapers>();
    }
}
