using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Cms.GraphQL;

/// <summary>Walks what a document selects, through fragments.</summary>
internal static class Selections
{
    /// <summary>The fields at <paramref name="path"/> below <paramref name="field"/>, whatever type they are selected on.</summary>
    public static List<GraphQLField> At(IResolveFieldContext context, GraphQLField field, ReadOnlySpan<string> path)
    {
        List<GraphQLField> reached = [field];

        foreach (var step in path)
        {
            List<GraphQLField> next = [];

            foreach (var parent in reached)
            {
                foreach (var child in Of(context, parent.SelectionSet, null))
                {
                    if (child.Name.Value == step)
                    {
                        next.Add(child);
                    }
                }
            }

            reached = next;
        }

        return reached;
    }

    /// <summary>The fields selected on <paramref name="type"/>, or on any type when it is null.</summary>
    public static IEnumerable<GraphQLField> Of(
        IResolveFieldContext context,
        GraphQLSelectionSet? selections,
        IObjectGraphType? type
    )
    {
        foreach (var selection in selections?.Selections ?? [])
        {
            if (selection is GraphQLField field)
            {
                yield return field;
                continue;
            }

            var fragment = selection is GraphQLFragmentSpread spread ? Find(context.Document, spread) : null;
            var condition = fragment?.TypeCondition ?? (selection as GraphQLInlineFragment)?.TypeCondition;
            var inner = fragment?.SelectionSet ?? (selection as GraphQLInlineFragment)?.SelectionSet;

            if (type is null || condition is null || Applies(context, condition, type))
            {
                foreach (var x in Of(context, inner, type))
                {
                    yield return x;
                }
            }
        }
    }

    private static GraphQLFragmentDefinition? Find(GraphQLDocument document, GraphQLFragmentSpread spread)
    {
        foreach (var definition in document.Definitions)
        {
            if (definition is GraphQLFragmentDefinition found && found.FragmentName.Name == spread.FragmentName.Name)
            {
                return found;
            }
        }

        return null;
    }

    private static bool Applies(IResolveFieldContext context, GraphQLTypeCondition condition, IObjectGraphType type) =>
        context.Schema.AllTypes[condition.Type.Name.Value] switch
        {
            IAbstractGraphType several => several.PossibleTypes.Contains(type),
            var one => one == type,
        };
}
