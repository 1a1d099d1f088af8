using GraphQL.Execution;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Cms.GraphQL.Execution;

/// <summary>
/// Computes the highest possible cost of an operation from its arguments, before it runs. Each object costs 1, and a
/// field adds the weight of its <see cref="CostAttribute"/>. The cost of a list is the cost of one item times the
/// number of items that the list can have.
/// </summary>
internal sealed class OperationCost(
    ISchema schema,
    GraphQLDocument document,
    IReadOnlyDictionary<GraphQLField, IDictionary<string, ArgumentValue>>? arguments
)
{
    // This value is higher than any limit, and it prevents overflow.
    private const long Most = 1_000_000_000;

    private readonly SelectionWalker _walker = new(document, schema);

    /// <summary>Whether the cost is independent of variables: no variable is a page size or a list of ids.</summary>
    public bool IsFixed { get; private set; } = true;

    public long Of(GraphQLOperationDefinition operation) => Of(_walker.Of(operation), size: 1);

    // size: the assumed length of the lists directly below, which is the page size of a connection.
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
        // Introspection fields have no definition. They read no data, and the document limits bound their size.
        if (selection is not { Definition: { } definition, Below: var below })
        {
            return 0;
        }

        if (below.Type is not (IComplexGraphType or UnionGraphType))
        {
            return definition.Weight;
        }

        var own = OwnSize(definition, field);
        var content = Of(below, own ?? 1);
        if (!IsList(definition.ResolvedType!))
        {
            // A page counts in full even if the document selects none of its items.
            return Math.Min(Most, definition.Weight + 1 + Math.Max(content, own ?? 0));
        }

        var items = definition.AssumedSize ?? ListArgument(field) ?? own ?? size;
        return Math.Min(Most, definition.Weight + (items * (1 + content)));
    }

    // The page size also applies to the lists in the page.
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
