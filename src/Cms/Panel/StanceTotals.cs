namespace Cms.Panel;

/// <summary>The number of takes for each stance.</summary>
/// <param name="Supportive">The number of supportive takes.</param>
/// <param name="Mixed">The number of mixed takes.</param>
/// <param name="Skeptical">The number of sceptical takes.</param>
public sealed record StanceTotals(int Supportive, int Mixed, int Skeptical)
{
    internal static readonly StanceTotals None = new(0, 0, 0);

    internal static StanceTotals Of(IEnumerable<Stance> stances) =>
        stances.Aggregate(None, (totals, stance) => totals.With(stance, 1));

    internal StanceTotals With(Stance stance, int count) =>
        stance switch
        {
            Stance.Supportive => this with { Supportive = Supportive + count },
            Stance.Mixed => this with { Mixed = Mixed + count },
            _ => this with { Skeptical = Skeptical + count },
        };
}
