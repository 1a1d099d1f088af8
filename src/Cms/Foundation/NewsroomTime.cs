using System.Globalization;

namespace Cms.Foundation;

/// <summary>
/// The newsroom's time zone. Editors plan in this zone, and messages show times in it. The database and the API store
/// and return instants.
/// </summary>
public sealed class NewsroomTime
{
    private static readonly AsyncLocal<NewsroomTime?> Ambient = new();

    // Longer than any change of a clock, and shorter than the time between two changes.
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly TimeZoneInfo _zone;

    /// <param name="id">The zone's name in the IANA database, such as <c>Europe/Berlin</c>.</param>
    /// <exception cref="TimeZoneNotFoundException">The name is not in the database.</exception>
    public NewsroomTime(string id)
    {
        _zone = TimeZoneInfo.FindSystemTimeZoneById(id);
        Id = _zone.HasIanaId ? id : throw new TimeZoneNotFoundException($"{id} is not an IANA name.");
    }

    public static NewsroomTime Utc { get; } = new("UTC");

    /// <summary>
    /// The newsroom's time in the calling asynchronous method, as <see cref="CultureInfo.CurrentCulture" /> is its
    /// culture. It is UTC unless <see cref="Begin" /> has set it.
    /// </summary>
    public static NewsroomTime Current => Ambient.Value ?? Utc;

    /// <summary>The zone's name in the IANA database.</summary>
    public string Id { get; }

    /// <summary>Makes messages in the calling asynchronous method, and in the methods it calls, use this zone.</summary>
    public void Begin() => Ambient.Value = this;

    /// <summary>Returns the time that clocks in the newsroom show at an instant.</summary>
    public DateTime LocalOf(DateTimeOffset at) => At(at).DateTime;

    /// <summary>Returns the newsroom's calendar date at an instant.</summary>
    public DateOnly DateOf(DateTimeOffset at) => DateOnly.FromDateTime(LocalOf(at));

    /// <summary>
    /// Returns the instant at which clocks in the newsroom show a time. A time that clocks skip moves forward by the
    /// length of the gap. Of a time that clocks show twice, the first is returned.
    /// </summary>
    /// <param name="local">The time, without a zone.</param>
    public DateTimeOffset InstantOf(DateTime local)
    {
        var (before, after) = (OffsetNear(local, -Day), OffsetNear(local, Day));
        DateTimeOffset[] candidates = [Clamped(local, before), Clamped(local, after)];
        return candidates.Where(at => LocalOf(at) == local).DefaultIfEmpty(candidates[0]).Min();
    }

    /// <summary>
    /// Formats an instant for a sentence, such as 23 April 2026, 11:00 Europe/Berlin. Of a time that clocks show twice,
    /// the text includes the offset from UTC.
    /// </summary>
    public string InWords(DateTimeOffset at)
    {
        var local = At(at);
        var time = local.ToString(
            local.Second == 0 ? "d MMMM yyyy, HH:mm" : "d MMMM yyyy, HH:mm:ss",
            CultureInfo.InvariantCulture
        );
        var offset = _zone.IsAmbiguousTime(local.DateTime)
            ? local.ToString(" ('UTC'zzz)", CultureInfo.InvariantCulture)
            : "";
        return $"{time} {Id}{offset}";
    }

    private DateTimeOffset At(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, _zone);

    private TimeSpan OffsetNear(DateTime local, TimeSpan shift) => _zone.GetUtcOffset(Clamped(local, -shift));

    // An instant cannot be outside the years 1 to 9999.
    private static DateTimeOffset Clamped(DateTime local, TimeSpan offset)
    {
        var ticks = Math.Clamp(local.Ticks - offset.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
        return new DateTimeOffset(ticks, TimeSpan.Zero);
    }
}
