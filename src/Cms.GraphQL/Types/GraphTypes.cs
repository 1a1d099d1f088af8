using GraphQL;
using GraphQL.Types;

namespace Cms.GraphQL.Types;

/// <summary>An object type, and the C# type whose values it shows.</summary>
internal sealed class CmsObject(Type clr) : ObjectGraphType
{
    public Type Clr => clr;
}

/// <summary>A field that knows which columns of its row it reads; null is any of them.</summary>
internal sealed class CmsField : FieldType
{
    public string[]? Needs { get; init; } = [];

    /// <summary>Who may ask for it; null when everybody may.</summary>
    public FieldPolicy? Policy { get; init; }

    /// <summary>What it costs beyond its rows.</summary>
    public int Weight { get; init; }

    /// <summary>How many items it is taken to hold; null where a page size says so.</summary>
    public int? AssumedSize { get; init; }

    /// <summary>Where a field of the subscription root has its events from; null for every other field.</summary>
    public Func<IResolveFieldContext, IAsyncEnumerable<object?>>? Events { get; init; }

    /// <summary>How the value is read where it depends on nothing but its row; null where more is needed.</summary>
    public Func<object, object?>? Read { get; init; }
}

/// <summary>An input object, made into its C# value by a compiled delegate.</summary>
internal sealed class CmsInput : InputObjectGraphType
{
    public Func<IDictionary<string, object?>, object>? Make { get; set; }

    public override object ParseDictionary(IDictionary<string, object?> value) => Make!(value);
}
