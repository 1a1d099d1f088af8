using System.Linq.Expressions;
using System.Reflection;
using GraphQL;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.GraphQL.Types;

/// <summary>
/// Binds a resolver's parameters to their values. Bindings are compiled once, so that calls need no reflection.
/// </summary>
internal static class Binding
{
    public static readonly ParameterExpression Context = Expression.Parameter(typeof(IResolveFieldContext), "context");

    /// <summary>Returns whether a parameter is an argument of the field and not a value from the server.</summary>
    public static bool IsArgument(ParameterInfo parameter) =>
        !parameter.IsDefined(typeof(ParentAttribute))
        && !parameter.IsDefined(typeof(ServiceAttribute))
        && parameter.ParameterType != typeof(PageArguments)
        && parameter.ParameterType != typeof(CancellationToken)
        && parameter.ParameterType != typeof(IResolveFieldContext)
        && !IsCaller(parameter.ParameterType);

    private static bool IsCaller(Type type) => type.IsAssignableTo(typeof(ICaller));

    public static Expression Of(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;

        if (type == typeof(IResolveFieldContext))
        {
            return Context;
        }

        if (type == typeof(CancellationToken))
        {
            return Expression.Property(Context, nameof(IResolveFieldContext.CancellationToken));
        }

        if (IsCaller(type))
        {
            return Expression.Convert(Expression.Call(typeof(Binding), nameof(Caller), null, Context), type);
        }

        if (parameter.IsDefined(typeof(ParentAttribute)))
        {
            return Source(type);
        }

        if (parameter.IsDefined(typeof(ServiceAttribute)))
        {
            return Call(nameof(Service), type, Context);
        }

        if (type == typeof(PageArguments))
        {
            return Expression.Call(typeof(Binding), nameof(Page), null, Context);
        }

        var fallback = parameter.HasDefaultValue ? parameter.DefaultValue : null;
        var name = Expression.Constant(GraphNames.Argument(parameter));
        return Call(
            nameof(Argument),
            type,
            Context,
            name,
            fallback is null ? Expression.Default(type) : Expression.Convert(Expression.Constant(fallback), type)
        );
    }

    public static Expression Source(Type type) =>
        Expression.Convert(Expression.Property(Context, nameof(IResolveFieldContext.Source)), type);

    private static MethodCallExpression Call(string method, Type type, params Expression[] arguments) =>
        Expression.Call(typeof(Binding), method, [type], arguments);

    private static T Service<T>(IResolveFieldContext context)
        where T : notnull => context.RequestServices!.GetRequiredService<T>();

    private static ICaller Caller(IResolveFieldContext context) => Service<CurrentCaller>(context).Value;

    private static T Argument<T>(IResolveFieldContext context, string name, T fallback) =>
        context.Arguments is { } given && given.TryGetValue(name, out var argument) && argument.Value is T value
            ? value
            : fallback;

    private static PageArguments Page(IResolveFieldContext context) =>
        PageArguments.Of(
            Argument<int?>(context, "first", null),
            Argument<string?>(context, "after", null),
            Argument<int?>(context, "last", null),
            Argument<string?>(context, "before", null)
        );
}
