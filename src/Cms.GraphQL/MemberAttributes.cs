namespace Cms.GraphQL;

/// <summary>
/// Marks the parameter that receives the object whose field is resolved, and names the columns that the field reads.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ParentAttribute(string? requires = null) : Attribute
{
    /// <summary>Property names separated by spaces; null if the field can read any of them.</summary>
    public string? Requires => requires;
}

/// <summary>Marks a parameter that comes from the request's service provider.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ServiceAttribute : Attribute;

/// <summary>Marks a string that is an <c>ID</c> in the schema. Typed ids do not need it.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Method)]
public sealed class IDAttribute : Attribute;

/// <summary>Marks a string that is a <c>URL</c> in the schema.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Method)]
public sealed class UrlAttribute : Attribute;

/// <summary>
/// Sets the name in the schema where the naming rule (<c>GetArticlesAsync</c> is <c>articles</c>) gives the wrong name.
/// </summary>
[AttributeUsage(AttributeTargets.All)]
public sealed class GraphQLNameAttribute(string name) : Attribute
{
    public string Name => name;
}

/// <summary>Sets a field's cost in addition to the cost of the objects it returns.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Method)]
public sealed class CostAttribute(int weight) : Attribute
{
    public int Weight => weight;
}

/// <summary>Sets the assumed length of a list without a page size, to compute its cost.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Method)]
public sealed class ListSizeAttribute(int assumedSize) : Attribute
{
    public int AssumedSize => assumedSize;
}

/// <summary>
/// Sets the maximum length of an input list, if different from <see cref="Execution.VariablesGuard.MaxListLength" />.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class ListLengthAttribute(int max) : Attribute
{
    public int Max => max;
}

/// <summary>Excludes a member from the schema.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Method | AttributeTargets.Field)]
public sealed class GraphQLIgnoreAttribute : Attribute;

/// <summary>Sets the description in the schema where the XML comment is meant for C# readers.</summary>
[AttributeUsage(AttributeTargets.All)]
public sealed class GraphQLDescriptionAttribute(string description) : Attribute
{
    public string Description => description;
}

/// <summary>
/// Restricts a field, or all fields of a class, with one of the policies of <see cref="IPolicies" />.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class AuthorizeAttribute(string policy) : Attribute
{
    public string Policy => policy;
}
