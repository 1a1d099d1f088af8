namespace Cms.Data;

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
    }
}
