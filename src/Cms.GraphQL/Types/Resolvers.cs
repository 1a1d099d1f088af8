using Cms.GraphQL.Execution;
using GraphQL;
using GraphQL.Resolvers;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.GraphQL.Types;

internal sealed class ValueResolver(Func<IResolveFieldContext, object?> read) : IFieldResolver
{
    public ValueTask<object?> ResolveAsync(IResolveFieldContext context) => new(LoaderResults.Unwrap(read(context)));
}

internal sealed class TaskResolver<T>(Func<IResolveFieldContext, Task<T>> read) : IFieldResolver
{
    public async ValueTask<object?> ResolveAsync(IResolveFieldContext context) => await read(context);
}

internal sealed class ValueTaskResolver<T>(Func<IResolveFieldContext, ValueTask<T>> read) : IFieldResolver
{
    public async ValueTask<object?> ResolveAsync(IResolveFieldContext context) => await read(context);
}

/// <summary>Returns a mutation's result. An error that the mutation does not declare is a server fault.</summary>
internal sealed class MutationResolver<T>(
    Func<IResolveFieldContext, Task<Result<T>>> operate,
    IReadOnlyCollection<Type> declared
) : IFieldResolver
{
    private static readonly Type Changed = typeof(T)
        .GetInterfaces()
        .FirstOrDefault(shared => ClrTypes.Is(shared, typeof(IViewOf<>)))
        is { } view
        ? view.GetGenericArguments()[0]
        : typeof(T);

    public async ValueTask<object?> ResolveAsync(IResolveFieldContext context)
    {
        var input = (MutationInput)context.Arguments!["input"].Value!;
        ClientMutation.Begin(input, context.FieldDefinition.Name, Changed);
        var result = await operate(context);
        if (result.Errors.FirstOrDefault(error => !declared.Contains(error.GetType())) is { } undeclared)
        {
            throw new InvalidOperationException(
                $"{context.FieldDefinition.Name} returned {undeclared.GetType().Name}, which it does not declare: {undeclared.Message}"
            );
        }

        return new Payload(result.IsRefused ? null : result.Value, result.Errors, input.ClientMutationId);
    }
}

/// <summary>Checks a field's policy again, in case the check before execution was bypassed.</summary>
internal sealed class GuardedResolver(FieldPolicy policy, IPolicies policies, IFieldResolver inner) : IFieldResolver
{
    public ValueTask<object?> ResolveAsync(IResolveFieldContext context)
    {
        Check(policy, policies, context);
        return inner.ResolveAsync(context);
    }

    public static void Check(FieldPolicy policy, IPolicies policies, IResolveFieldContext context)
    {
        var caller = context.RequestServices!.GetRequiredService<CurrentCaller>().Value;
        if (policy.Refusal(caller, policies, context.FieldDefinition.Name) is { } refusal)
        {
            throw refusal;
        }
    }
}
