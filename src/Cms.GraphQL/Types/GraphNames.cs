using System.Reflection;
using System.Text;

namespace Cms.GraphQL.Types;

/// <summary>Converts C# names to names in the schema.</summary>
internal static class GraphNames
{
    /// <summary><c>GetArticlesAsync</c> becomes <c>articles</c>.</summary>
    public static string Field(MemberInfo member)
    {
        if (member.GetCustomAttribute<GraphQLNameAttribute>() is { } given)
        {
            return given.Name;
        }

        var name = member.Name.AsSpan();

        if (member is MethodInfo)
        {
            name = name.StartsWith("Get", StringComparison.Ordinal) && name.Length > 3 ? name[3..] : name;
            name = name.EndsWith("Async", StringComparison.Ordinal) && name.Length > 5 ? name[..^5] : name;
        }

        return Camel(name);
    }

    public static string Argument(ParameterInfo parameter) =>
        parameter.GetCustomAttribute<GraphQLNameAttribute>()?.Name ?? Camel(parameter.Name);

    public static string Type(Type type) =>
        type.GetCustomAttribute<GraphQLNameAttribute>()?.Name
        ?? (type.IsSubclassOf(typeof(UserError)) ? $"{type.Name}Error" : type.Name);

    /// <summary><c>PageSize</c> becomes <c>PageSizeInput</c>; a name that ends in <c>Input</c> is unchanged.</summary>
    public static string Input(Type type) =>
        Type(type) is var name && name.EndsWith("Input", StringComparison.Ordinal) ? name : $"{name}Input";

    /// <summary><c>publishArticle</c> becomes <c>PublishArticle</c>, the start of the mutation's type names.</summary>
    public static string Pascal(string field) => $"{char.ToUpperInvariant(field[0])}{field[1..]}";

    /// <summary><c>Article</c> becomes <c>article</c>.</summary>
    public static string OfThing(string type) => Camel(type);

    /// <summary><c>deletedData</c> becomes <c>deleted data</c>.</summary>
    public static string Words(string name) =>
        string.Concat(name.Select(letter => char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"));

    /// <summary><c>InReview</c> becomes <c>IN_REVIEW</c>.</summary>
    public static string EnumValue(FieldInfo value)
    {
        if (value.GetCustomAttribute<GraphQLNameAttribute>() is { } given)
        {
            return given.Name;
        }

        var name = new StringBuilder(value.Name.Length + 4);

        foreach (var (i, letter) in value.Name.Index())
        {
            if (i > 0 && char.IsUpper(letter) && !char.IsUpper(value.Name[i - 1]))
            {
                name.Append('_');
            }

            name.Append(char.ToUpperInvariant(letter));
        }

        return name.ToString();
    }

    // Leading capitals are one word: URLText becomes urlText, and ID becomes id.
    private static string Camel(ReadOnlySpan<char> name)
    {
        var letters = name.ToString().ToCharArray();

        for (var i = 0; i < letters.Length && char.IsUpper(letters[i]); i++)
        {
            if (i > 0 && i + 1 < letters.Length && !char.IsUpper(letters[i + 1]))
            {
                break;
            }

            letters[i] = char.ToLowerInvariant(letters[i]);
        }

        return new(letters);
    }
}
