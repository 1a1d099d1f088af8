using Cms.Access;
using Cms.GraphQL;

namespace Cms.Server.Access;

/// <summary>
/// Ends open connections when the viewer's credentials expire, or the viewer signs out or is blocked.
/// </summary>
internal sealed class ViewerWatches(BlockList blocks, SessionEnds sessions, TimeProvider clock)
{
    // The maximum wait of the timer. No connection stays open that long.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    /// <summary>
    /// Calls <paramref name="over" /> at most once with the reason, unless the result is disposed first. Returns null
    /// for an anonymous viewer.
    /// </summary>
    public IDisposable? Begin(SignInResult signIn, Action<Departure> over)
    {
        if (signIn.Viewer.Key is not { } key)
        {
            return null;
        }

        var left = signIn.ExpiresAt - clock.GetUtcNow();
        var watch = new Watch(over);
        watch.Expiry = clock.CreateTimer(
            _ => watch.End(Departure.Expired),
            null,
            left < TimeSpan.Zero ? TimeSpan.Zero
                : left > Longest ? Longest
                : left,
            Timeout.InfiniteTimeSpan
        );
        watch.Session = signIn.Session is { } session
            ? sessions.Watch(session, () => watch.End(Departure.SignedOut))
            : null;
        watch.Block = blocks.Watch(key, () => watch.End(Departure.Blocked));
        return watch;
    }

    private sealed class Watch(Action<Departure> over) : IDisposable
    {
        private int _isOver;

        public ITimer? Expiry { get; set; }

        public IDisposable? Session { get; set; }

        public IDisposable? Block { get; set; }

        public void End(Departure reason)
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0)
            {
                over(reason);
            }
        }

        public void Dispose()
        {
            Interlocked.Exchange(ref _isOver, 1);
            Expiry?.Dispose();
            Session?.Dispose();
            Block?.Dispose();
        }
    }
}

/// <summary>Why a viewer's connection ends.</summary>
/// <param name="Reason">A short reason for closing a socket.</param>
/// <param name="Refusal">Creates the error at the end of an event stream.</param>
internal sealed record Departure(string Reason, Func<RequestError> Refusal)
{
    public static Departure Expired { get; } =
        new(
            "Token expired",
            () =>
                new(
                    ErrorCodes.NotAuthenticated,
                    "Your token or session has expired. Sign in again, then continue where you stopped."
                )
        );

    public static Departure SignedOut { get; } =
        new(
            "Signed out",
            () =>
                new(ErrorCodes.NotAuthenticated, "You have signed out. Sign in again, then continue where you stopped.")
        );

    public static Departure Blocked { get; } =
        new("Forbidden", () => new(ErrorCodes.NotAuthorized, SignInResult.BlockedMessage));
}
