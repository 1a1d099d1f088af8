using GraphQLParser;
using GraphQLParser.AST;

namespace Cms.GraphQL.Execution;

/// <summary>
/// Counts what validation compares, which is each field with each other of its name in the same place, whichever fragments
/// bring them there. A hundred fields with one filter, 21 kB of text, kept it busy for a quarter of a second.
/// </summary>
/// <param name="walker">Walks a document with no fragment inside itself, and all spread out in bounds.</param>
internal sealed class FieldComparisons(SelectionWalker walker)
{
    // Arguments are printed to be compared: a character takes as long as four fields without.
    private const int PerCharacter = 4;

    private static readonly ROM Spreads = "...".AsMemory();

    private long _comparisons;

    public void Check(GraphQLDocument document)
    {
        foreach (var definition in document.Definitions)
        {
            Merge(walker.Of((definition as IHasSelectionSetNode)?.SelectionSet), []);
        }
    }

    private void Merge(Selections selections, Dictionary<ROM, Place> places)
    {
        foreach (var selection in selections)
        {
            if (selection.Field is { } field)
            {
                Merge(field, selection.Below, places);
                continue;
            }

            if (selection.Node is GraphQLFragmentSpread)
            {
                // Fragments are compared each with each, whatever their names, and even when there are none.
                Compare(places, Spreads, 0);
            }

            Merge(selection.Below, places);
        }
    }

    private void Merge(GraphQLField field, Selections below, Dictionary<ROM, Place> places)
    {
        var text = field.Arguments is { Location: var location } ? location.End - location.Start : 0;
        var place = Compare(places, field.Alias?.Name.Value ?? field.Name.Value, text);

        if (below.Set is not null)
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

        _comparisons += 1 + (place.Times++ * (1L + (PerCharacter * arguments)));
        return _comparisons <= DocumentLimits.Comparisons
            ? place
            : throw DocumentGuard.TooLarge(
                $"{name} stands in one place too often. Ask for it once, or spread fewer fragments there."
            );
    }

    private sealed class Place
    {
        private Dictionary<ROM, Place>? _below;

        public int Times { get; set; }

        public Dictionary<ROM, Place> Below => _below ??= [];
    }
}
