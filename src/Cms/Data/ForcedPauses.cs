namespace Cms.Data;

/// <summary>
/// Adds pauses between the steps of a read, so that tests find bugs that appear only when a thread is preempted there.
/// Pauses are off by default. In Production, the host does not start if they are on.
/// </summary>
public static class ForcedPauses
{
    private const int Scale = 1_000_000;

    /// <summary>The length of one in 32 asynchronous pauses, so that operations time out there.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private static readonly ManualResetEvent Never = new(initialState: false);
    private static int _share;
    private static int _steps;

    /// <summary>Whether pauses, and the checks that are too slow for production, are on.</summary>
    public static bool AreOn => _share > 0;

    /// <summary>Turns pauses on or off for the whole process.</summary>
    /// <param name="ofSteps">The share of steps that pause, from 0 to 1; 0 turns pauses off.</param>
    public static void Set(double ofSteps) => _share = (int)(Math.Clamp(ofSteps, 0, 1) * Scale);

    /// <summary>Marks a step of synchronous code, where the thread can be preempted.</summary>
    public static void Here()
    {
        if (_share > 0)
        {
            Pause();
        }
    }

    /// <summary>Marks a step of asynchronous code. The code after it can run later and on a different thread.</summary>
    public static ValueTask HereAsync() => _share > 0 ? PauseAsync() : ValueTask.CompletedTask;

    // Most pauses last a millisecond, in which other threads run. Some only yield, so that steps are not evenly spaced.
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

    // Knuth's multiplicative hash spreads the counter over all numbers, so that every step pauses at some time.
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
