using GraphQL.Validation;
using GraphQLParser.AST;

namespace Cms.GraphQL.Execution;

/// <summary>
/// Stops validation once there are more errors than a response reports. Validation looks up suggestions and the line
/// number for each error: 1,500 errors took 80 ms.
/// </summary>
internal sealed class EnoughErrors : ValidationRuleBase, INodeVisitor
{
    public override ValueTask<INodeVisitor?> GetPreNodeVisitorAsync(ValidationContext context) => new(this);

    public ValueTask EnterAsync(ASTNode node, ValidationContext context) =>
        context.Errors.Count() > ResultWriter.MaxErrors ? throw new Reached(context.Errors) : default;

    public ValueTask LeaveAsync(ASTNode node, ValidationContext context) => default;

    /// <summary>Stops validation and carries the errors found so far.</summary>
    internal sealed class Reached(IEnumerable<ValidationError> errors) : Exception
    {
        public IValidationResult Result { get; } = new ValidationResult(errors);
    }
}
