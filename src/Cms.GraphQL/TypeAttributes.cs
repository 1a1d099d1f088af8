namespace Cms.GraphQL;

/// <summary>The static methods of this class are fields of the query root.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class QueryTypeAttribute : Attribute;

/// <summary>The static methods of this class are fields of the mutation root.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MutationTypeAttribute : Attribute;

/// <summary>The static methods of this class are fields of the subscription root, each an <see cref="IAsyncEnumerable{T}" /> of events.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SubscriptionTypeAttribute : Attribute;

/// <summary>Whether a type's own properties become fields.</summary>
public enum Bind
{
    /// <summary>Every public property that is not marked <see cref="GraphQLIgnoreAttribute"/>.</summary>
    Implicit,

    /// <summary>Only those named in <see cref="ObjectTypeAttribute.Fields"/>.</summary>
    Explicit,
}

/// <summary>What an extension class says about the type it extends.</summary>
public abstract class ObjectTypeAttribute(Type type) : Attribute
{
    public Type Type => type;

    /// <summary>The name in the schema; the type's own when not given.</summary>
    public string? Name { get; init; }

    public Bind Bind { get; init; }

    /// <summary>The properties that become fields under <see cref="Bind.Explicit"/>.</summary>
    public string[] Fields { get; init; } = [];
}

/// <summary>
/// The static methods of this class are fields of <typeparamref name="T"/>. Several classes may extend one type, and one
/// class several types.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class ObjectTypeAttribute<T>() : ObjectTypeAttribute(typeof(T));

/// <summary>An interface of the schema: its properties are the fields that every implementation has.</summary>
[AttributeUsage(AttributeTargets.Interface)]
public sealed class InterfaceTypeAttribute(string name) : Attribute
{
    public string Name => name;
}

/// <summary>A marker whose implementations form a union.</summary>
[AttributeUsage(AttributeTargets.Interface)]
public sealed class UnionTypeAttribute(string name) : Attribute
{
    public string Name => name;
}

/// <summary>The extended type can be read again by its id, through <c>node(id:)</c>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NodeAttribute : Attribute;

/// <summary>The method of a <see cref="NodeAttribute"/> class that finds the object: its id first, services after.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeResolverAttribute : Attribute;
