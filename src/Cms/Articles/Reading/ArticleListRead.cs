using Cms.Reading;

namespace Cms.Articles.Reading;

/// <summary>Records which page of a list of articles was read: its filter, order and range.</summary>
/// <param name="Filter">The filter of the list.</param>
/// <param name="ByUpdate">Whether the list is ordered by last update, not by publication date.</param>
/// <param name="Upward">Whether the page was read from oldest to newest.</param>
/// <param name="From">The position after which the read began; null if it began at an end of the list.</param>
internal sealed record ArticleListRead(
    ArticleFilter Filter,
    bool ByUpdate,
    bool Upward,
    (DateTimeOffset At, ArticleId Id)? From
) : IListRead
{
    /// <summary>
    /// The position of the extra row that shows that the list continues; null if the list ends with the page.
    /// </summary>
    public (DateTimeOffset At, ArticleId Id)? To { get; set; }

    /// <summary>Whether the whole list was counted.</summary>
    public bool IsCounted { get; set; }

    public bool IsChangedBy(ArticleState? before, ArticleState? after)
    {
        var (was, isNow) = (Passes(before), Passes(after));
        return (IsCounted && was != isNow) || (was && IsWithin(before!)) || (isNow && IsWithin(after!));
    }

    private bool Passes(ArticleState? state) => state is not null && Filter.Passes(state);

    private bool IsWithin(ArticleState state) =>
        new Window<ArticleId>(Upward, From, To).Holds((ByUpdate ? state.UpdatedAt : state.PublishedAt, state.Id));
}
