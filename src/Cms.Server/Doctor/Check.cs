using Cms.Data;

namespace Cms.Server.Doctor;

/// <summary>A check that takes a limited time and never throws.</summary>
/// <param name="Name">What is checked, in one or two words.</param>
/// <param name="Stuck">What to do if the check does not end or fails unexpectedly: an instruction.</param>
/// <param name="Run">Checks, and returns what it found.</param>
internal sealed record Check(string Name, string Stuck, Func<CancellationToken, Task<IReadOnlyList<Finding>>> Run)
{
    // Every dependency that works answers much faster, also on a busy machine.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    // Some libraries do not react to cancellation at once, or not at all.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>Runs the check. Problems of the check itself are failures too.</summary>
    public async Task<IReadOnlyList<Finding>> FindAsync(CancellationToken cancellationToken)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(Limit);
        try
        {
            return await Task.Run(() => Run(late.Token), cancellationToken).WaitAsync(Limit + Grace, cancellationToken);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception fault) when (fault is TimeoutException or OperationCanceledException)
        {
            return
            [
                Finding.Failure(
                    Name,
                    FormattableString.Invariant($"There was no answer within {Limit.TotalSeconds} seconds: {Stuck}.")
                ),
            ];
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            return [Finding.Failure(Name, $"{fault.FirstLine}: {Stuck}.")];
        }
    }
}
