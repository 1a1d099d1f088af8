using System.Reflection;

namespace Cms.GraphQL.Types;

/// <summary>What the compiler knows about null, member by member.</summary>
internal static class Nullability
{
    // The context is not safe for threads and is used only while a schema is built.
    public static NullabilityInfo Of(PropertyInfo property) => new NullabilityInfoContext().Create(property);

    public static NullabilityInfo Of(ParameterInfo parameter) => new NullabilityInfoContext().Create(parameter);
}
