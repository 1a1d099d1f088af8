namespace Cms.Media.Images;

/// <summary>
/// Lets as many images be worked on as there are processors, each for so long; some more wait, and the others are turned
/// away.
/// </summary>
public sealed class ImageGate(int concurrent, int waiting, TimeSpan longest) : IDisposable
{
    private readonly SemaphoreSlim _running = new(concurrent);
    private int _inside;

    public ImageGate()
        : this(Environment.ProcessorCount, 16 * Environment.ProcessorCount, ImageLimits.MaxDuration) { }

    /// <summary>
    /// Does some work when its turn comes, away from the caller's thread; refused when too much waits already. The work is
    /// told by when it must be done.
    /// </summary>
    internal async Task<(bool Entered, T Made)> TryRunAsync<T>(
        Func<Deadline, T> work,
        CancellationToken cancellationToken
    )
    {
        try
        {
            if (Interlocked.Increment(ref _inside) > concurrent + waiting)
            {
                return (false, default!);
            }

            await _running.WaitAsync(cancellationToken);
            try
            {
                return (true, await Task.Run(() => work(Deadline.In(longest)), cancellationToken));
            }
            finally
            {
                _running.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }

    public void Dispose() => _running.Dispose();
}
