using GraphQL.Types;
using GraphQLParser.AST;

namespace Cms.GraphQL.Types;

/// <summary>A scalar whose format is defined by an external specification.</summary>
internal abstract class SpecifiedScalar(string name, string specification, string description) : ScalarGraphType
{
    public string SpecifiedByUrl => specification;

    // GraphQL.NET calls this before parsing. Returning false would hide the error message that says what to write
    // instead.
    public override bool CanParseLiteral(GraphQLValue value) => true;

    /// <summary>Sets the name and the description. Every derived constructor must call this method.</summary>
    protected void Introduce() => (Name, Description) = (name, description);

    protected static RequestError Refuse(string message) => new(ErrorCodes.BadUserInput, message);
}
