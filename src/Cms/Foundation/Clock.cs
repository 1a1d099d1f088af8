using System.Globalization;

namespace Cms.Foundation;

public static class Clock
{
    extension(TimeProvider clock)
    {
        /// <summary>The time in UTC and whole milliseconds: what both databases keep, so nothing changes by being stored.</summary>
        public DateTimeOffset Now() => clock.GetUtcNow().ToMilliseconds();
    }

    extension(DateTimeOffset at)
    {
        /// <inheritdoc cref="Now" />
        public DateTimeOffset ToMilliseconds() => DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());

        /// <summary>As a sentence tells it: 23 April 2026, 09:00 UTC.</summary>
        public string InWords() =>
            at.UtcDateTime.ToString(
                at.UtcDateTime.Second == 0 ? "d MMMM yyyy, HH:mm 'UTC'" : "d MMMM yyyy, HH:mm:ss 'UTC'",
                CultureInfo.InvariantCulture
            );
    }
}
