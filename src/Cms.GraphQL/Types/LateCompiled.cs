using System.Linq.Expressions;

namespace Cms.GraphQL.Types;

/// <summary>
/// Compiles expressions when they are first called. A schema has thousands of them. Compiling all takes about a second
/// of processor time, and most servers use only some.
/// </summary>
internal static class LateCompiled
{
    public static Func<TIn, TOut> Of<TIn, TOut>(Expression<Func<TIn, TOut>> expression)
    {
        Lazy<Func<TIn, TOut>> compiled = new(expression.Compile);
        return input => compiled.Value(input);
    }

    public static Func<TFirst, TSecond, TOut> Of<TFirst, TSecond, TOut>(
        Expression<Func<TFirst, TSecond, TOut>> expression
    )
    {
        Lazy<Func<TFirst, TSecond, TOut>> compiled = new(expression.Compile);
        return (first, second) => compiled.Value(first, second);
    }

    /// <summary>Returns a delegate of the expression's type, which only reflection knows.</summary>
    public static Delegate Of(LambdaExpression expression)
    {
        var types = expression.Type.GetGenericArguments();
        var method = typeof(LateCompiled)
            .GetMethods()
            .Single(method => method.Name == nameof(Of) && method.GetGenericArguments().Length == types.Length);
        return (Delegate)method.MakeGenericMethod(types).Invoke(null, [expression])!;
    }
}
