namespace Cms.Media.Images;

/// <summary>Lets as many images be worked on as there are processors; some more wait, and the others are turned away.</summary>
public sealed class ImageGate(int concurrent, int waiting) : IDisposable
{
    private readonly SemaphoreSlim _running = new(concurrent);
    private int _inside;

    public ImageGate()
        : this(Environment.ProcessorCount, 16 * Environment.ProcessorCount) { }

    /// <summary>Does some work when its turn comes, away from the caller's thread; refused when too much waits already.</summary>
    public async Task<(bool Entered, T Made)> TryRunAsync<T>(Func<T> work, CancellationToken cancellationToken)
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
                return (true, await Task.Run(work, cancellationToken));
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
