using System.Runtime.CompilerServices;
using GraphQLParser.AST;

namespace Cms.GraphQL.Execution;

/// <summary>Checks the size of a parsed document. Each fragment is measured once, however often it is spread.</summary>
internal sealed class DocumentSize(GraphQLDocument document)
{
    private readonly SelectionWalker _walker = new(document);
    private readonly Dictionary<GraphQLFragmentDefinition, Extent?> _spread = [];
    private int _aliases;
    private int _directives;
    private int _values;
    private int _variables;
    private long _validated;

    // Found: the items that the fields would return if all were introspection fields. The newsroom's own fields with
    // the same names are too few to matter. Level: the number of selections on the same level, with fragments expanded.
    private readonly record struct Extent(long Fields, int Depth, long Found, long Level);

    public void Check()
    {
        var fragments = Fragments.Of(document);
        var operations = 0;

        foreach (var definition in document.Definitions)
        {
            if (definition is GraphQLFragmentDefinition fragment)
            {
                // A second fragment with the same name would be validated but never measured.
                if (fragments.Find(fragment.FragmentName) != fragment)
                {
                    throw new RequestError(
                        ErrorCodes.ValidationFailed,
                        $"Two fragments are named {fragment.FragmentName.Name.Value}. Rename one."
                    );
                }
            }
            else if (definition is GraphQLOperationDefinition)
            {
                operations++;
            }
        }

        Bound(operations, DocumentLimits.Operations, "operations");
        Bound(document.Definitions.Count - operations, DocumentLimits.Fragments, "fragments");

        var fields = 0L;

        foreach (var definition in document.Definitions)
        {
            var extent = definition switch
            {
                GraphQLOperationDefinition operation => Measure(operation),
                GraphQLFragmentDefinition fragment => Measure(fragment),
                _ => default,
            };

            if (extent.Fields > DocumentLimits.Fields)
            {
                throw DocumentGuard.TooLarge(
                    $"An operation may select at most {DocumentLimits.Fields} fields, counting fragments each time they are used."
                );
            }

            if (definition is GraphQLOperationDefinition && (fields += extent.Fields) > DocumentLimits.FieldsOfAll)
            {
                throw DocumentGuard.TooLarge(
                    $"All operations together may select at most {DocumentLimits.FieldsOfAll} fields. Send operations separately."
                );
            }

            if (extent.Depth > DocumentLimits.Depth)
            {
                throw DocumentGuard.TooLarge($"An operation may be at most {DocumentLimits.Depth} levels deep.");
            }

            if (extent.Found > DocumentLimits.Found)
            {
                throw DocumentGuard.TooLarge(
                    "The introspection query is too large. Request the schema once, without nested fields of fields."
                );
            }
        }

        new FieldComparisons(_walker).Check(document);
    }

    private Extent Measure(GraphQLOperationDefinition operation)
    {
        Count(operation.Directives);
        Bound(_variables += operation.Variables?.Count ?? 0, DocumentLimits.Variables, "variables");

        foreach (var variable in operation.Variables ?? (IEnumerable<GraphQLVariableDefinition>)[])
        {
            Count(variable.Directives);
            Count(variable.DefaultValue);
        }

        return Measure(_walker.Of(operation));
    }

    private Extent Measure(GraphQLFragmentDefinition fragment)
    {
        if (_spread.TryGetValue(fragment, out var known))
        {
            return known
                ?? throw new RequestError(
                    ErrorCodes.ValidationFailed,
                    $"Fragment {fragment.FragmentName.Name.Value} contains itself. Remove the cycle."
                );
        }

        _spread[fragment] = null;
        Count(fragment.Directives);
        var extent = Measure(_walker.Of(fragment.SelectionSet));
        _spread[fragment] = extent;
        return extent;
    }

    private Extent Measure(Selections selections)
    {
        // A chain of all fragments, each nested as deeply as the parser allows, overflows the stack of a small thread.
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw SpreadTooOften();
        }

        var total = default(Extent);

        foreach (var selection in selections)
        {
            Count((selection.Node as IHasDirectivesNode)?.Directives);
            var extent =
                selection.Field is { } field ? Measure(field, selection.Below)
                : selection.Node is GraphQLFragmentSpread ? Spread(selection.Fragment)
                : Inside(Measure(selection.Below));
            total = new(
                Math.Min(total.Fields + extent.Fields, int.MaxValue),
                Math.Max(total.Depth, extent.Depth),
                Math.Min(total.Found + extent.Found, int.MaxValue),
                Math.Min(total.Level + extent.Level, int.MaxValue)
            );
        }

        // Validation visits each selection set with all fragments expanded.
        if ((_validated += total.Level) > DocumentLimits.Spread)
        {
            throw SpreadTooOften();
        }

        return total;
    }

    private Extent Measure(GraphQLField field, Selections selections)
    {
        if (field.Alias is not null)
        {
            Bound(++_aliases, DocumentLimits.Aliases, "aliases");
        }

        foreach (var argument in field.Arguments ?? (IEnumerable<GraphQLArgument>)[])
        {
            Count(argument.Value);
        }

        var below = Measure(selections);
        var name = field.Name.Value.Span;
        return new(
            below.Fields + 1,
            name.StartsWith("__") ? 0 : below.Depth + 1,
            Math.Min(DocumentLimits.Introspected(name) * (1 + below.Found), int.MaxValue),
            Level: 1
        );
    }

    private static Extent Inside(Extent fragment) => fragment with { Level = fragment.Level + 1 };

    // A spread counts even if its fragment is empty or unknown.
    private Extent Spread(GraphQLFragmentDefinition? fragment)
    {
        var extent = fragment is null ? default : Measure(fragment);
        return Inside(extent) with { Fields = extent.Fields + 1 };
    }

    private void Count(GraphQLDirectives? here)
    {
        if (here is null)
        {
            return;
        }

        if (here.Count > DocumentLimits.DirectivesInOnePlace)
        {
            throw DocumentGuard.TooLarge(
                $"At most {DocumentLimits.DirectivesInOnePlace} directives are allowed in one place."
            );
        }

        Bound(_directives += here.Count, DocumentLimits.Directives, "directives");

        foreach (var directive in here)
        {
            foreach (var argument in directive.Arguments ?? (IEnumerable<GraphQLArgument>)[])
            {
                Count(argument.Value);
            }
        }
    }

    private void Count(GraphQLValue? value)
    {
        Bound(++_values, DocumentLimits.Values, "values in arguments");

        if (value is GraphQLListValue { Values: { } items })
        {
            if (items.Count > DocumentLimits.ListLength)
            {
                throw DocumentGuard.TooLarge($"A list may have at most {DocumentLimits.ListLength} values.");
            }

            foreach (var item in items)
            {
                Count(item);
            }
        }
        else if (value is GraphQLObjectValue { Fields: { } fields })
        {
            if (fields.Count > DocumentLimits.ObjectFields)
            {
                throw DocumentGuard.TooLarge($"An input object may have at most {DocumentLimits.ObjectFields} fields.");
            }

            foreach (var field in fields)
            {
                Count(field.Value);
            }
        }
    }

    private static RequestError SpreadTooOften() =>
        DocumentGuard.TooLarge("The document uses too many nested fragments.");

    private static void Bound(int count, int limit, string what)
    {
        if (count > limit)
        {
            throw DocumentGuard.TooLarge($"A document may have at most {limit} {what}.");
        }
    }
}
