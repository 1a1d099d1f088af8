using System.Runtime.InteropServices;
using GraphQLParser;
using GraphQLParser.AST;

namespace Cms.Api.Execution;

/// <summary>Measures a parsed document. Each fragment is measured once, however often it is spread.</summary>
internal sealed class DocumentSize(GraphQLDocument document)
{
    private readonly Dictionary<ROM, GraphQLFragmentDefinition> fragments = [];
    private readonly Dictionary<ROM, Extent?> spread = [];
    private int aliases;
    private int directives;
    private int values;

    // Found: what the fields would find if each were one of introspection; those of the newsroom are too few to matter.
    private readonly record struct Extent(long Fields, int Depth, long Found);

    public void Check()
    {
        var operations = 0;

        foreach (var definition in document.Definitions)
        {
            if (definition is GraphQLFragmentDefinition fragment)
            {
                fragments.TryAdd(fragment.FragmentName.Name.Value, fragment);
            }
            else if (definition is GraphQLOperationDefinition)
            {
                operations++;
            }
        }

        Bound(operations, DocumentLimits.Operations, "operations");
        Bound(document.Definitions.Count - operations, DocumentLimits.Fragments, "fragments");

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
                    $"An operation selects {DocumentLimits.Fields} fields at most, fragments spread out."
                );
            }

            if (extent.Depth > DocumentLimits.Depth)
            {
                throw DocumentGuard.TooLarge($"An operation is {DocumentLimits.Depth} levels deep at most.");
            }

            if (extent.Found > DocumentLimits.Found)
            {
                throw DocumentGuard.TooLarge(
                    "Introspection finds too much. Ask for the schema once, and for no fields of fields."
                );
            }
        }
    }

    private Extent Measure(GraphQLOperationDefinition operation)
    {
        Count(operation.Directives);
        Bound(operation.Variables?.Count ?? 0, DocumentLimits.Variables, "variables");

        foreach (var variable in operation.Variables ?? (IEnumerable<GraphQLVariableDefinition>)[])
        {
            Count(variable.Directives);
            Count(variable.DefaultValue);
        }

        return Measure(operation.SelectionSet);
    }

    // A spread inside itself counts nothing here; validation refuses it.
    private Extent Measure(GraphQLFragmentDefinition fragment)
    {
        var name = fragment.FragmentName.Name.Value;

        if (spread.TryGetValue(name, out var known))
        {
            return known ?? default;
        }

        spread[name] = null;
        Count(fragment.Directives);
        var extent = Measure(fragment.SelectionSet);
        spread[name] = extent;
        return extent;
    }

    private Extent Measure(GraphQLSelectionSet? selections)
    {
        if (selections is null)
        {
            return default;
        }

        var total = default(Extent);
        var names = selections.Selections.Count > DocumentLimits.Repeats ? new Dictionary<ROM, int>() : null;

        foreach (var selection in selections.Selections)
        {
            Count((selection as IHasDirectivesNode)?.Directives);
            var extent = selection switch
            {
                GraphQLField field => Measure(field, names),
                GraphQLInlineFragment inline => Measure(inline.SelectionSet),
                GraphQLFragmentSpread named => Measure(named),
                _ => default,
            };
            total = new(
                Math.Min(total.Fields + extent.Fields, int.MaxValue),
                Math.Max(total.Depth, extent.Depth),
                Math.Min(total.Found + extent.Found, int.MaxValue)
            );
        }

        return total;
    }

    private Extent Measure(GraphQLField field, Dictionary<ROM, int>? names)
    {
        if (field.Alias is not null)
        {
            Bound(++aliases, DocumentLimits.Aliases, "aliases");
        }

        if (names is not null)
        {
            ref var times = ref CollectionsMarshal.GetValueRefOrAddDefault(
                names,
                field.Alias?.Name.Value ?? field.Name.Value,
                out _
            );

            if (++times > DocumentLimits.Repeats)
            {
                throw DocumentGuard.TooLarge(
                    $"One selection asks for the same name {DocumentLimits.Repeats} times at most."
                );
            }
        }

        foreach (var argument in field.Arguments ?? (IEnumerable<GraphQLArgument>)[])
        {
            Count(argument.Value);
        }

        var below = Measure(field.SelectionSet);
        var name = field.Name.Value.Span;
        return new(
            below.Fields + 1,
            name.StartsWith("__") ? 0 : below.Depth + 1,
            Math.Min(DocumentLimits.Introspected(name) * (1 + below.Found), int.MaxValue)
        );
    }

    // A spread costs something even when its fragment is empty or unknown.
    private Extent Measure(GraphQLFragmentSpread named) =>
        fragments.TryGetValue(named.FragmentName.Name.Value, out var fragment) && Measure(fragment) is var extent
            ? extent with
            {
                Fields = extent.Fields + 1,
            }
            : new(1, 0, 0);

    private void Count(GraphQLDirectives? here)
    {
        if (here is null)
        {
            return;
        }

        if (here.Count > DocumentLimits.DirectivesInOnePlace)
        {
            throw DocumentGuard.TooLarge(
                $"One place carries {DocumentLimits.DirectivesInOnePlace} directives at most."
            );
        }

        Bound(directives += here.Count, DocumentLimits.Directives, "directives");

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
        Bound(++values, DocumentLimits.Values, "values in arguments");

        if (value is GraphQLListValue { Values: { } items })
        {
            if (items.Count > DocumentLimits.ListLength)
            {
                throw DocumentGuard.TooLarge($"A list holds {DocumentLimits.ListLength} values at most.");
            }

            foreach (var item in items)
            {
                Count(item);
            }
        }
        else if (value is GraphQLObjectValue { Fields: { } fields })
        {
            foreach (var field in fields)
            {
                Count(field.Value);
            }
        }
    }

    private static void Bound(int count, int limit, string what)
    {
        if (count > limit)
        {
            throw DocumentGuard.TooLarge($"A document holds {limit} {what} at most.");
        }
    }
}
