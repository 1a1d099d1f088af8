using System.Reflection;
using Cms.GraphQL.Execution;

namespace Cms.GraphQL.Types;

/// <summary>Converts values of the schema's scalars and lists to the types of C# parameters and properties.</summary>
internal static class InputValues
{
    /// <summary>Returns the conversion to the type of a parameter or property; null if none is needed.</summary>
    /// <param name="member">The parameter or property, which can set the maximum length of a list.</param>
    public static Func<object, object>? For(Type target, ICustomAttributeProvider member) =>
        For(
            target,
            member.GetCustomAttributes(typeof(ListLengthAttribute), false) is [ListLengthAttribute length]
                ? length.Max
                : VariablesGuard.MaxListLength
        );

    private static Func<object, object>? For(Type target, int maxLength)
    {
        target = Nullable.GetUnderlyingType(target) ?? target;

        if (ClrTypes.IsId(target))
        {
            return Static(nameof(Id), target);
        }

        return ClrTypes.ElementOf(target) is { } element ? List(target, element, maxLength) : null;
    }

    public static object Id<TId>(object text)
        where TId : struct, IEntityId<TId> =>
        EntityId.Parse<TId>(text as string) is { } id
            ? id
            : throw new RequestError(
                ErrorCodes.IdMalformed,
                $"This is not a valid id here: it must begin with {TId.Prefix}_, followed by 32 hexadecimal digits."
            );

    public static object Array<T>(object values, Func<object, object>? convert, int maxLength) =>
        Items<T>(values, convert, maxLength).ToArray();

    public static object ListOf<T>(object values, Func<object, object>? convert, int maxLength) =>
        Items<T>(values, convert, maxLength);

    private static List<T> Items<T>(object values, Func<object, object>? convert, int maxLength)
    {
        List<T> items = [];

        foreach (var value in (System.Collections.IEnumerable)values)
        {
            if (items.Count == maxLength)
            {
                throw new RequestError(ErrorCodes.VariablesTooLarge, $"This list may have at most {maxLength} items.");
            }

            items.Add((T)(value is null || convert is null ? value : convert(value))!);
        }

        return items;
    }

    private static Func<object, object> List(Type target, Type element, int maxLength)
    {
        var method = typeof(InputValues).GetMethod(target.IsArray ? nameof(Array) : nameof(ListOf))!;
        var make = method.MakeGenericMethod(element).CreateDelegate<Func<object, Func<object, object>?, int, object>>();
        var convert = For(element, maxLength);
        return values => make(values, convert, maxLength);
    }

    private static Func<object, object> Static(string name, Type argument) =>
        typeof(InputValues).GetMethod(name)!.MakeGenericMethod(argument).CreateDelegate<Func<object, object>>();
}
