using Cms.Data;
using Cms.Testing;
using Xunit;

namespace Cms.Tests.Data;

/// <summary>Work that completes just as the wait times out, and work that times out itself.</summary>
public sealed class PatienceTests(SqliteTestDatabase database) : IClassFixture<SqliteTestDatabase>
{
    [Fact]
    public async Task Work_that_completes_at_the_moment_of_the_timeout_returns_its_result()
    {
        var later = new Later();
        var work = new TaskCompletionSource<int>();
        var waiting = later.Run(() => database.Get<DatabaseAvailability>().WaitAsync(work.Task));

        database.Clock.Advance(DatabaseAvailability.Patience);
        work.SetResult(5);
        later.RunPosted();

        Assert.Equal(5, await waiting);
    }

    [Fact]
    public async Task A_timeout_of_the_work_itself_is_thrown_to_the_caller()
    {
        var work = Task.FromException<int>(new TimeoutException("Mine."));

        var thrown = await Assert.ThrowsAsync<TimeoutException>(() =>
            database.Get<DatabaseAvailability>().WaitAsync(work)
        );

        Assert.Equal("Mine.", thrown.Message);
    }

    /// <summary>Delays continuations until RunPosted is called, as a busy machine would.</summary>
    private sealed class Later : SynchronizationContext
    {
        private readonly Queue<(SendOrPostCallback Run, object? State)> _posted = [];

        public override void Post(SendOrPostCallback d, object? state) => _posted.Enqueue((d, state));

        public T Run<T>(Func<T> action)
        {
            var before = Current;
            SetSynchronizationContext(this);
            try
            {
                return action();
            }
            finally
            {
                SetSynchronizationContext(before);
            }
        }

        public void RunPosted() =>
            Run(() =>
            {
                while (_posted.TryDequeue(out var posted))
                {
                    posted.Run(posted.State);
                }

                return 0;
            });
    }
}
