using GraphQLParser;
using GraphQLParser.AST;

namespace Cms.Api.Execution;

/// <summary>
/// Counts what validation compares, which is each field with each other of its name in the same place, whichever fragments
/// bring them there. A hundred fields with one filter, 21 kB of text, kept it busy for a quarter of a second.
/// </summary>
/// <param name="fragments">The document's, none of them inside itself, and all spread out in bounds.</param>
internal sealed class FieldComparisons(IReadOnlyDictionary<ROM, GraphQLFragmentDefinition> fragments)
{
    // Arguments are printed to be compared: a character takes as long as four fields without.
    private const int PerCharacter = 4;

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
                case GraphQLFragmentSpread spread
                    when fragments.TryGetValue(spread.FragmentName.Name.Value, out var fragment):
                    Merge(fragment.SelectionSet, places);
                    break;
            }
        }
    }

    private void Merge(GraphQLField field, Dictionary<ROM, Place> places)
    {
        var name = field.Alias?.Name.Value ?? field.Name.Value;

        if (!places.TryGetValue(name, out var place))
        {
            places.Add(name, place = new Place());
        }

        var text = field.Arguments is { Location: var location } ? location.End - location.Start : 0;
        comparisons += 1 + (place.Fields++ * (1L + (PerCharacter * text)));

        if (comparisons > DocumentLimits.Comparisons)
        {
            throw DocumentGuard.TooLarge(
                $"{name} is asked for too often in one place. Ask for it once, or spread fewer fragments there."
            );
        }

        if (field.SelectionSet is { } below)
        {
            Merge(below, place.Below);
        }
    }

    private sealed class Place
    {
        private Dictionary<ROM, Place>? below;

        public int Fields { get; set; }

        public Dictionary<ROM, Place> Below => below ??= [];
    }
}
