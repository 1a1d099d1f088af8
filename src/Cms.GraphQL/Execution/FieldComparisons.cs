using GraphQLParser;
using GraphQLParser.AST;

namespace Cms.GraphQL.Execution;

/// <summary>
/// Counts what validation compares, which is each field with each other of its name in the same place, whichever fragments
/// bring them there. A hundred fields with one filter, 21 kB of text, kept it busy for a quarter of a second.
/// </summary>
/// <param name="fragments">The document's, none of them inside itself, and all spread out in bounds.</param>
internal sealed class FieldComparisons(IReadOnlyDictionary<ROM, GraphQLFragmentDefinition> fragments)
{
    // Arguments are printed to be compared: a character takes as long as four fields without.
    private const int PerCharacter = 4;

    private static readonly ROM Spreads = "...".AsMemory();

    private long comparisons;

    public void Check(GraphQLDocument document)
    {
        foreach (var definition in document.Definitions)
        {
            Merge((definition as IHasSelectionSetNode)?.SelectionSet, []);
        }
    }

    private void Merge(GraphQLSelectionSet? selections, Dictionary<ROM, Place> places)
    {
        foreach (var selection in selections?.Selections ?? [])
        {
            switch (selection)
            {
                case GraphQLField field:
                    Merge(field, places);
                    break;
                case GraphQLInlineFragment inline:
                    Merge(inline.SelectionSet, places);
                    break;
                case GraphQLFragmentSpread spread:
                    // Fragments are compared each with each, whatever their names, and even when there are none.
                    Compare(places, Spreads, 0);

                    if (fragments.TryGetValue(spread.FragmentName.Name.Value, out var fragment))
                    {
                        Merge(fragment.SelectionSet, places);
                    }

                    break;
            }
        }
    }

    private void Merge(GraphQLField field, Dictionary<ROM, Place> places)
    {
        var text = field.Arguments is { Location: var location } ? location.End - location.Start : 0;
        var place = Compare(places, field.Alias?.Name.Value ?? field.Name.Value, text);

        if (field.SelectionSet is { } below)
        {
            Merge(below, place.Below);
        }
    }

    private Place Compare(Dictionary<ROM, Place> places, ROM name, int arguments)
    {
        if (!places.TryGetValue(name, out var place))
        {
            places.Add(name, place = new Place());
        }

        comparisons += 1 + (place.Times++ * (1L + (PerCharacter * arguments)));
        return comparisons <= DocumentLimits.Comparisons
            ? place
            : throw DocumentGuard.TooLarge(
                $"{name} stands in one place too often. Ask for it once, or spread fewer fragments there."
            );
    }

    private sealed class Place
    {
        private Dictionary<ROM, Place>? below;

        public int Times { get; set; }

        public Dictionary<ROM, Place> Below => below ??= [];
    }
}
