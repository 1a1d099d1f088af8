namespace Cms.Foundation;

public static class Clock
{
    extension(TimeProvider clock)
    {
        /// <summary>Returns the UTC time in whole milliseconds, which both databases store unchanged.</summary>
        public DateTimeOffset Now() => clock.GetUtcNow().ToMilliseconds();
    }

    extension(DateTimeOffset at)
    {
        /// <inheritdoc cref="Now" />
        public DateTimeOffset ToMilliseconds() => DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());

        /// <summary>
        /// Formats the time for a sentence in the newsroom's zone, such as 23 April 2026, 09:00 UTC.
        /// </summary>
        public string InWords() => NewsroomTime.Current.InWords(at);
    }
}
