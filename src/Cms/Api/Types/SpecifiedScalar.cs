using GraphQL.Types;

namespace Cms.Api.Types;

/// <summary>A scalar whose form is written down elsewhere.</summary>
internal abstract class SpecifiedScalar(string name, string specification, string description) : ScalarGraphType
{
    public string SpecifiedByUrl => specification;

    /// <summary>Called once, by the schema, since a name may not be set in a base constructor.</summary>
    protected void Introduce() => (Name, Description) = (name, description);

    protected static RequestError Refuse(string message) => new(ErrorCodes.BadUserInput, message);
}
