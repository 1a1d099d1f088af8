using Cms.GraphQL;

namespace Cms.Reading;

/// <summary>The part of a list, ordered by a time and then by id, from which a page was read.</summary>
/// <param name="Upward">Whether the list was read from the oldest to the newest.</param>
/// <param name="From">Where the part begins, exclusive; null at an end of the list.</param>
/// <param name="To">Where the part ends, inclusive; null if the list ends there.</param>
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
