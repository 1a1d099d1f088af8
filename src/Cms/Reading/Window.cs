using Cms.GraphQL;

namespace Cms.Reading;

/// <summary>The part of a list that was read for a page. The list is sorted by time, then by id.</summary>
/// <param name="Upward">Whether the list was read from the oldest to the newest.</param>
/// <param name="From">The position after which the read began; null if it began at an end of the list.</param>
/// <param name="To">The last position that was read; null if the read reached the other end of the list.</param>
internal readonly record struct Window<TId>(
    bool Upward,
    (DateTimeOffset At, TId Id)? From,
    (DateTimeOffset At, TId Id)? To
)
    where TId : struct, IEntityId<TId>
{
    public bool Holds((DateTimeOffset At, TId Id) place) =>
        (From is not { } from || IsBeyond(place, from)) && (To is not { } to || !IsBeyond(place, to));

    // Compares in reading order.
    private bool IsBeyond((DateTimeOffset At, TId Id) place, (DateTimeOffset At, TId Id) other)
    {
        var later = place.At != other.At ? place.At.CompareTo(other.At) : place.Id.Value.CompareTo(other.Id.Value);
        return Upward ? later > 0 : later < 0;
    }
}
