using Cms.Foundation;
using Cms.GraphQL;

namespace Cms.Articles.Publishing;

internal static class PlannedTimes
{
    extension(NewsroomTime newsroom)
    {
        /// <summary>Returns the instant that an input states, in whole milliseconds.</summary>
        /// <param name="at">The instant; null if the input states the newsroom's time.</param>
        /// <param name="local">The newsroom's time; null if the input states the instant.</param>
        /// <param name="field">The input field of the instant, such as <c>at</c>.</param>
        /// <param name="now">The current time. The time must be after it.</param>
        public Result<DateTimeOffset> PlannedTime(
            DateTimeOffset? at,
            DateTime? local,
            string field,
            DateTimeOffset now
        ) =>
            (at, local) switch
            {
                ({ } instant, null) => Ahead(instant.ToMilliseconds(), field, now),
                (null, { } time) => Ahead(newsroom.InstantOf(time), $"{field}Local", now),
                _ => new TimeRequired(field) { Path = [field] },
            };
    }

    private static Result<DateTimeOffset> Ahead(DateTimeOffset at, string field, DateTimeOffset now) =>
        at > now ? at : new TimeNotAhead(field) { Path = [field] };
}
