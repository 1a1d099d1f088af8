using System.Reflection;

namespace Cms.GraphQL.Types;

/// <summary>Reads the nullability annotations of members.</summary>
internal static class Nullability
{
    // NullabilityInfoContext is not thread-safe, so each call creates one. It is used only while a schema is built.
    public static NullabilityInfo Of(PropertyInfo property) => new NullabilityInfoContext().Create(property);

    public static NullabilityInfo Of(ParameterInfo parameter) => new NullabilityInfoContext().Create(parameter);
}
