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
        public Result<DateTimeOffset> PlannedTime(DateTimeOffset? at, DateTime? local, string field) =>
            (at, local) switch
            {
                ({ } instant, null) => instant.ToMilliseconds(),
                (null, { } time) => newsroom.InstantOf(time),
                _ => new TimeRequired(field) { Path = [field] },
            };
    }
}
