namespace Cms.GraphQL;

/// <summary>Makes the static methods of a class fields of the query root.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class QueryTypeAttribute : Attribute;

/// <summary>Makes the static methods of a class fields of the mutation root.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MutationTypeAttribute : Attribute;

/// <summary>
/// Makes the static methods of a class fields of the subscription root. Each returns an
/// <see cref="IAsyncEnumerable{T}" /> of events.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SubscriptionTypeAttribute : Attribute;

/// <summary>Which properties of a type become fields.</summary>
public enum Bind
{
    /// <summary>Every public property that is not marked <see cref="GraphQLIgnoreAttribute"/>.</summary>
    Implicit,

    /// <summary>Only the properties named in <see cref="ObjectTypeAttribute.Fields"/>.</summary>
    Explicit,
}

/// <summary>The settings of an extension class for the type it extends.</summary>
public abstract class ObjectTypeAttribute(Type type) : Attribute
{
    public Type Type => type;

    /// <summary>The name in the schema; null to use the name of the type.</summary>
    public string? Name { get; init; }

    public Bind Bind { get; init; }

    /// <summary>The properties that become fields under <see cref="Bind.Explicit"/>.</summary>
    public string[] Fields { get; init; } = [];
}

/// <summary>
/// Makes the static methods of a class fields of <typeparamref name="T"/>. Several classes can extend one type, and one
/// class can extend several types.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class ObjectTypeAttribute<T>() : ObjectTypeAttribute(typeof(T));

/// <summary>Marks an interface of the schema. Its properties are the fields of all implementations.</summary>
[AttributeUsage(AttributeTargets.Interface)]
public sealed class InterfaceTypeAttribute(string name) : Attribute
{
    public string Name => name;
}

/// <summary>Marks an interface whose implementations form a union.</summary>
[AttributeUsage(AttributeTargets.Interface)]
public sealed class UnionTypeAttribute(string name) : Attribute
{
    public string Name => name;
}

/// <summary>Makes the extended type available by its id through <c>node(id:)</c>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NodeAttribute : Attribute;

/// <summary>
/// Marks the method of a <see cref="NodeAttribute"/> class that finds an object. The first parameter is the id.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeResolverAttribute : Attribute;
