namespace Cms.Partners.Takedowns;

/// <summary>Which takedowns to list.</summary>
public enum TakedownState
{
    /// <summary>Those that are not confirmed by everybody who has to.</summary>
    Open,

    /// <summary>Those that are open although their deadline has passed.</summary>
    Overdue,

    /// <summary>All.</summary>
    All,
}

internal static class TakedownStates
{
    extension(IQueryable<Takedown> takedowns)
    {
        /// <summary>Returns the takedowns in a state.</summary>
        /// <param name="owed">The deliveries that are not confirmed.</param>
        public IQueryable<Takedown> In(TakedownState state, IQueryable<ReceivedEdition> owed, DateTimeOffset now) =>
            state switch
            {
                TakedownState.Open => takedowns.Where(t => owed.Any(r => r.TakedownId == t.Id)),
                TakedownState.Overdue => takedowns.Where(t =>
                    t.AcknowledgeBy <= now && owed.Any(r => r.TakedownId == t.Id)
                ),
                _ => takedowns,
            };
    }
}
