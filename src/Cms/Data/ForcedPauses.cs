namespace Cms.Data;

/// <summary>
/// Pauses between the steps of a read, so that tests find faults that only show when a thread is preempted there. Off
/// by default; the host refuses to start with them in Production.
/// </summary>
public static class ForcedPauses
{
    private const int Scale = 1_000_000;

    /// <summary>How long one asynchronous pause in 32 lasts, so that operations run out of time there.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private static readonly ManualResetEvent Never = new(initialState: false);
    private static int _share;
    private static int _steps;

    /// <summary>Whether they are turned on, and with them the checks that are too slow for production.</summary>
    public static bool AreOn => _share > 0;

    /// <summary>Turns pauses on or off for the whole process.</summary>
    /// <param name="ofSteps">The share of steps that pause, 0 to 1; 0 turns them off.</param>
    public static void Set(double ofSteps) => _share = (int)(Math.Clamp(ofSteps, 0, 1) * Scale);

    /// <summary>One step of code that is not asynchronous: the thread may give way here.</summary>
    public static void Here()
    {
        if (_share > 0)
        {
            Pause();
        }
    }

    /// <summary>One step of asynchronous code: what follows may run later, and on another thread.</summary>
    public static ValueTask HereAsync() => _share > 0 ? PauseAsync() : ValueTask.CompletedTask;

    // Mostly a millisecond, in which others run; sometimes only a moment, so that steps are not spaced evenly.
    private static void Pause()
    {
        switch (Next())
        {
            case Step.Long or Step.Longest:
                Never.WaitOne(1);
                break;
            case Step.Short:
                Thread.Yield();
                break;
        }
    }

    private static async ValueTask PauseAsync()
    {
        switch (Next())
        {
            case Step.Longest:
                await Task.Delay(Longest);
                break;
            case Step.Long:
                await Task.Delay(1);
                break;
            case Step.Short:
                await Task.Yield();
                break;
        }
    }

    // The counter is spread over all numbers (Knuth's multiplicative hash), so that the pauses fall on every step in turn.
    private static Step Next()
    {
        var number = unchecked((uint)Interlocked.Increment(ref _steps) * 2_654_435_761u);
        return number % Scale >= _share ? Step.None
            : number >> 27 == 0 ? Step.Longest
            : number >> 30 > 0 ? Step.Long
            : Step.Short;
    }

    private enum Step
    {
        None,
        Short,
        Long,
        Longest,
    }
}
