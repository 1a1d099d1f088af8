using OpenTelemetry.Trace;

namespace Cms.Server.Telemetry;

/// <summary>
/// Records every trace on a quiet server, and a limited number in each second on a busy one, so that the cost of traces
/// does not grow with the number of requests. Callers that send a trace id do not get around the limit.
/// </summary>
internal sealed class LimitedSampler(TimeProvider clock) : Sampler
{
    private const double PerSecond = 20;
    private const double Burst = 200;

    private static readonly SamplingResult Recorded = new(SamplingDecision.RecordAndSample);
    private static readonly SamplingResult Dropped = new(SamplingDecision.Drop);

    private readonly Lock _gate = new();
    private double _left = Burst;
    private long _at = clock.GetTimestamp();

    /// <summary>Returns the sampler for servers whose operator has not chosen another.</summary>
    public static Sampler Create(TimeProvider clock)
    {
        LimitedSampler limited = new(clock);
        return new ParentBasedSampler(limited, remoteParentSampled: limited);
    }

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        TryTake() ? Recorded : Dropped;

    private bool TryTake()
    {
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            _left = Math.Min(Burst, _left + (clock.GetElapsedTime(_at, now).TotalSeconds * PerSecond));
            _at = now;
            if (_left < 1)
            {
                return false;
            }

            _left--;
            return true;
        }
    }
}
