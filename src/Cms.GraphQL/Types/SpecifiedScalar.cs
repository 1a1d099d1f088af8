using GraphQL.Types;
using GraphQLParser.AST;

namespace Cms.GraphQL.Types;

/// <summary>A scalar whose form is written down elsewhere.</summary>
internal abstract class SpecifiedScalar(string name, string specification, string description) : ScalarGraphType
{
    public string SpecifiedByUrl => specification;

    // Asked ahead of parsing, a no here would hide the sentence that says what to write instead.
    public override bool CanParseLiteral(GraphQLValue value) => true;

    /// <summary>Called once, by the schema, since a name may not be set in a base constructor.</summary>
    protected void Introduce() => (Name, Description) = (name, description);

    protected static RequestError Refuse(string message) => new(ErrorCodes.BadUserInput, message);
}
