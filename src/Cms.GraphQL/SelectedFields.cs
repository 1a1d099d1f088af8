using Cms.GraphQL.Execution;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Cms.GraphQL;

/// <summary>Finds the fields that a document selects, directly or through fragments.</summary>
internal sealed class SelectedFields(SelectionWalker walker)
{
    /// <summary>Returns the fields that an operation selects on its root type.</summary>
    public List<GraphQLField> Of(GraphQLOperationDefinition operation)
    {
        List<GraphQLField> fields = [];
        Add(fields, walker.Of(operation), type: null);
        return fields;
    }

    /// <summary>Returns the fields at a path below <paramref name="field"/>, selected on any type.</summary>
    public List<GraphQLField> At(GraphQLField field, ReadOnlySpan<string> path)
    {
        List<GraphQLField> reached = [field];

        foreach (var step in path)
        {
            List<GraphQLField> next = [];

            foreach (var parent in reached)
            {
                foreach (var child in Of(parent, type: null))
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

    /// <summary>
    /// Returns the fields below <paramref name="field"/> that are selected on <paramref name="type"/>, or on any type
    /// if <paramref name="type"/> is null.
    /// </summary>
    public List<GraphQLField> Of(GraphQLField field, IObjectGraphType? type)
    {
        List<GraphQLField> fields = [];
        Add(fields, walker.Of(field.SelectionSet, type), type);
        return fields;
    }

    private static void Add(List<GraphQLField> fields, Selections selections, IObjectGraphType? type)
    {
        foreach (var selection in selections)
        {
            if (selection.Field is { } field)
            {
                fields.Add(field);
            }
            else if (type is null || Applies(selection.Below.Type, type))
            {
                Add(fields, selection.Below, type);
            }
        }
    }

    private static bool Applies(IGraphType? condition, IObjectGraphType type) =>
        condition is IAbstractGraphType several ? several.PossibleTypes.Contains(type) : condition == type;
}
