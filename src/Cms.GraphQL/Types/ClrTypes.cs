using GraphQL.DataLoader;

namespace Cms.GraphQL.Types;

/// <summary>Questions about C# types that the schema is made from.</summary>
internal static class ClrTypes
{
    public static bool IsId(Type type) => type.IsValueType && typeof(IEntityId).IsAssignableFrom(type);

    public static bool IsConnection(Type type) => Is(type, typeof(Connection<>));

    /// <summary>A task, a loader's promise or a stream: the field gives what comes out of it.</summary>
    public static bool IsPromise(Type type) =>
        IsStream(type)
        || Is(type, typeof(Task<>))
        || Is(type, typeof(ValueTask<>))
        || Is(type, typeof(IDataLoaderResult<>));

    /// <summary>Events one after another: a field of the subscription root.</summary>
    public static bool IsStream(Type type) => Is(type, typeof(IAsyncEnumerable<>));

    public static bool Is(Type type, Type definition) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == definition;

    /// <summary>The type of a list's items; null when it is no list.</summary>
    public static Type? ElementOf(Type type) =>
        type.IsArray ? type.GetElementType()
        : type != typeof(string)
        && type.IsGenericType
        && typeof(System.Collections.IEnumerable).IsAssignableFrom(type)
        && type.GetGenericArguments() is [var element]
            ? element
        : null;
}
