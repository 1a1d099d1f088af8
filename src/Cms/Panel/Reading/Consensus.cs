using Cms.GraphQL;
using Cms.Reading;

namespace Cms.Panel.Reading;

/// <summary>The number of takes on an article for each stance.</summary>
/// <param name="Supportive">The number of supportive takes.</param>
/// <param name="Mixed">The number of mixed takes.</param>
/// <param name="Skeptical">The number of sceptical takes.</param>
public sealed record Consensus(int Supportive, int Mixed, int Skeptical)
{
    /// <summary>
    /// Whether some takes are supportive and some are sceptical, and neither stance has a majority.
    /// </summary>
    public bool Split => FacetId.IsSplit(Supportive, Mixed, Skeptical);

    internal static ColumnSet ColumnsOf<TView>()
        where TView : TakeView => Columns.Set<TView>(nameof(TakeView.Stance));

    internal static Consensus Of(IReadOnlyList<TakeView> takes)
    {
        var totals = StanceTotals.Of(takes.Select(take => take.Stance));
        return new(totals.Supportive, totals.Mixed, totals.Skeptical);
    }
}
