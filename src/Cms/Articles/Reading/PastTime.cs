using System.Globalization;
using Cms.Foundation;
using Cms.GraphQL;

namespace Cms.Articles.Reading;

/// <summary>A time that is not in the future, in whole milliseconds.</summary>
public sealed record PastTime
{
    private PastTime(DateTimeOffset at) => At = at;

    public DateTimeOffset At { get; }

    /// <exception cref="RequestError">The time is in the future.</exception>
    public static PastTime Of(DateTimeOffset at, TimeProvider clock) =>
        clock.Now() is var now && at <= now
            ? new PastTime(at.ToMilliseconds())
            : throw new RequestError(
                ErrorCodes.BadUserInput,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"asOf must not be in the future: {at.ToUniversalTime():yyyy-MM-ddTHH:mm:ssZ}. Give a time up to {now:yyyy-MM-ddTHH:mm:ssZ}, or query the current articles instead."
                )
            );
}
