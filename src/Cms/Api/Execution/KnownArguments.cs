using System.Runtime.CompilerServices;
using GraphQL.Validation;
using GraphQLParser.AST;

namespace Cms.Api.Execution;

/// <summary>
/// Validates documents. A valid operation without variables has the same arguments each time: they are read once and
/// go when the document does.
/// </summary>
internal sealed class KnownArguments(DocumentValidator validator) : IDocumentValidator
{
    private readonly ConditionalWeakTable<GraphQLOperationDefinition, IValidationResult> _known = [];

    public Task<IValidationResult> ValidateAsync(in ValidationOptions options) =>
        options.Rules is null || options.Rules.Any() || options.Operation.Variables is { Count: > 0 }
            ? validator.ValidateAsync(options)
        : _known.TryGetValue(options.Operation, out var known) ? Task.FromResult(known)
        : ReadAsync(validator.ValidateAsync(options), options.Operation);

    private async Task<IValidationResult> ReadAsync(
        Task<IValidationResult> validating,
        GraphQLOperationDefinition operation
    )
    {
        var result = await validating;
        if (result.IsValid)
        {
            _known.AddOrUpdate(operation, result);
        }

        return result;
    }
}
