using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Reflection;
using GraphQL;

namespace Cms.GraphQL.Types;

/// <summary>Finds objects of one kind by their id.</summary>
internal abstract class NodeResolver
{
    public abstract string Prefix { get; }

    /// <summary>
    /// Finds the object, a loader's result for it, or null. Returns false if the text is not an id of this kind.
    /// </summary>
    public abstract bool TryFind(IResolveFieldContext context, string id, [NotNullWhen(true)] out Task<object?>? found);

    /// <summary>Makes a resolver of a method marked <see cref="NodeResolverAttribute"/>.</summary>
    public static NodeResolver Of(MethodInfo method)
    {
        var parameters = method.GetParameters();
        var id = Expression.Parameter(parameters[0].ParameterType, "id");
        var call = Expression.Call(method, [id, .. parameters.Skip(1).Select(Binding.Of)]);
        Expression found =
            method.ReturnType.IsGenericType && method.ReturnType.GetGenericTypeDefinition() == typeof(Task<>)
                ? Expression.Call(typeof(NodeResolver), nameof(FromTask), method.ReturnType.GetGenericArguments(), call)
                : Expression.Call(
                    typeof(NodeResolver),
                    nameof(FromValue),
                    null,
                    Expression.Convert(call, typeof(object))
                );
        var find = LateCompiled.Of(Expression.Lambda(found, Binding.Context, id));
        return (NodeResolver)Activator.CreateInstance(typeof(NodeResolver<>).MakeGenericType(id.Type), find)!;
    }

    private static async Task<object?> FromTask<T>(Task<T> found) => await found;

    private static Task<object?> FromValue(object? found) => Task.FromResult(found);
}

internal sealed class NodeResolver<TId>(Func<IResolveFieldContext, TId, Task<object?>> find) : NodeResolver
    where TId : struct, IEntityId<TId>
{
    public override string Prefix => TId.Prefix;

    public override bool TryFind(IResolveFieldContext context, string id, [NotNullWhen(true)] out Task<object?>? found)
    {
        if (EntityId.Parse<TId>(id) is not { } parsed)
        {
            found = null;
            return false;
        }

        found = find(context, parsed);
        return true;
    }
}
