using GraphQL.Execution;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Cms.GraphQL.Execution;

/// <summary>
/// The most that an operation can cost, computed from its arguments before it runs. A field that returns an object costs
/// 1, or what its attribute says; everything inside a list counts once for each item that the list can hold.
/// </summary>
internal sealed class OperationCost(
    ISchema schema,
    GraphQLDocument document,
    IReadOnlyDictionary<GraphQLField, IDictionary<string, ArgumentValue>>? arguments
)
{
    // Beyond any limit; also keeps sums from running over.
    private const long Most = 1_000_000_000;

    private readonly SelectionWalker _walker = new(document, schema);

    /// <summary>Whether the cost is the same for all variables, because none of them is a page size.</summary>
    public bool IsFixed { get; private set; } = true;

    public long Of(GraphQLOperationDefinition operation) => Of(_walker.Of(operation), size: 1);

    // size: how many items the lists right below hold, where the field that gives them says so.
    private long Of(Selections selections, int size)
    {
        var cost = 0L;
        foreach (var selection in selections)
        {
            cost += selection.Field is { } field ? Of(field, selection, size) : Of(selection.Below, size);
            if (cost >= Most)
            {
                return Most;
            }
        }

        return cost;
    }

    private long Of(GraphQLField field, Selection selection, int size)
    {
        // Introspection has no definition: it reads nothing, and its size is bounded with the document's.
        if (selection is not { Definition: { } definition, Below: var below })
        {
            return 0;
        }

        if (below.Type is not (IComplexGraphType or UnionGraphType))
        {
            return definition.Weight;
        }

        var own = OwnSize(definition, field);
        var held = Of(below, own ?? 1);
        if (!IsList(definition.ResolvedType!))
        {
            // What a page reads counts though nobody asks for what it holds.
            return Math.Min(Most, definition.Weight + 1 + Math.Max(held, own ?? 0));
        }

        var items = definition.AssumedSize ?? ListArgument(field) ?? own ?? size;
        return Math.Min(Most, definition.Weight + (items * (1 + held)));
    }

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
        IsFixed &= !IsVariable(field, name);
        return
            arguments is not null
            && arguments.TryGetValue(field, out var values)
            && values.TryGetValue(name, out var value)
            ? value.Value
            : null;
    }

    private static bool IsVariable(GraphQLField field, string name)
    {
        foreach (var argument in field.Arguments?.Items ?? [])
        {
            if (argument.Name.Value == name)
            {
                return argument.Value is GraphQLVariable;
            }
        }

        return false;
    }

    private static bool IsList(IGraphType type) =>
        type switch
        {
            NonNullGraphType required => IsList(required.ResolvedType!),
            ListGraphType => true,
            _ => false,
        };
}
