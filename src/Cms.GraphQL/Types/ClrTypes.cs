using GraphQL.DataLoader;

namespace Cms.GraphQL.Types;

/// <summary>Classifies the C# types that the schema is built from.</summary>
internal static class ClrTypes
{
    public static bool IsId(Type type) => type.IsValueType && typeof(IEntityId).IsAssignableFrom(type);

    public static bool IsConnection(Type type) => Is(type, typeof(Connection<>));

    /// <summary>Returns whether a type is a task, a loader's result or a stream of the field's values.</summary>
    public static bool IsPromise(Type type) =>
        IsStream(type)
        || Is(type, typeof(Task<>))
        || Is(type, typeof(ValueTask<>))
        || Is(type, typeof(IDataLoaderResult<>));

    /// <summary>Returns whether a type is a stream of events, for a field of the subscription root.</summary>
    public static bool IsStream(Type type) => Is(type, typeof(IAsyncEnumerable<>));

    public static bool Is(Type type, Type definition) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == definition;

    /// <summary>Returns the type of the value in an <see cref="Optional{T}" />; any other type unchanged.</summary>
    public static Type WithoutOptional(Type type) =>
        Is(type, typeof(Optional<>)) ? type.GetGenericArguments()[0] : type;

    /// <summary>Returns the type of a list's items; null if the type is not a list.</summary>
    public static Type? ElementOf(Type type) =>
        type.IsArray ? type.GetElementType()
        : type != typeof(string)
        && type.IsGenericType
        && typeof(System.Collections.IEnumerable).IsAssignableFrom(type)
        && type.GetGenericArguments() is [var element]
            ? element
        : null;
}
