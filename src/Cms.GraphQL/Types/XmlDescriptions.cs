using System.Reflection;
using System.Xml.Linq;

namespace Cms.GraphQL.Types;

/// <summary>The schema's descriptions, read from the XML documentation file of each assembly.</summary>
internal sealed class XmlDescriptions
{
    private readonly Dictionary<string, XElement> _members = new(StringComparer.Ordinal);

    public XmlDescriptions(IEnumerable<Assembly> assemblies)
    {
        foreach (var assembly in assemblies)
        {
            var path = Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml");

            if (!File.Exists(path))
            {
                continue;
            }

            foreach (var member in XDocument.Load(path).Descendants("member"))
            {
                // Fields of the schema are never overloaded, so a method's name identifies it without its parameters.
                var name = member.Attribute("name")!.Value;
                _members[name.IndexOf('(', StringComparison.Ordinal) is > 0 and var end ? name[..end] : name] = member;
            }
        }
    }

    public string? Of(Type type) => Given(type) ?? Summary(Key(type));

    public string? Of(MemberInfo member) =>
        Given(member) ?? Summary(Key(member)) ?? PositionalParameter(member) ?? FromInterface(member);

    public string? Of(ParameterInfo parameter) =>
        parameter.GetCustomAttribute<GraphQLDescriptionAttribute>()?.Description
        ?? Param(Key(parameter.Member), parameter.Name!);

    private static string? Given(MemberInfo member) =>
        member.GetCustomAttribute<GraphQLDescriptionAttribute>()?.Description;

    private static string Key(MemberInfo member) =>
        member switch
        {
            Type type => $"T:{Name(type)}",
            MethodInfo method => $"M:{Name(method.DeclaringType!)}.{method.Name}",
            FieldInfo field => $"F:{Name(field.DeclaringType!)}.{field.Name}",
            _ => $"P:{Name(member.DeclaringType!)}.{member.Name}",
        };

    private static string Name(Type type) =>
        (type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private string? Summary(string key) =>
        _members.TryGetValue(key, out var found) ? Text(found.Element("summary")) : null;

    private string? Param(string key, string name) =>
        _members.TryGetValue(key, out var found)
            ? Text(found.Elements("param").FirstOrDefault(x => x.Attribute("name")?.Value == name))
            : null;

    // In a positional record such as PageInfo(bool HasNextPage), the type's <param> describes the property.
    private string? PositionalParameter(MemberInfo member) =>
        member is PropertyInfo ? Param(Key(member.DeclaringType!), member.Name) : null;

    private string? FromInterface(MemberInfo member) =>
        member is PropertyInfo
            ? member
                .DeclaringType!.GetInterfaces()
                .Select(x => x.GetProperty(member.Name) is { } same ? Summary(Key(same)) : null)
                .FirstOrDefault(x => x is not null)
            : null;

    private static string? Text(XElement? element)
    {
        if (element is null)
        {
            return null;
        }

        var text = string.Concat(element.Nodes().Select(Text));
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? null : string.Join(' ', words);
    }

    private static string Text(XNode node) =>
        node switch
        {
            XText text => text.Value,
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement { Name.LocalName: "see" or "seealso" or "paramref" or "typeparamref" } reference
                when reference.IsEmpty => $"`{Referenced(reference)}`",
            XElement element => element.Value,
            _ => "",
        };

    private static string Referenced(XElement reference)
    {
        var name = (reference.FirstAttribute?.Value ?? "").Split('(')[0];
        return name[(name.LastIndexOfAny(['.', ':']) + 1)..];
    }
}
