using GraphQL;
using GraphQL.Resolvers;

namespace Cms.Api.Types;

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
