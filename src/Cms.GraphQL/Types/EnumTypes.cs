using System.Reflection;
using GraphQL.Types;

namespace Cms.GraphQL.Types;

/// <summary>The enum types, shared by input and output.</summary>
internal sealed class EnumTypes(XmlDescriptions descriptions)
{
    private readonly Dictionary<Type, EnumerationGraphType> _known = [];

    public EnumerationGraphType Of(Type type)
    {
        if (_known.TryGetValue(type, out var graph))
        {
            return graph;
        }

        _known[type] = graph = new() { Name = GraphNames.Type(type), Description = descriptions.Of(type) };

        foreach (var value in type.GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            if (!value.IsDefined(typeof(GraphQLIgnoreAttribute)))
            {
                graph.Add(
                    new EnumValueDefinition(GraphNames.EnumValue(value), value.GetValue(null))
                    {
                        Description = descriptions.Of(value),
                        DeprecationReason = value.GetCustomAttribute<ObsoleteAttribute>()?.Message,
                    }
                );
            }
        }

        return graph;
    }
}
