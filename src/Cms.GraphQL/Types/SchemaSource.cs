using System.Reflection;

namespace Cms.GraphQL.Types;

/// <summary>A class that adds fields to a type, and its settings for that type.</summary>
internal sealed record Extension(Type Class, ObjectTypeAttribute Says);

/// <summary>The types that a schema is built from, always in the same order.</summary>
internal sealed class SchemaSource
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly;
    private readonly Type[] _types;
    private readonly ILookup<Type, Extension> _extensions;

    public SchemaSource(IReadOnlyCollection<Assembly> assemblies)
    {
        _types =
        [
            .. assemblies
                .Distinct()
                .SelectMany(x => x.GetTypes())
                .OrderBy(x => x.Name, StringComparer.Ordinal)
                .ThenBy(x => x.FullName, StringComparer.Ordinal),
        ];
        _extensions = _types
            .SelectMany(x => x.GetCustomAttributes<ObjectTypeAttribute>().Select(says => new Extension(x, says)))
            .ToLookup(x => x.Says.Type);
        Descriptions = new([.. assemblies.Append(typeof(SchemaSource).Assembly).Distinct()]);
    }

    public XmlDescriptions Descriptions { get; }

    public IEnumerable<Type> ExtendedTypes => _extensions.Select(x => x.Key);

    public IReadOnlyList<Extension> ExtensionsOf(Type type) => [.. _extensions[type]];

    public IEnumerable<Type> Marked<TMark>()
        where TMark : Attribute => _types.Where(x => x.IsDefined(typeof(TMark)));

    public IEnumerable<Type> ImplementationsOf(Type shared) =>
        _types
            .Where(x => x is { IsAbstract: false, IsInterface: false } && shared.IsAssignableFrom(x))
            .OrderBy(x => x.Name, StringComparer.Ordinal);

    /// <summary>Returns the methods that are fields, in the order of declaration.</summary>
    public static IEnumerable<MethodInfo> Methods(Type type) =>
        type.GetMethods(Declared)
            .Where(x =>
                !x.IsSpecialName
                && !x.IsDefined(typeof(GraphQLIgnoreAttribute))
                && !x.IsDefined(typeof(NodeResolverAttribute))
            )
            .OrderBy(x => x.MetadataToken);

    /// <summary>Returns the properties that are fields, in the order of declaration, base types first.</summary>
    public static IEnumerable<PropertyInfo> Properties(Type type, IReadOnlyList<Extension> extensions)
    {
        var named = extensions.SelectMany(x => x.Says.Fields).ToHashSet(StringComparer.Ordinal);
        var chosen = extensions.Any(x => x.Says.Bind is Bind.Explicit);
        return type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(x =>
                x.CanRead
                && x.GetIndexParameters().Length == 0
                && !x.IsDefined(typeof(GraphQLIgnoreAttribute))
                && (!chosen || named.Contains(x.Name))
            )
            .OrderBy(x => Depth(x.DeclaringType!))
            .ThenBy(x => x.MetadataToken);
    }

    private static int Depth(Type type) => type.BaseType is { } parent ? Depth(parent) + 1 : 0;
}
