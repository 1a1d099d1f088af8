using System.Data.Common;
using Cms.Data;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cms.Tests.Data;

/// <summary>How long callers wait for a database that does not answer, and when the gate closes.</summary>
public sealed class DatabaseAvailabilityTests : IAsyncLifetime
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(2);

    // Far longer than anything here takes.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _clock = new();
    private readonly Probes _probes = new();
    private readonly DatabaseGate _gate = new();
    private readonly TaskCompletionSource<int> _work = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DatabaseAvailability _availability = null!;

    public Task InitializeAsync()
    {
        _availability = new DatabaseAvailability(_probes, _gate, _clock, NullLogger<DatabaseAvailability>.Instance);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _availability.DisposeAsync();

    [Fact]
    public async Task Who_waits_for_a_database_that_hangs_is_answered_within_two_seconds()
    {
        var waiting = _availability.WaitAsync(_work.Task);
        _clock.Advance(DatabaseAvailability.Patience);
        await _probes.BeganAsync();
        _clock.Advance(Promised - DatabaseAvailability.Patience);

        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => waiting.WaitAsync(Longest));
    }

    [Fact]
    public async Task Work_that_takes_long_on_a_database_that_answers_is_waited_for()
    {
        var waiting = _availability.WaitAsync(_work.Task);
        for (var probes = 0; probes < 3; probes++)
        {
            _clock.Advance(DatabaseAvailability.Patience);
            (await _probes.BeganAsync()).SetResult();
            await _probes.EndedAsync(_availability);
        }

        Assert.False(waiting.IsCompleted);
        _work.SetResult(42);
        Assert.Equal(42, await waiting.WaitAsync(Longest));
    }

    [Fact]
    public async Task One_slow_probe_ends_the_work_that_waits_and_refuses_nothing_else()
    {
        var waiting = _availability.WaitAsync(_work.Task);
        _clock.Advance(DatabaseAvailability.Patience);
        await _probes.BeganAsync();
        _clock.Advance(Promised - DatabaseAvailability.Patience);
        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => waiting.WaitAsync(Longest));

        Assert.False(_availability.IsAway);
        _clock.Advance(Promised);
        (await _probes.BeganAsync()).SetResult();
        await _probes.EndedAsync(_availability);
        Assert.False(_availability.IsAway);
    }

    [Fact]
    public async Task A_second_probe_that_fails_closes_the_gate_and_one_that_succeeds_opens_it()
    {
        _availability.Suspect();
        (await _probes.BeganAsync()).SetException(new TimeoutException());
        await _probes.EndedAsync(_availability);
        Assert.False(_availability.IsAway);

        _clock.Advance(Promised);
        (await _probes.BeganAsync()).SetException(new TimeoutException());
        await _probes.EndedAsync(_availability);
        Assert.True(_availability.IsAway);

        _clock.Advance(Promised);
        (await _probes.BeganAsync()).SetResult();
        await _probes.EndedAsync(_availability);
        Assert.False(_availability.IsAway);
    }

    /// <summary>A database of which only the probes matter.</summary>
    private sealed class Probes : IDatabaseProvider
    {
        private readonly System.Threading.Channels.Channel<TaskCompletionSource> _begun =
            System.Threading.Channels.Channel.CreateUnbounded<TaskCompletionSource>();

        public int IdleConnections => 0;

        /// <summary>The next probe.</summary>
        public Task<TaskCompletionSource> BeganAsync() => _begun.Reader.ReadAsync().AsTask().WaitAsync(Longest);

        /// <summary>Completes when the probe that runs was looked at.</summary>
        public Task EndedAsync(DatabaseAvailability availability) => availability.Probed.WaitAsync(Longest);

        public Task ProbeAsync(CancellationToken cancellationToken)
        {
            var probe = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _begun.Writer.TryWrite(probe);
            return probe.Task;
        }

        public DatabaseFault Classify(Exception exception) =>
            exception is TimeoutException ? DatabaseFault.Timeout : DatabaseFault.None;

        public string? Explain(Exception exception) => null;

        public CmsDbContext CreateReadContext() => throw new NotSupportedException();

        public bool TryReset(DbConnection connection) => throw new NotSupportedException();

        public void Interrupt(DbConnection connection) => throw new NotSupportedException();

        public Task PrepareAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<MigrationOutcome> MigrateAsync(CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
