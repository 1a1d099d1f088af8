using Cms.GraphQL;

namespace Cms.Panel.Reading;

/// <summary>How the panel's takes on an article lean.</summary>
/// <param name="Supportive">How many are supportive.</param>
/// <param name="Mixed">How many are mixed.</param>
/// <param name="Skeptical">How many are skeptical.</param>
public sealed record Consensus(int Supportive, int Mixed, int Skeptical)
{
    /// <summary>Some are supportive, some are skeptical, and neither is the majority of the panel.</summary>
    public bool Split =>
        Supportive > 0 && Skeptical > 0 && Math.Max(Supportive, Skeptical) * 2 <= Supportive + Mixed + Skeptical;

    internal static ColumnSet ColumnsOf<TView>()
        where TView : TakeView => Columns.Set<TView>(nameof(TakeView.Stance));

    internal static Consensus Of(IReadOnlyList<TakeView> takes) =>
        new(
            takes.Count(take => take.Stance is Stance.Supportive),
            takes.Count(take => take.Stance is Stance.Mixed),
            takes.Count(take => take.Stance is Stance.Skeptical)
        );
}
