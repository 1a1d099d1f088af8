using GraphQL.Validation;
using GraphQLParser.AST;

namespace Cms.GraphQL.Execution;

/// <summary>
/// Ends validation when more is wrong than is told: each error looks for what was meant, and for its line, and 1,500 of
/// them took 80 ms.
/// </summary>
internal sealed class EnoughErrors : ValidationRuleBase, INodeVisitor
{
    public override ValueTask<INodeVisitor?> GetPreNodeVisitorAsync(ValidationContext context) => new(this);

    public ValueTask EnterAsync(ASTNode node, ValidationContext context) =>
        context.Errors.Count() > ResultWriter.MaxErrors ? throw new Reached(context.Errors) : default;

    public ValueTask LeaveAsync(ASTNode node, ValidationContext context) => default;

    /// <summary>The errors that were found until then.</summary>
    internal sealed class Reached(IEnumerable<ValidationError> errors) : Exception
    {
        public IValidationResult Result { get; } = new ValidationResult(errors);
    }
}
