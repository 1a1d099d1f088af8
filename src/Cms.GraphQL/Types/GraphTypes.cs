using GraphQL;
using GraphQL.Types;

namespace Cms.GraphQL.Types;

/// <summary>An object type and the C# type of its values.</summary>
internal sealed class CmsObject(Type clr) : ObjectGraphType
{
    public Type Clr => clr;
}

/// <summary>A field with its columns, policy and cost.</summary>
internal sealed class CmsField : FieldType
{
    /// <summary>The columns of the row that the field reads; null if it can read any of them.</summary>
    public string[]? Needs { get; init; } = [];

    /// <summary>The policy that restricts the field; null if everybody may select it.</summary>
    public FieldPolicy? Policy { get; init; }

    /// <summary>The cost in addition to the cost of the objects it returns.</summary>
    public int Weight { get; init; }

    /// <summary>The assumed length of the list; null if not set, for example because a page size sets it.</summary>
    public int? AssumedSize { get; init; }

    /// <summary>The source of events of a field of the subscription root; null for all other fields.</summary>
    public Func<IResolveFieldContext, IAsyncEnumerable<object?>>? Events { get; init; }

    /// <summary>Reads the value from the row; null if the value depends on more than the row.</summary>
    public Func<object, object?>? Read { get; init; }
}

/// <summary>An input object, which a compiled delegate converts to its C# value.</summary>
internal sealed class CmsInput : InputObjectGraphType
{
    public Func<IDictionary<string, object?>, object>? Make { get; set; }

    public override object ParseDictionary(IDictionary<string, object?> value) => Make!(value);
}
