using Cms.Reading;

namespace Cms.Articles.Reading;

/// <summary>A page of a list of articles: which articles pass, in which order, and from where to where it was read.</summary>
/// <param name="Filter">Which articles pass.</param>
/// <param name="ByUpdate">Ordered by their last change, not by their date.</param>
/// <param name="Upward">Read from the earliest to the latest.</param>
/// <param name="From">Where it begins, itself left out; null at the list's end.</param>
internal sealed record ArticleListRead(
    ArticleFilter Filter,
    bool ByUpdate,
    bool Upward,
    (DateTimeOffset At, ArticleId Id)? From
) : IListRead
{
    /// <summary>The last row read, the one included that only tells that the list goes on; null when it ends here.</summary>
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
