using Cms.GraphQL;

namespace Cms.Reading;

/// <summary>The stretch of a list, ordered by a time and then by id, that a page was read from.</summary>
/// <param name="Upward">Read from the earliest to the latest.</param>
/// <param name="From">Where it begins, itself left out; null at the list's end.</param>
/// <param name="To">Where it ends, itself included; null where the list ends.</param>
internal readonly record struct Window<TId>(
    bool Upward,
    (DateTimeOffset At, TId Id)? From,
    (DateTimeOffset At, TId Id)? To
)
    where TId : struct, IEntityId<TId>
{
    public bool Holds((DateTimeOffset At, TId Id) place) =>
        (From is not { } from || IsBeyond(place, from)) && (To is not { } to || !IsBeyond(place, to));

    // In the order of reading.
    private bool IsBeyond((DateTimeOffset At, TId Id) place, (DateTimeOffset At, TId Id) other)
    {
        var later = place.At != other.At ? place.At.CompareTo(other.At) : place.Id.Value.CompareTo(other.Id.Value);
        return Upward ? later > 0 : later < 0;
    }
}
