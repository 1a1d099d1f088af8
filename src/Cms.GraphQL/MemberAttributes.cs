namespace Cms.GraphQL;

/// <summary>The object whose field is being resolved, and the columns of it that the field reads.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ParentAttribute(string? requires = null) : Attribute
{
    /// <summary>Property names separated by spaces; null means the field may read any of them.</summary>
    public string? Requires => requires;
}

/// <summary>Handed in by the request's service provider.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ServiceAttribute : Attribute;

/// <summary>A string that is an <c>ID</c> in the schema. Typed ids are so without being told.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Method)]
public sealed class IDAttribute : Attribute;

/// <summary>A string that is a <c>URL</c> in the schema.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Method)]
public sealed class UrlAttribute : Attribute;

/// <summary>The name in the schema, where the rule (<c>GetArticlesAsync</c> is <c>articles</c>) gives the wrong one.</summary>
[AttributeUsage(AttributeTargets.All)]
public sealed class GraphQLNameAttribute(string name) : Attribute
{
    public string Name => name;
}

/// <summary>What a field costs beyond what its rows do.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Method)]
public sealed class CostAttribute(int weight) : Attribute
{
    public int Weight => weight;
}

/// <summary>How many items a list that takes no page size holds, for its cost.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Method)]
public sealed class ListSizeAttribute(int assumedSize) : Attribute
{
    public int AssumedSize => assumedSize;
}

/// <summary>How many items a list may be given with, where that is more than <see cref="Execution.VariablesGuard.MaxListLength" />.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class ListLengthAttribute(int max) : Attribute
{
    public int Max => max;
}

/// <summary>Not part of the schema.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Method | AttributeTargets.Field)]
public sealed class GraphQLIgnoreAttribute : Attribute;

/// <summary>The description, where the docstring speaks to C# readers instead.</summary>
[AttributeUsage(AttributeTargets.All)]
public sealed class GraphQLDescriptionAttribute(string description) : Attribute
{
    public string Description => description;
}

/// <summary>Who may ask for the field, or for the fields that the methods of the class are: one of the policies of <see cref="IPolicies" />.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class AuthorizeAttribute(string policy) : Attribute
{
    public string Policy => policy;
}
