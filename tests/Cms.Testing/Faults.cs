using System.Data.Common;
using Cms.Data;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Testing;

public sealed class InjectedFaultException() : Exception("The test broke the connection here.");

/// <summary>Breaks the connection at a chosen statement or commit, or just after a commit.</summary>
public sealed class Faults : DbCommandInterceptor, IDbTransactionInterceptor
{
    private int _breakAt;
    private bool _breakAfterCommit;

    /// <summary>The number of statements and commits since the count was reset.</summary>
    public int Steps { get; private set; }

    public bool Fired { get; private set; }

    public void BreakAt(int step) => Arm(step, afterCommit: false);

    public void BreakAfterCommit() => Arm(0, afterCommit: true);

    public void Rest() => Arm(0, afterCommit: false);

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    ) => Step(result);

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<object> result,
        CancellationToken cancellationToken = default
    ) => Step(result);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default
    ) => Step(result);

    public ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction,
        TransactionEventData eventData,
        InterceptionResult result,
        CancellationToken cancellationToken = default
    ) => Step(result);

    public Task TransactionCommittedAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        if (_breakAfterCommit)
        {
            Break();
        }

        return Task.CompletedTask;
    }

    /// <summary>Returns whether an injected fault caused an exception.</summary>
    public static bool Caused(Exception exception)
    {
        var cause = exception;
        while (cause is not (null or InjectedFaultException))
        {
            cause = cause.InnerException;
        }

        return cause is not null;
    }

    private void Arm(int step, bool afterCommit) =>
        (_breakAt, _breakAfterCommit, Steps, Fired) = (step, afterCommit, 0, false);

    private ValueTask<T> Step<T>(T result)
    {
        if (++Steps == _breakAt)
        {
            Break();
        }

        return ValueTask.FromResult(result);
    }

    // Break only once, so that a new connection works.
    private void Break()
    {
        (_breakAt, _breakAfterCommit, Fired) = (0, false, true);
        throw new InjectedFaultException();
    }
}

/// <summary>Retries after an injected fault, as the SQL Server strategy does after a broken connection.</summary>
public sealed class RetryingStrategyFactory(ExecutionStrategyDependencies dependencies) : IExecutionStrategyFactory
{
    public IExecutionStrategy Create() => new Retrying(dependencies);

    private sealed class Retrying(ExecutionStrategyDependencies dependencies)
        : ExecutionStrategy(dependencies, maxRetryCount: 3, maxRetryDelay: TimeSpan.Zero)
    {
        protected override bool ShouldRetryOn(Exception exception) => Faults.Caused(exception);
    }
}

public static class FaultyServices
{
    extension(IServiceCollection services)
    {
        public void AddInterceptor(IInterceptor interceptor) =>
            services.ConfigureDbContext<CmsDbContext>(options => options.AddInterceptors(interceptor));

        public void AddRetries() =>
            services.ConfigureDbContext<CmsDbContext>(options =>
                options.ReplaceService<IExecutionStrategyFactory, RetryingStrategyFactory>()
            );
    }
}
