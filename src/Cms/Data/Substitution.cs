using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;

namespace Cms.Data;

/// <summary>Replaces one expression with another, to build a query from parts.</summary>
internal sealed class Substitution(Expression from, Expression to) : ExpressionVisitor
{
    [return: NotNullIfNotNull(nameof(node))]
    public override Expression? Visit(Expression? node) => node == from ? to : base.Visit(node);
}
