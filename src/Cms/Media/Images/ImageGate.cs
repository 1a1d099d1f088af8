namespace Cms.Media.Images;

/// <summary>
/// Limits how many images are processed at the same time (by default, one per processor) and for how long. A limited
/// number of further images can wait. All others are rejected.
/// </summary>
public sealed class ImageGate(int concurrent, int waiting, TimeSpan longest) : IDisposable
{
    private readonly SemaphoreSlim _running = new(concurrent);
    private int _inside;

    public ImageGate()
        : this(Environment.ProcessorCount, 16 * Environment.ProcessorCount, ImageLimits.MaxDuration) { }

    /// <summary>
    /// Runs work on another thread, with a deadline, when there is capacity. Rejects the work if too many images are
    /// already waiting.
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
