using GraphQLParser;
using GraphQLParser.AST;

namespace Cms.GraphQL.Execution;

/// <summary>
/// Limits the comparisons that validation makes. Validation compares all fields with the same name in the same place,
/// even in different fragments. A hundred fields with the same filter (21 kB of text) took 250 ms.
/// </summary>
/// <param name="walker">
/// Walks the document. Its fragments must not contain themselves, and its expanded size must be within limits.
/// </param>
internal sealed class FieldComparisons(SelectionWalker walker)
{
    // Validation prints arguments to compare them. Each character takes as long as four fields without arguments.
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
                // Validation compares every pair of spreads, whatever their names, even if their fragments do not
                // exist.
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
                $"{name} is selected too often in one place. Select it once, or use fewer fragments there."
            );
    }

    private sealed class Place
    {
        private Dictionary<ROM, Place>? _below;

        public int Times { get; set; }

        public Dictionary<ROM, Place> Below => _below ??= [];
    }
}
