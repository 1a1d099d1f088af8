using System.Diagnostics;
using Cms.Server.Telemetry;
using Microsoft.Extensions.Time.Testing;
using OpenTelemetry.Trace;
using Xunit;

namespace Cms.Server.Tests.Telemetry;

/// <summary>A busy server records a limited number of traces, a quiet one records all.</summary>
public sealed class LimitedSamplerTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Sampler _sampler;

    public LimitedSamplerTests() => _sampler = LimitedSampler.Create(_clock);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void After_a_quiet_time_200_traces_are_recorded_at_once_and_then_20_in_each_second(bool isContinued)
    {
        Assert.Equal(200, Recorded(1_000, isContinued));

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(20, Recorded(1_000, isContinued));

        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(200, Recorded(1_000, isContinued));
    }

    [Theory]
    [InlineData(ActivityTraceFlags.Recorded, SamplingDecision.RecordAndSample)]
    [InlineData(ActivityTraceFlags.None, SamplingDecision.Drop)]
    public void Everything_in_a_trace_is_recorded_or_nothing(ActivityTraceFlags flags, SamplingDecision decision)
    {
        Recorded(1_000, isContinued: false);

        Assert.Equal(decision, Sample(Context(flags, isRemote: false)));
    }

    private int Recorded(int requests, bool isContinued) =>
        Enumerable
            .Range(0, requests)
            .Count(_ =>
                Sample(isContinued ? Context(ActivityTraceFlags.Recorded, isRemote: true) : default)
                is SamplingDecision.RecordAndSample
            );

    private SamplingDecision Sample(ActivityContext parent) =>
        _sampler.ShouldSample(new(parent, ActivityTraceId.CreateRandom(), "GET", ActivityKind.Server)).Decision;

    private static ActivityContext Context(ActivityTraceFlags flags, bool isRemote) =>
        new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), flags, isRemote: isRemote);
}
