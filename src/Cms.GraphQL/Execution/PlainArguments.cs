using System.Diagnostics.CodeAnalysis;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;

namespace Cms.GraphQL.Execution;

/// <summary>
/// Reads the arguments of an operation that is known to be valid. The fields that have arguments are found once, so
/// later requests do not walk the operation again. If a variable is missing, null or invalid for its type, the
/// validator reads the arguments instead and reports any error.
/// </summary>
internal sealed class PlainArguments
{
    private readonly GraphQLDocument _document;
    private readonly List<(GraphQLVariableDefinition Definition, ScalarGraphType Type)> _variables = [];
    private readonly List<(GraphQLField Field, QueryArguments Arguments)> _fields = [];

    private PlainArguments(GraphQLDocument document) => _document = document;

    /// <summary>
    /// Returns a reader for the operation; null if the operation is not a query, or if it has list or object variables,
    /// fragments or directives.
    /// </summary>
    public static PlainArguments? Of(in ValidationOptions options)
    {
        var plain = new PlainArguments(options.Document);
        return
            plain.TryTakeVariables(options.Operation, options.Schema)
            && plain.TryTakeFields(options.Operation.SelectionSet, options.Schema.Query, options.Schema)
            ? plain
            : null;
    }

    public bool TryRead(Inputs given, [NotNullWhen(true)] out IValidationResult? result)
    {
        result = null;
        var variables = new Variables();
        foreach (var (definition, type) in _variables)
        {
            var name = definition.Variable.Name.StringValue;
            if (!given.TryGetValue(name, out var value) || Parse(type, value) is not { } parsed)
            {
                return false;
            }

            variables.Add(new Variable(name, definition) { Value = parsed });
        }

        var arguments = new Dictionary<GraphQLField, IDictionary<string, ArgumentValue>>(_fields.Count);
        try
        {
            foreach (var (field, definitions) in _fields)
            {
                if (
                    ExecutionHelper.GetArguments(definitions, field.Arguments, variables, _document, field, null) is
                    { } values
                )
                {
                    arguments.Add(field, values);
                }
            }
        }
        catch (ValidationError)
        {
            return false;
        }

        result = new ValidationResult([]) { Variables = variables, ArgumentValues = arguments };
        return true;
    }

    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "The validator reads the value again and reports the exception."
    )]
    private static object? Parse(ScalarGraphType type, object? value)
    {
        try
        {
            return type.ParseValue(value);
        }
        catch (Exception)
        {
            return null;
        }
    }

    private bool TryTakeVariables(GraphQLOperationDefinition operation, ISchema schema)
    {
        foreach (var variable in operation.Variables ?? (IEnumerable<GraphQLVariableDefinition>)[])
        {
            var type = variable.Type.GraphTypeFromType(schema);
            if ((type is NonNullGraphType required ? required.ResolvedType : type) is not ScalarGraphType scalar)
            {
                return false;
            }

            _variables.Add((variable, scalar));
        }

        return operation is { Operation: OperationType.Query, Directives: null };
    }

    private bool TryTakeFields(GraphQLSelectionSet? selection, IGraphType? type, ISchema schema)
    {
        foreach (var node in selection?.Selections ?? [])
        {
            // Fragments and directives are not supported. A fragment can be spread twice, so its fields would be added
            // twice, and a directive has arguments of its own.
            if (node is not GraphQLField { Directives: null } field)
            {
                return false;
            }

            var definition = (type as IComplexGraphType)?.GetField(field.Name.Value);
            if (field.Arguments is { Count: > 0 })
            {
                if (definition?.Arguments is not { } arguments)
                {
                    return false;
                }

                _fields.Add((field, arguments));
            }

            if (!TryTakeFields(field.SelectionSet, definition?.ResolvedType?.GetNamedType(), schema))
            {
                return false;
            }
        }

        return true;
    }
}
