using Cms.GraphQL;

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
    public bool Split =>
        Supportive > 0 && Skeptical > 0 && Math.Max(Supportive, Skeptical) * 2 <= Supportive + Mixed + Skeptical;

    internal static ColumnSet ColumnsOf<TView>()
        where TView : TakeView => Columns.Set<TView>(nameof(TakeView.Stance));

    internal static Consensus Of(IReadOnlyList<TakeView> takes) => Of(takes.Select(take => take.Stance));

    internal static Consensus Of(IEnumerable<Stance> stances)
    {
        var counts = StanceTotals.Of(stances);
        return new(counts.Supportive, counts.Mixed, counts.Skeptical);
    }
}
