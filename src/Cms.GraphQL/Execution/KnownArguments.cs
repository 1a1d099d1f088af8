using System.Runtime.CompilerServices;
using GraphQL.Validation;
using GraphQLParser.AST;

namespace Cms.GraphQL.Execution;

/// <summary>
/// Validates documents. If an operation is known to be valid, only its arguments are read. The validator then gets a
/// copy of the operation without the fields that have no arguments. If the operation has no variables, the result is
/// cached.
/// </summary>
internal sealed class KnownArguments(DocumentValidator validator) : IDocumentValidator
{
    private readonly ConditionalWeakTable<GraphQLOperationDefinition, Known> _known = [];

    public Task<IValidationResult> ValidateAsync(in ValidationOptions options)
    {
        if (options.Rules is null || options.Rules.Any())
        {
            return StopAtEnoughErrorsAsync(validator.ValidateAsync(options));
        }

        if (!_known.TryGetValue(options.Operation, out var known))
        {
            known = _known.GetOrAdd(options.Operation, new Known(options.Operation, PlainArguments.Of(options)));
        }

        return known.Result is { } result || known.Plain?.TryRead(options.Variables, out result) is true
            ? Task.FromResult(result)
            : ReadAsync(validator.ValidateAsync(known.Without(options)), known);
    }

    private static async Task<IValidationResult> StopAtEnoughErrorsAsync(Task<IValidationResult> validating)
    {
        try
        {
            return await validating;
        }
        catch (EnoughErrors.Reached reached)
        {
            return reached.Result;
        }
    }

    private static async Task<IValidationResult> ReadAsync(Task<IValidationResult> validating, Known known)
    {
        var result = known.OfOriginal(await validating);
        if (result.IsValid && !known.HasVariables)
        {
            known.Result = result;
        }

        return result;
    }

    private sealed class Known
    {
        private readonly Dictionary<ASTNode, ASTNode> _originals = [];
        private readonly GraphQLOperationDefinition _bare;

        public Known(GraphQLOperationDefinition operation, PlainArguments? plain)
        {
            Plain = plain;
            HasVariables = operation.Variables is { Count: > 0 };
            _bare = new GraphQLOperationDefinition(Bare(operation.SelectionSet))
            {
                Operation = operation.Operation,
                Name = operation.Name,
                Variables = operation.Variables,
                Directives = operation.Directives,
                Location = operation.Location,
            };
            _originals.Add(_bare, operation);
        }

        public bool HasVariables { get; }

        public PlainArguments? Plain { get; }

        public IValidationResult? Result { get; set; }

        public ValidationOptions Without(in ValidationOptions options) =>
            new()
            {
                Schema = options.Schema,
                Document = options.Document,
                Rules = options.Rules,
                UserContext = options.UserContext,
                RequestServices = options.RequestServices,
                User = options.User,
                Metrics = options.Metrics,
                Variables = options.Variables,
                Extensions = options.Extensions,
                CancellationToken = options.CancellationToken,
                Operation = _bare,
            };

        /// <summary>Returns the result with the fields of the original operation in place of their copies.</summary>
        public IValidationResult OfOriginal(IValidationResult result) =>
            !result.IsValid || result is { ArgumentValues: null, DirectiveValues: null }
                ? result
                : new ValidationResult([])
                {
                    Variables = result.Variables,
                    ArgumentValues = result.ArgumentValues?.ToDictionary(
                        x => (GraphQLField)Original(x.Key),
                        x => x.Value
                    ),
                    DirectiveValues = result.DirectiveValues?.ToDictionary(x => Original(x.Key), x => x.Value),
                };

        // Named fragments are not copied, because the validator reads their fields from the document.
        private GraphQLSelectionSet Bare(GraphQLSelectionSet selection) =>
            new([.. selection.Selections.Select(Bare).OfType<ASTNode>()]) { Location = selection.Location };

        private ASTNode? Bare(ASTNode node)
        {
            switch (node)
            {
                case GraphQLField field:
                    var below = field.SelectionSet is { } selection ? Bare(selection) : null;
                    if (field is { Arguments: null, Directives: null } && below is not { Selections.Count: > 0 })
                    {
                        return null;
                    }

                    var bare = new GraphQLField(field.Name)
                    {
                        Alias = field.Alias,
                        Arguments = field.Arguments,
                        Directives = field.Directives,
                        SelectionSet = below,
                        Location = field.Location,
                    };
                    _originals.Add(bare, field);
                    return bare;
                case GraphQLInlineFragment fragment:
                    var inline = new GraphQLInlineFragment(Bare(fragment.SelectionSet))
                    {
                        TypeCondition = fragment.TypeCondition,
                        Directives = fragment.Directives,
                        Location = fragment.Location,
                    };
                    _originals.Add(inline, fragment);
                    return inline;
                default:
                    return node;
            }
        }

        private ASTNode Original(ASTNode node) => _originals.GetValueOrDefault(node, node);
    }
}
