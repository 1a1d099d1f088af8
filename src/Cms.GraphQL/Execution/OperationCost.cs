using Cms.GraphQL.Types;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Cms.GraphQL.Execution;

/// <summary>
/// What an operation costs at most, told before it runs from the arguments it came with: a field that gives an object
/// costs 1 unless it says otherwise, and what stands in a list counts once for each item that the list can hold.
/// </summary>
internal sealed class OperationCost(
    ISchema schema,
    GraphQLDocument document,
    IReadOnlyDictionary<GraphQLField, IDictionary<string, ArgumentValue>>? arguments
)
{
    // Beyond any limit; also keeps sums from running over.
    private const long Most = 1_000_000_000;

    /// <summary>What was told is so whatever the variables hold: none of them is a size.</summary>
    public bool IsFixed { get; private set; } = true;

    public long Of(GraphQLOperationDefinition operation) =>
        Of(
            operation.SelectionSet,
            operation.Operation switch
            {
                OperationType.Mutation => schema.Mutation,
                OperationType.Subscription => schema.Subscription,
                _ => schema.Query,
            },
            size: 1
        );

    // size: how many items the lists right below hold, where the field that gives them says so.
    private long Of(GraphQLSelectionSet? selection, IGraphType? type, int size)
    {
        var cost = 0L;
        foreach (var node in selection?.Selections ?? [])
        {
            cost += node switch
            {
                GraphQLField field => Of(field, type, size),
                GraphQLInlineFragment fragment => Of(
                    fragment.SelectionSet,
                    fragment.TypeCondition is { } condition ? schema.AllTypes[condition.Type.Name.Value] : type,
                    size
                ),
                GraphQLFragmentSpread spread when Fragment(spread) is { } fragment => Of(
                    fragment.SelectionSet,
                    schema.AllTypes[fragment.TypeCondition.Type.Name.Value],
                    size
                ),
                _ => 0,
            };
            if (cost >= Most)
            {
                return Most;
            }
        }

        return cost;
    }

    private long Of(GraphQLField field, IGraphType? type, int size)
    {
        // Introspection reads nothing, and its size is bounded with the document's.
        if (
            field.Name.StringValue.StartsWith("__", StringComparison.Ordinal)
            || (type as IComplexGraphType)?.GetField(field.Name.Value) is not { } definition
        )
        {
            return 0;
        }

        var known = definition as CmsField;
        var result = definition.ResolvedType!.GetNamedType();
        if (result is not (IComplexGraphType or UnionGraphType))
        {
            return known?.Weight ?? 0;
        }

        var own = OwnSize(definition, field);
        var below = Of(field.SelectionSet, result, own ?? 1);
        if (!IsList(definition.ResolvedType!))
        {
            // What a page reads counts though nobody asks for what it holds.
            return Math.Min(Most, (known?.Weight ?? 0) + 1 + Math.Max(below, own ?? 0));
        }

        var items = known?.AssumedSize ?? ListArgument(field) ?? own ?? size;
        return Math.Min(Most, (known?.Weight ?? 0) + (items * (1 + below)));
    }

    private GraphQLFragmentDefinition? Fragment(GraphQLFragmentSpread spread) =>
        document
            .Definitions.OfType<GraphQLFragmentDefinition>()
            .FirstOrDefault(fragment => fragment.FragmentName.Name == spread.FragmentName.Name);

    // A page's own size goes for the lists in it.
    private int? OwnSize(FieldType definition, GraphQLField field) =>
        definition.Arguments?.Find("first") is { } first
            ? Number(field, "first") ?? Number(field, "last") ?? first.DefaultValue as int? ?? PageArguments.DefaultSize
            : null;

    private int? ListArgument(GraphQLField field) =>
        Value(field, "ids") is System.Collections.ICollection list ? list.Count : null;

    private int? Number(GraphQLField field, string name) =>
        Value(field, name) is int number ? Math.Clamp(number, 1, 1_000) : null;

    private object? Value(GraphQLField field, string name)
    {
        IsFixed &=
            field.Arguments?.FirstOrDefault(argument => argument.Name.Value == name)?.Value is not GraphQLVariable;
        return
            arguments is not null
            && arguments.TryGetValue(field, out var values)
            && values.TryGetValue(name, out var value)
            ? value.Value
            : null;
    }

    private static bool IsList(IGraphType type) =>
        type switch
        {
            NonNullGraphType required => IsList(required.ResolvedType!),
            ListGraphType => true,
            _ => false,
        };
}
