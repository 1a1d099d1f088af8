using System.Data.Common;
using Cms.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cms.Tests.Data;

/// <summary>How long callers wait for a database that does not respond, and when the gate closes.</summary>
public sealed class DatabaseAvailabilityTests : IAsyncLifetime
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(2);

    // Far longer than any of these tests takes.
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
    public async Task Waiting_for_a_database_that_hangs_fails_within_two_seconds()
    {
        var waiting = _availability.WaitAsync(_work.Task);
        _clock.Advance(DatabaseAvailability.Patience);
        await _probes.BeganAsync();
        _clock.Advance(Promised - DatabaseAvailability.Patience);

        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => waiting.WaitAsync(Longest));
    }

    [Fact]
    public async Task Slow_work_on_a_database_that_responds_is_awaited()
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
    public async Task One_slow_probe_fails_the_waiting_work_and_does_not_close_the_gate()
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
    public async Task A_second_failed_probe_closes_the_gate_and_a_successful_probe_opens_it()
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

    /// <summary>A database provider whose probes the test completes.</summary>
    private sealed class Probes : IDatabaseProvider
    {
        private readonly System.Threading.Channels.Channel<TaskCompletionSource> _begun =
            System.Threading.Channels.Channel.CreateUnbounded<TaskCompletionSource>();

        public int IdleConnections => 0;

        /// <summary>Waits for the next probe to begin and returns it.</summary>
        public Task<TaskCompletionSource> BeganAsync() => _begun.Reader.ReadAsync().AsTask().WaitAsync(Longest);

        /// <summary>Waits until the result of the current probe has been handled.</summary>
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

        public CmsDbContext CreateReadContext(Func<DbContextOptions<CmsDbContext>, CmsDbContext>? create = null) =>
            throw new NotSupportedException();

        public ValueTask<IDisposable?> TakeWriteTurnAsync(CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public bool TryReset(DbConnection connection) => throw new NotSupportedException();

        public void Interrupt(DbConnection connection) => throw new NotSupportedException();

        public Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task PrepareAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<MigrationOutcome> MigrateAsync(CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
